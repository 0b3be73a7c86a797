import { abortable, abortedError } from './abort.ts';
import { answerByModel } from './answer-by-model.ts';
import { type ContextPack, readContextPack } from './context/context-pack.ts';
import { approvedPairs, expandQuestion, renderContext } from './context/use-context.ts';
import { Nl2sqlError } from './errors.ts';
import type { AskEventListener } from './events.ts';
import { createFence } from './fence.ts';
import { findVerified } from './memory/find-verified.ts';
import { callback, checkOptions, flag, list, oneOf, text, wholeNumber, withMethods } from './options.ts';
import type { Outcome } from './outcome.ts';
import type { AskPorts, ResultTable, SchemaSlice } from './ports.ts';
import { handOverInstructions } from './prompt.ts';
import { type AskBinding, answered, details, detailsOfFailure, type Question } from './question.ts';
import { questionContext } from './question-context.ts';
import { createTrace } from './trace.ts';
import { tryStatement } from './try-statement.ts';
import { indexVerifiedPairs, type VerifiedPair } from './verified.ts';

/** Options of {@link createAsk}. */
export interface AskFactoryOptions {
  /** Pairs that answer first, without a model. Default: none. */
  readonly verifiedPairs?: readonly VerifiedPair[] | undefined;
  /** What people know about the database, from {@link readContextPack}; its verified pairs count like `verifiedPairs`. */
  readonly context?: ContextPack | undefined;
  /** Rounds after the first reply in which the model may correct itself, 0 to 10. Default 2. */
  readonly maxRepairs?: number | undefined;
  /** Budget of the schema text in the prompt, in tokens. Default 8000. */
  readonly maxSchemaTokens?: number | undefined;
  /** Upper bound of tokens the model may write per call, reasoning included. Default: the provider's. */
  readonly maxOutputTokens?: number | undefined;
  /**
   * Shows the model the first five rows of what its SQL returned and reports what it thinks of them as `validation`.
   * It costs one call per answer; when the call fails the answer stands without it. Default `false`: rows stay here.
   */
  readonly validateResult?: boolean | undefined;
  /**
   * Shows the model the enum labels and common values of the catalog that the question mentions. They are data of the
   * database: `false` keeps them here. Default `true`.
   */
  readonly valueHints?: boolean | undefined;
  /**
   * Asks the model once more when a statement looks wrong before it runs (joined off the keys, a stored text in another
   * spelling) or its result is empty or otherwise implausible. After a result its second statement is taken only when that
   * gives a plausible one. It costs at most one call for each such answer. Default `false`: in everyday use an empty
   * result is often the right one.
   */
  readonly retryImplausible?: boolean | undefined;
  /**
   * Asks the model again, as long as rounds are left, before a statement is run that rules repaired by choosing what it
   * means: another table's column, a join, a similar name. What they made of it is the answer when nothing better comes.
   * `false` runs it at once, which saves a call and costs right answers. Repairs of notation (quotes, case, escapes) are
   * never asked about. Default `true`.
   */
  readonly confirmRepairs?: boolean | undefined;
  /**
   * Runs a statement with ORDER BY and LIMIT once more, WITH TIES, when it took less than a second, in order to tell
   * whether further rows tie with the last one. Default `true`.
   */
  readonly probeTies?: boolean | undefined;
  /**
   * Statements that are asked for besides the first when something speaks against it: a finding, an error before it, a
   * choice of rules. 0 to 4. Their results are compared; the one that most give is the answer, and when all differ the
   * caller is asked which reading is meant. Each costs one call. Default 0.
   */
  readonly extraCandidates?: number | undefined;
  /** The moment that "today" means in a question. Default: the system clock. */
  readonly now?: (() => Date) | undefined;
  /** IANA time zone of the session, told to the model. Default `UTC`. */
  readonly timeZone?: string | undefined;
  /** Hears of every question. */
  readonly onEvent?: AskEventListener | undefined;
}

