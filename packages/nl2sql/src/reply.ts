import { modelText, modelTexts } from './model-text.ts';
import type { Completion } from './ports.ts';
import { splitStatements } from './split-statements.ts';

/** What a model said, read from whatever it wrote. */
export type Reply =
  | {
      readonly kind: 'sql';
      readonly sql: string;
      readonly interpretation?: string;
      readonly assumptions: readonly string[];
      readonly tables: readonly string[];
    }
  | { readonly kind: 'clarification'; readonly question: string; readonly options: readonly string[] }
  | { readonly kind: 'unanswerable'; readonly reason: string; readonly missing: readonly string[] }
  | { readonly kind: 'unusable'; readonly message: string; readonly sql?: string };

/** In characters. A statement of this length would be refused anyway. */
const longestReply = 200_000;

/**
 * Reads a reply: the JSON of the contract, bare or in a fence or between prose; else fenced SQL; else SQL that follows
 * prose. Reasoning in `<think>` blocks is dropped. Anything but exactly one statement, and any reply that was cut, is
 * `unusable`: part of a statement may be valid SQL that means something else.
 */
export function readReply(completion: Completion): Reply {
  if (completion.finishReason === 'length') {
    return { kind: 'unusable', message: 'The reply was cut at the token limit. Answer with less text.' };
  }
  if (completion.text.length > longestReply) return { kind: 'unusable', message: 'The reply was far too long.' };
  const whole = completion.text.trim();
  const fromWhole = fromJson(parseObject(whole));
  if (fromWhole !== undefined) return fromWhole;

  const text = withoutReasoning(whole);
  if (text === '') return { kind: 'unusable', message: 'The reply held no answer.' };
  for (const candidate of jsonCandidates(text)) {
    const reply = fromJson(parseObject(candidate));
    if (reply !== undefined) return reply;
  }
  return fromText(text);
}

/** The object in a reply, wherever it stands; for contracts other than that of an answer. */
export function readJsonReply(completion: Completion): Record<string, unknown> | undefined {
  if (completion.finishReason === 'length') return undefined;
  const text = withoutReasoning(completion.text.trim());
  for (const candidate of [text, ...jsonCandidates(text)]) {
    const value = parseObject(candidate);
    if (value !== undefined) return value;
  }
  return undefined;
}

const reasoningTag = /<(\/?)(?:think|thinking|reasoning)>/gi;

/**
 * Text without reasoning blocks. What was opened outside of the reply ends at the first closing tag; what is never closed
 * reaches to the end. One pass over the tags: a reply of nothing but tags must not take quadratic time.
 */
function withoutReasoning(text: string): string {
  let kept = '';
  let from = 0;
  let depth = 0;
  for (const tag of text.matchAll(reasoningTag)) {
    const isClosing = tag[1] === '/';
    if (isClosing && depth === 0) kept = '';
    else if (!isClosing && depth === 0) kept += text.slice(from, tag.index);
    depth = Math.max(0, depth + (isClosing ? -1 : 1));
    from = tag.index + tag[0].length;
  }
  return (depth === 0 ? kept + text.slice(from) : kept).trim();
}

function parseObject(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Fenced blocks and the outermost braces: the places where models put the object they were asked for. */
function* jsonCandidates(text: string): Generator<string> {
  for (const block of fencedBlocks(text)) if (block.content.startsWith('{')) yield block.content;
  const open = text.indexOf('{');
  const close = text.lastIndexOf('}');
  if (open !== -1 && close > open) yield text.slice(open, close + 1);
}

interface FencedBlock {
  readonly language: string;
  readonly content: string;
}

function fencedBlocks(text: string): FencedBlock[] {
  // A fence that is never closed still holds the whole statement: the reply was not cut, only careless.
  return [...text.matchAll(/```[ \t]*([\w+-]*)[ \t]*\r?\n?([\s\S]*?)(?:```|$)/g)].map(([, language, content]) => ({
    language: (language ?? '').toLowerCase(),
    content: (content ?? '').trim(),
  }));
}

