import { createFence } from '../../fence.ts';
import { coverageOf } from '../../link/coverage.ts';
import { findValues, type ValueHit } from '../../link/find-values.ts';
import { indexValues, normalizePhrase } from '../../link/value-index.ts';
import type { ParseTree, SchemaSlice } from '../../ports.ts';
import { questionMessage, systemMessage } from '../../prompt.ts';
import { textOf, walk } from '../../repair/tree.ts';
import type { GateStage } from '../../static-gate.ts';
import type { EvalCase } from '../cases.ts';
import type { TypedTable } from '../compare-results.ts';
import { comparedTexts } from '../literals.ts';
import { judgePrediction, type PredictionResult, throughGate } from './judge-prediction.ts';
import type { OfflinePorts } from './offline-ports.ts';

/** What a run without a model needs from outside. */
export interface OfflineSetup {
  /** The database of a case. */
  readonly ports: (evalCase: EvalCase) => OfflinePorts | Promise<OfflinePorts>;
  /** Budget of the schema text in tokens. */
  readonly maxSchemaTokens: number;
  /** Recorded statements by case, a map for each model that wrote them. */
  readonly predictions?: readonly ReadonlyMap<string, string>[] | undefined;
  /** Runs a statement on the database of a case. Absent: recorded statements are not run, so nothing is said of their results. */
  readonly run?: ((evalCase: EvalCase, sql: string) => Promise<TypedTable>) | undefined;
  /** Ends the run before the next case: `evaluateOffline` rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Hears of each case when it is done. */
  readonly onCase?: ((result: OfflineResult) => void) | undefined;
}

/** What is known of one case without a model. */
export interface OfflineResult {
  readonly id: string;
  readonly database: string;
  /** Tables of the right statement, and how many of them the schema text shows. */
  readonly tables: number;
  readonly tablesShown: number;
  /** Tokens of the schema text, as its port counts them. */
  readonly schemaTokens: number;
  /** Estimated tokens of the prompt by section, at four characters per token. */
  readonly promptTokens: Readonly<Record<PromptSection, number>>;
  /** The right statement passes check and EXPLAIN as it is. */
  readonly goldPasses?: boolean | undefined;
  /** Why it does not. */
  readonly goldError?: string | undefined;
  /** It passes after repair by rule, or as it is. */
  readonly goldBinds?: boolean | undefined;
  /** Texts that it compares columns with, how many of them were found from the question, and how many values were found. */
  readonly literals: number;
  readonly literalsFound: number;
  readonly valueHits: number;
  /** Share of the question's words that the database knows. */
  readonly coverage: number;
  readonly answerable: boolean;
  /** In the order of the maps that were given; absent where a map has nothing for the case. */
  readonly predictions: readonly PredictionResult[];
  /** Time that each stage takes, in milliseconds, on the first recorded statement, else on the right one. */
  readonly stageMs: Readonly<Record<AddedStage, number>>;
  /** Their sum. */
  readonly addedMs: number;
}

/** Parts of a prompt: role, rules and contract; the schema; stored values; the question with what goes with it. */
export type PromptSection = 'rules' | 'schema' | 'values' | 'question';

/** What takes time besides the model and the final run. */
export type AddedStage = 'linking' | 'values' | 'prompt' | GateStage;

/** Measures everything that needs no model, case by case: linking, tokens, gate, values, answerability, repair, feedback, doubts, latency. */
export async function evaluateOffline(cases: readonly EvalCase[], setup: OfflineSetup): Promise<OfflineResult[]> {
  const results: OfflineResult[] = [];
  const warm = new Set<string>();
  for (const evalCase of cases) {
    setup.signal?.throwIfAborted();
    const ports = await setup.ports(evalCase);
    // The first question to a database opens connections and builds indexes; what is told is what the others take.
    if (!warm.has(evalCase.database)) await warmUp(ports, evalCase, setup);
    warm.add(evalCase.database);
    const result = await measure(evalCase, ports, setup);
    results.push(result);
    setup.onCase?.(result);
  }
  return results;
}

async function warmUp(ports: OfflinePorts, { question, gold: [sql = 'SELECT 1'] }: EvalCase, setup: OfflineSetup) {
  await ports.schema.describe(question, { maxTokens: setup.maxSchemaTokens });
  findValues(indexValues(await ports.catalog.snapshot()), question, { maxHits: 10 });
  await throughGate(ports, sql, { mayRepair: true, signal: setup.signal });
}

