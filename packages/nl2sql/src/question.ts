import { abortable } from './abort.ts';
import { confidenceOf } from './confidence.ts';
import type { ContextPack } from './context/context-pack.ts';
import type { Fence } from './fence.ts';
import type { Finding } from './inspect/finding.ts';
import { inspectResult } from './inspect/inspect-result.ts';
import { tiesFinding, withTies } from './inspect/inspect-ties.ts';
import { valueAssumptions } from './inspect/value-assumptions.ts';
import { linkingDoubt } from './link/linking-doubt.ts';
import type { Answered, Attempt, OutcomeDetails, SqlSource } from './outcome.ts';
import type { AskPorts, ParseTree, ResultTable, SchemaSlice } from './ports.ts';
import type { Trace } from './trace.ts';
import type { StatementOptions, StatementResult } from './try-statement.ts';
import type { VerifiedPairs } from './verified.ts';

/** What every question to one database shares. */
export interface AskBinding<Table extends ResultTable> {
  readonly ports: AskPorts<Table>;
  readonly verified: VerifiedPairs;
  readonly context: ContextPack;
  readonly fence: Fence;
  readonly maxRepairs: number;
  readonly maxSchemaTokens: number;
  readonly maxOutputTokens: number | undefined;
  readonly validateResult: boolean;
  readonly valueHints: boolean;
  readonly retryImplausible: boolean;
  readonly confirmRepairs: boolean;
  readonly probeTies: boolean;
  readonly extraCandidates: number;
  readonly now: () => Date;
  readonly timeZone: string;
}

/** One question on its way. */
export interface Question<Table extends ResultTable> extends AskBinding<Table> {
  readonly question: string;
  readonly scope: string | undefined;
  readonly onAmbiguity: 'ask' | 'assume';
  readonly clarifications: readonly { readonly question: string; readonly answer: string }[];
  /** What the model was shown of the schema, once that is known. */
  readonly linked: { slice?: SchemaSlice };
  readonly trace: Trace;
  readonly statementOptions: StatementOptions;
}

/** What every outcome carries, as far as it is known by now. */
export function details(work: Question<ResultTable>, more: Partial<OutcomeDetails> = {}): OutcomeDetails {
  const { question, trace } = work;
  return {
    question,
    attempts: [...trace.attempts],
    usage: trace.usage(),
    durationMs: trace.elapsedMs(),
    assumptions: [],
    tables: [],
    ...more,
  };
}

/** {@link details} of a question that ends without an answer: with the last SQL that was considered. */
export function detailsOfFailure(work: Question<ResultTable>): OutcomeDetails {
  const last = work.trace.attempts.findLast((attempt) => attempt.sql !== undefined);
  return details(work, last === undefined ? {} : { sql: last.sql, source: last.source });
}

/** The answer that a statement gives, looked at once more. */
export async function answered<Table extends ResultTable>(
  work: Question<Table>,
  source: SqlSource,
  { sql, plan, result, tables, lint, attempt }: StatementResult<Table> & { readonly kind: 'passed' },
  more: Partial<OutcomeDetails> = {},
): Promise<Answered<Table>> {
  const { findings, assumptions } = await lookAgain(work, { source, sql, result, lint, attempt });
  const { slice } = work.linked;
  const doubt = slice === undefined ? undefined : linkingDoubt(slice, tables);
  // Statements that vote are tried at the same time: the last attempt of the trace may be another's.
  const attempts = [...work.trace.attempts.filter((other) => other !== attempt), attempt];
  const confidence = confidenceOf({ source, attempts, findings, linkingDoubt: doubt });
  const found = { plan, confidence, findings, ...(result === undefined ? {} : { result }) };
  const taken = (attempt.repairs ?? []).flatMap(({ assumption }) => (assumption === undefined ? [] : [assumption]));
  const told = { tables, ...more, assumptions: [...(more.assumptions ?? []), ...new Set(taken), ...assumptions] };
  return { ...details(work, told), kind: 'answered', source, sql, ...found };
}

interface SecondLook {
  readonly findings: readonly Finding[];
  readonly assumptions: readonly string[];
}

async function lookAgain(
  work: Question<ResultTable>,
  {
    source,
    sql,
    result,
    lint,
    attempt,
  }: {
    readonly source: SqlSource;
    readonly sql: string;
    readonly result: ResultTable | undefined;
    readonly lint: readonly Finding[];
    readonly attempt: Attempt;
  },
): Promise<SecondLook> {
  const { ports, question, valueHints, statementOptions } = work;
  const { signal } = statementOptions;
  try {
    const outcome = await abortable(signal, async () => ports.parse?.parse(sql));
    const snapshot = await abortable(signal, async () => ports.catalog?.snapshot());
    const tree = outcome?.parsed === true ? outcome.tree : undefined;
    const findings = result === undefined ? [...lint] : inspectResult({ question, sql, result, tree, snapshot, lint });
    if (result !== undefined && tree !== undefined)
      findings.push(...(await findTies(work, { sql, tree, result, attempt })));
    const isChoice = source === 'model' && valueHints && tree !== undefined && snapshot !== undefined;
    return { findings, assumptions: isChoice ? valueAssumptions(question, tree, snapshot) : [] };
  } catch (thrown) {
    if (signal?.aborted === true) throw thrown;
    // The answer stands; it only goes without a second look.
    return { findings: [], assumptions: [] };
  }
}

/** A statement that took longer is not run a second time for a remark, in milliseconds. */
const longestProbedMs = 1_000;

async function findTies(
  { ports, probeTies, statementOptions }: Question<ResultTable>,
  {
    sql,
    tree,
    result,
    attempt,
  }: {
    readonly sql: string;
    readonly tree: ParseTree;
    readonly result: ResultTable;
    readonly attempt: Attempt;
  },
): Promise<readonly Finding[]> {
  const { parse, check, runner } = ports;
  const ranMs = attempt.durationsMs.run ?? longestProbedMs;
  if (!probeTies || parse === undefined || ranMs >= longestProbedMs) return [];
  const probe = await withTies({ sql, tree, rows: result.rows.length }, parse);
  const { signal } = statementOptions;
  if (probe === undefined || !(await abortable(signal, () => check.check(probe.sql))).allowed) return [];
  try {
    const more = await abortable(signal, () =>
      runner.run(probe.sql, { signal, limit: probe.limit + 1, isProbe: true }),
    );
    return more.rows.length > probe.limit ? [tiesFinding(probe.limit)] : [];
  } catch (thrown) {
    if (signal?.aborted === true) throw thrown;
    // A server before 13 does not know WITH TIES; a remark is not worth more than that.
    return [];
  }
}