/** Options of one question. */
export interface AskOptions<Table extends ResultTable = ResultTable> {
  /** Ports that know who asks, in place of the factory's: a check by the caller's policy, a model that charges the caller. */
  readonly ports?: Partial<AskPorts<Table>> | undefined;
  /** Stops every stage, the statement on the server included. */
  readonly signal?: AbortSignal | undefined;
  /** Highest number of rows wanted. Default: the runner's. */
  readonly limit?: number | undefined;
  /** In place of the factory's `maxRepairs`. */
  readonly maxRepairs?: number | undefined;
  /** `false`: check and explain the SQL but do not run it. Default `true`. */
  readonly execute?: boolean | undefined;
  /** The tenant or user whose examples may be shown, besides everybody's. */
  readonly scope?: string | undefined;
  /**
   * When the model asks back: `ask` returns its question as `needs_clarification`; `assume` has it choose the most likely
   * reading and state it. Default `ask`.
   */
  readonly onAmbiguity?: 'ask' | 'assume' | undefined;
  /** Questions that the caller was asked before about this question, with the answers. */
  readonly clarifications?: readonly Clarification[] | undefined;
  /** Hears of this question alone, besides `onEvent` of the factory. */
  readonly onProgress?: AskEventListener | undefined;
}

/** A question that was asked back, and its answer. */
export interface Clarification {
  readonly question: string;
  readonly answer: string;
}

/**
 * Works on one question. What happens on the way, an aborted signal too, is an {@link Outcome} and never thrown.
 *
 * @throws Nl2sqlError `INVALID_OPTIONS` for an option that is unknown or wrong.
 */
export type Ask<Table extends ResultTable = ResultTable> = (
  question: string,
  options?: AskOptions<Table>,
) => Promise<Outcome<Table>>;

/**
 * Binds the ports of one database into an {@link Ask}.
 *
 * A question goes: verified pair, else schema slice and model, else hand-over. Each statement is checked, explained in a
 * read-only transaction, then run; what fails goes back to the model with the error, at most `maxRepairs` times, and
 * not when the model repeats itself. A statement that timed out is never tried again, one that ran is never changed.
 *
 * @throws Nl2sqlError `INVALID_OPTIONS` for an option or a port that is unknown or wrong.
 */
export function createAsk<Table extends ResultTable>(
  ports: AskPorts<Table>,
  options: AskFactoryOptions = {},
): Ask<Table> {
  checkOptions('createAsk: ports', ports, portRules);
  for (const port of ['schema', 'check', 'runner'] as const) {
    if (ports[port] === undefined) throw new Nl2sqlError('INVALID_OPTIONS', `createAsk: ports needs ${port}.`);
  }
  checkOptions('createAsk', options, {
    verifiedPairs: list,
    context: withMethods(),
    maxRepairs: wholeNumber(0, 10),
    maxSchemaTokens: wholeNumber(100, 1_000_000),
    maxOutputTokens: wholeNumber(1, 1_000_000),
    validateResult: flag,
    valueHints: flag,
    retryImplausible: flag,
    confirmRepairs: flag,
    probeTies: flag,
    extraCandidates: wholeNumber(0, 4),
    now: callback,
    timeZone: text,
    onEvent: callback,
  });
  const context = readContextPack(options.context ?? {});
  const approvedJoins = approvedPairs(context);
  const bound: AskBinding<Table> = {
    ports,
    verified: indexVerifiedPairs([...(options.verifiedPairs ?? []), ...(context.verified ?? [])]),
    context,
    fence: createFence(),
    maxRepairs: options.maxRepairs ?? 2,
    maxSchemaTokens: options.maxSchemaTokens ?? 8_000,
    maxOutputTokens: options.maxOutputTokens,
    validateResult: options.validateResult ?? false,
    valueHints: options.valueHints ?? true,
    retryImplausible: options.retryImplausible ?? false,
    confirmRepairs: options.confirmRepairs ?? true,
    probeTies: options.probeTies ?? true,
    extraCandidates: options.extraCandidates ?? 0,
    now: options.now ?? (() => new Date()),
    timeZone: knownTimeZone(options.timeZone ?? 'UTC'),
  };
  return async (question, askOptions = {}) => {
    checkOptions('ask', askOptions, {
      ports: withMethods(),
      signal: withMethods('addEventListener', 'removeEventListener'),
      limit: wholeNumber(1, Number.MAX_SAFE_INTEGER),
      maxRepairs: wholeNumber(0, 10),
      execute: flag,
      scope: text,
      onAmbiguity: oneOf('ask', 'assume'),
      clarifications: list,
      onProgress: callback,
    });
    const { signal, limit, execute = true, scope, onAmbiguity = 'ask', clarifications = [] } = askOptions;
    if (askOptions.ports !== undefined) checkOptions('ask: ports', askOptions.ports, portRules);
    const trace = createTrace([options.onEvent, askOptions.onProgress]);
    const work = {
      ...bound,
      ports: { ...ports, ...askOptions.ports },
      maxRepairs: askOptions.maxRepairs ?? bound.maxRepairs,
      question,
      scope,
      onAmbiguity,
      clarifications,
      linked: {},
      trace,
      statementOptions: { signal, limit, execute, approvedJoins, tellsValues: bound.valueHints },
    };
    let outcome: Outcome<Table>;
    try {
      outcome = await answer(work);
    } catch (thrown) {
      outcome = { ...detailsOfFailure(work), kind: 'failed', error: asError(thrown, signal) };
    }
    trace.emit({ type: 'done', kind: outcome.kind, durationMs: outcome.durationMs });
    return outcome;
  };
}