async function measure(evalCase: EvalCase, ports: OfflinePorts, setup: OfflineSetup): Promise<OfflineResult> {
  const { id, database, question, gold, answerable = gold.length > 0 } = evalCase;
  const { signal } = setup;
  const snapshot = await ports.catalog.snapshot();
  const startedAt = performance.now();
  const slice = await ports.schema.describe(question, { maxTokens: setup.maxSchemaTokens });
  const linkedAt = performance.now();
  const hits = findValues(indexValues(snapshot), question, { maxHits: 10 });
  const valuesAt = performance.now();
  const promptTokens = promptTokensOf(question, slice, hits);
  const promptAt = performance.now();
  const [sql] = gold;
  const outcome = sql === undefined ? undefined : await ports.parse.parse(sql);
  const tree = outcome?.parsed === true ? outcome.tree : undefined;
  const shown = new Set(slice.tables.flatMap(({ schema, name }) => [name, `${schema}.${name}`]));
  const wanted = tree === undefined ? new Set<string>() : readTables(tree);
  const texts = tree === undefined ? new Set<string>() : comparedTexts(tree);
  const phrases = hits.map(({ value }) => normalizePhrase(value));
  const recorded = (setup.predictions ?? []).flatMap((statements) => statements.get(id) ?? []);
  const timed = recorded[0] ?? sql;
  const gated = timed === undefined ? undefined : await throughGate(ports, timed, { mayRepair: true, signal });
  const none = { check: 0, resolve: 0, repair: 0, lint: 0, explain: 0 };
  const stageMs = {
    linking: linkedAt - startedAt,
    values: valuesAt - linkedAt,
    prompt: promptAt - valuesAt,
    ...none,
    ...gated?.stageMs,
  };
  const { run } = setup;
  const judging = { ports, snapshot, signal, run: run && ((statement: string) => run(evalCase, statement)) };
  const predictions: PredictionResult[] = [];
  for (const statement of recorded) predictions.push(await judgePrediction(evalCase, statement, judging));
  return {
    id,
    database,
    tables: wanted.size,
    tablesShown: [...wanted].filter((name) => shown.has(name)).length,
    schemaTokens: slice.tokens,
    literals: texts.size,
    literalsFound: [...texts].filter((text) => phrases.some((phrase) => phrase.includes(text))).length,
    valueHits: hits.length,
    coverage: coverageOf(question, snapshot).share,
    answerable,
    predictions,
    stageMs,
    addedMs: Object.values(stageMs).reduce((sum, stage) => sum + stage, 0),
    promptTokens,
    ...(sql === undefined ? {} : await judgeGold(ports, sql, signal)),
  };
}

async function judgeGold(
  ports: OfflinePorts,
  sql: string,
  signal: AbortSignal | undefined,
): Promise<Pick<OfflineResult, 'goldPasses' | 'goldError' | 'goldBinds'>> {
  const { passed, error } = await throughGate(ports, sql, { mayRepair: false, signal });
  const goldBinds = passed || (await throughGate(ports, sql, { mayRepair: true, signal })).passed;
  return { goldPasses: passed, goldBinds, ...(error === undefined ? {} : { goldError: error }) };
}

/** The tables that a statement reads, as it writes them, without its common table expressions. */
function readTables({ stmts }: ParseTree): ReadonlySet<string> {
  const defined = new Set<string>();
  walk(stmts, (tag, inner) => {
    if (tag === 'CommonTableExpr') defined.add(textOf(inner['ctename']) ?? '');
    return true;
  });
  const read = new Set<string>();
  walk(stmts, (tag, inner) => {
    const name = tag === 'RangeVar' ? textOf(inner['relname']) : undefined;
    const schema = textOf(inner['schemaname']);
    if (name !== undefined && !defined.has(name)) read.add(schema === undefined ? name : `${schema}.${name}`);
    return true;
  });
  return read;
}

function promptTokensOf(
  question: string,
  slice: SchemaSlice,
  hits: readonly ValueHit[],
): OfflineResult['promptTokens'] {
  const fence = createFence();
  const tokensOf = (text: string): number => Math.ceil(text.length / 4);
  const values = hits.map(({ table, column, value }) => `${table.schema}.${table.name}.${column} = '${value}'`);
  const context = { now: new Date(), timeZone: 'UTC', values: [], examples: [], clarifications: [] };
  return {
    rules: tokensOf(systemMessage(fence, { ...slice, text: '', omitted: [] }, '').content),
    schema: tokensOf(slice.text),
    values: tokensOf(values.join('\n')),
    question: tokensOf(questionMessage(fence, question, context).content),
  };
}