const mostAssumptions = 10;
const mostOptions = 10;
const mostTables = 50;

function fromJson(value: Record<string, unknown> | undefined): Reply | undefined {
  if (value === undefined) return undefined;
  const status = modelText(value['status']);
  const sql = typeof value['sql'] === 'string' && value['sql'].trim() !== '' ? value['sql'].trim() : undefined;
  const clarification = value['clarification'];
  if (status === 'clarify' || (status === undefined && sql === undefined && typeof clarification === 'object')) {
    const asked = (clarification ?? {}) as Record<string, unknown>;
    const question = modelText(asked['question']);
    if (question !== undefined)
      return { kind: 'clarification', question, options: modelTexts(asked['options'], mostOptions) };
  }
  if (status === 'unanswerable') {
    const reason = modelText(value['reason']) ?? 'The model found no data for the question.';
    return { kind: 'unanswerable', reason, missing: modelTexts(value['missing'], mostOptions) };
  }
  if (sql === undefined) {
    return status === undefined ? undefined : { kind: 'unusable', message: 'The reply held no SQL.' };
  }
  const interpretation = modelText(value['interpretation']);
  const statement = oneStatement(fencedBlocks(sql)[0]?.content ?? sql);
  if (statement.kind !== 'sql') return statement;
  return {
    ...statement,
    ...(interpretation === undefined ? {} : { interpretation }),
    assumptions: modelTexts(value['assumptions'], mostAssumptions),
    tables: modelTexts(value['tables'], mostTables),
  };
}

const sqlLanguages = new Set(['', 'sql', 'postgresql', 'postgres', 'pgsql', 'psql']);
const statementStart =
  /^[\s(]*(?:select|with|values|table|insert|update|delete|merge|explain|show|create|drop|alter)\b/i;
// With prose before it, only words that hardly begin an English sentence in this form.
const statementInProse =
  /^[ \t]*\(*(?:select|with\s+(?:recursive\s+)?[\w"]+\s*(?:\([^)]{0,500}\)\s*)?as\b|values\s*\()/im;

function fromText(text: string): Reply {
  const blocks = fencedBlocks(text).filter(
    (block) => sqlLanguages.has(block.language) && statementStart.test(withoutComments(block.content)),
  );
  const distinct = [...new Set(blocks.map((block) => block.content))];
  if (distinct.length > 1) {
    return { kind: 'unusable', message: `The reply held ${distinct.length} blocks of SQL. Answer with exactly one.` };
  }
  const [block] = distinct;
  if (block !== undefined) return oneStatement(block);
  if (statementStart.test(withoutComments(text))) return oneStatement(withoutTrailingProse(text));
  const start = statementInProse.exec(text);
  if (start !== null) return oneStatement(withoutTrailingProse(text.slice(start.index)));
  return { kind: 'unusable', message: 'The reply held no SQL. Answer with the JSON object that was asked for.' };
}

const withoutComments = (sql: string): string => sql.replace(/^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '');

/** Drops what follows the first statement when it is prose, which a statement's first word never is. */
function withoutTrailingProse(text: string): string {
  const [first, ...others] = splitStatements(text);
  if (first === undefined || others.length === 0) return text;
  return others.some((piece) => statementStart.test(withoutComments(piece))) ? text : first;
}

/** In characters; PostgreSQL would take more, but nobody reads it, and it is sent back and recorded as it is. */
const longestStatement = 32_768;

function oneStatement(sql: string): Reply {
  if (sql.length > longestStatement) {
    const message = `The statement is longer than ${longestStatement} characters. Answer with a shorter one.`;
    return { kind: 'unusable', message };
  }
  const statements = splitStatements(sql);
  const [statement] = statements;
  if (statement === undefined) return { kind: 'unusable', message: 'The reply held no SQL.' };
  if (statements.length > 1) {
    return { kind: 'unusable', message: `The SQL held ${statements.length} statements. Answer with exactly one.`, sql };
  }
  return { kind: 'sql', sql: statement, assumptions: [], tables: [] };
}