const portRules = {
  schema: withMethods('describe'),
  check: withMethods('check'),
  runner: withMethods('explain', 'run'),
  model: withMethods('complete'),
  parse: withMethods('parse'),
  catalog: withMethods('snapshot'),
  examples: withMethods('save', 'nearest'),
};

function knownTimeZone(timeZone: string): string {
  // The default, which needs nothing of what Node takes milliseconds to load.
  if (timeZone === 'UTC') return timeZone;
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch (cause) {
    const message = `createAsk: timeZone ${JSON.stringify(timeZone)} is not an IANA time zone such as Europe/Berlin.`;
    throw new Nl2sqlError('INVALID_OPTIONS', message, { cause });
  }
}

function asError(thrown: unknown, signal: AbortSignal | undefined): Nl2sqlError {
  if (signal?.aborted === true) return abortedError(signal);
  if (thrown instanceof Nl2sqlError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new Nl2sqlError('CONTEXT_ERROR', `The question could not be worked on: ${message}`, { cause: thrown });
}

async function answer<Table extends ResultTable>(work: Question<Table>): Promise<Outcome<Table>> {
  if (work.question.trim() === '') throw new Nl2sqlError('INVALID_QUESTION', 'The question is empty. Ask something.');
  const verified = await answerVerified(work);
  if (verified !== undefined) return verified;
  const slice = await linkSchema(work);
  const { model } = work.ports;
  if (model === undefined) {
    return handOver(work, slice);
  }
  return answerByModel(work, model, slice);
}

async function handOver(work: Question<ResultTable>, schema: SchemaSlice): Promise<Outcome<never>> {
  const about = renderContext(work.context, schema);
  const context = await questionContext(work);
  const instructions = handOverInstructions(work.fence, work.question, { context, about });
  return { ...details(work), kind: 'handed_over', schema, instructions };
}

/** `undefined` when there is no pair for the question or its SQL no longer passes: then the question goes the long way. */
async function answerVerified<Table extends ResultTable>(work: Question<Table>): Promise<Outcome<Table> | undefined> {
  const found = await findVerified(work);
  if (found === undefined) return undefined;
  const { pair, sql, replaced } = found;
  work.trace.emit({ type: 'verified', question: pair.question });
  const statement = { sql, source: 'verified', round: 0 } as const;
  const result = await tryStatement(work.ports, work.trace, statement, work.statementOptions);
  if (result.kind === 'fatal') throw result.error;
  if (result.kind !== 'passed') return undefined;
  const answer = await answered(work, 'verified', result, { interpretation: pair.question, assumptions: replaced });
  return { ...answer, verifiedQuestion: pair.question, ...(pair.note === undefined ? {} : { note: pair.note }) };
}

async function linkSchema({
  ports,
  trace,
  question,
  context,
  maxSchemaTokens,
  statementOptions,
  linked,
}: Question<ResultTable>): Promise<SchemaSlice> {
  trace.emit({ type: 'linking' });
  const slice = await abortable(statementOptions.signal, () =>
    ports.schema.describe(expandQuestion(question, context), { maxTokens: maxSchemaTokens }),
  );
  linked.slice = slice;
  trace.emit({ type: 'linked', tables: slice.tables.length, omitted: slice.omitted.length, tokens: slice.tokens });
  return slice;
}
