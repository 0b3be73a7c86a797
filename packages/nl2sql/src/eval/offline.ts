import { createFence } from '../fence.ts';
import { coverageOf } from '../link/coverage.ts';
import { findValues, type ValueHit } from '../link/find-values.ts';
import { indexValues, normalizePhrase } from '../link/value-index.ts';
import { passGate } from '../pass-gate.ts';
import type { AskPorts, Catalog, SchemaSlice, SqlParse } from '../ports.ts';
import { questionMessage, systemMessage } from '../prompt.ts';
import { textOf, walk } from '../repair/tree.ts';
import { areaUnderCurve } from './area-under-curve.ts';
import type { EvalCase } from './cases.ts';
import { comparedTexts } from './literals.ts';

/** What the measures without a model need of a database. */
export interface OfflinePorts extends Pick<AskPorts, 'schema' | 'check' | 'runner'> {
  readonly parse: SqlParse;
  readonly catalog: Catalog;
}

/** What a run without a model needs from outside. */
export interface OfflineSetup {
  readonly ports: (evalCase: EvalCase) => OfflinePorts | Promise<OfflinePorts>;
  /** Budget of the schema text in tokens. */
  readonly maxSchemaTokens: number;
  /** Recorded statements by case: how many of those that fail bind after repair by rule. */
  readonly predictions?: ReadonlyMap<string, string> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What is known of one case without a model. */
export interface OfflineResult {
  readonly id: string;
  readonly database: string;
  /** Tables of the right statement, and how many of them the schema text shows. */
  readonly tables: number;
  readonly tablesShown: number;
  readonly schemaTokens: number;
  /** Estimated tokens of the prompt by section, at four characters per token. */
  readonly promptTokens: Readonly<Record<PromptSection, number>>;
  /** The right statement passes check and EXPLAIN as it is. */
  readonly goldPasses?: boolean | undefined;
  /** Why it does not. */
  readonly goldError?: string | undefined;
  /** Texts that it compares columns with, how many of them were found from the question, and how many values were found. */
  readonly literals: number;
  readonly literalsFound: number;
  readonly valueHits: number;
  /** Share of the question's words that the database knows. */
  readonly coverage: number;
  readonly answerable: boolean;
  readonly prediction?: 'binds' | 'repaired' | 'fails' | undefined;
  /** Time that linking, values and the gate take, in milliseconds. */
  readonly stageMs: Readonly<Record<AddedStage, number>>;
  /** Their sum. */
  readonly addedMs: number;
}

/** Parts of a prompt: role, rules and contract; the schema; stored values; the question with what goes with it. */
export type PromptSection = 'rules' | 'schema' | 'values' | 'question';

/** What takes time besides the model and the final run. */
export type AddedStage = 'linking' | 'values' | 'gate';

/** Measures everything that needs no model, case by case: linking, tokens, gate, values, answerability, repair, latency. */
export async function evaluateOffline(cases: readonly EvalCase[], setup: OfflineSetup): Promise<OfflineResult[]> {
  const results: OfflineResult[] = [];
  for (const evalCase of cases) {
    setup.signal?.throwIfAborted();
    results.push(await measure(evalCase, await setup.ports(evalCase), setup));
  }
  return results;
}

async function measure(evalCase: EvalCase, ports: OfflinePorts, setup: OfflineSetup): Promise<OfflineResult> {
  const { id, database, question, gold, answerable = gold.length > 0 } = evalCase;
  const snapshot = await ports.catalog.snapshot();
  const startedAt = performance.now();
  const slice = await ports.schema.describe(question, { maxTokens: setup.maxSchemaTokens });
  const linkedAt = performance.now();
  const values = indexValues(snapshot);
  const hits = findValues(values, question, { maxHits: 10 });
  const valuesAt = performance.now();
  const { share: coverage } = coverageOf(question, snapshot);
  const [sql] = gold;
  const outcome = sql === undefined ? undefined : await ports.parse.parse(sql);
  const tree = outcome?.parsed === true ? outcome.tree : undefined;
  const shown = new Set(slice.tables.flatMap(({ schema, name }) => [name, `${schema}.${name}`]));
  const wanted = new Set<string>();
  if (tree !== undefined) {
    const defined = new Set<string>();
    walk(tree.stmts, (tag, inner) => {
      if (tag === 'CommonTableExpr') defined.add(textOf(inner['ctename']) ?? '');
      return true;
    });
    walk(tree.stmts, (tag, inner) => {
      const name = tag === 'RangeVar' ? textOf(inner['relname']) : undefined;
      const schema = textOf(inner['schemaname']);
      if (name !== undefined && !defined.has(name)) wanted.add(schema === undefined ? name : `${schema}.${name}`);
      return true;
    });
  }
  const texts = tree === undefined ? new Set<string>() : comparedTexts(tree);
  const phrases = hits.map(({ value }) => normalizePhrase(value));
  const found = [...texts].filter((text) => phrases.some((phrase) => phrase === text || phrase.includes(text)));
  const gateStartedAt = performance.now();
  const judged = sql === undefined ? undefined : await gate(ports, sql, false, setup.signal);
  const stageMs = {
    linking: linkedAt - startedAt,
    values: valuesAt - linkedAt,
    gate: performance.now() - gateStartedAt,
  };
  const prediction = setup.predictions?.get(id);
  return {
    id,
    database,
    tables: wanted.size,
    tablesShown: [...wanted].filter((name) => shown.has(name)).length,
    schemaTokens: slice.tokens,
    literals: texts.size,
    literalsFound: found.length,
    valueHits: hits.length,
    coverage,
    answerable,
    stageMs,
    addedMs: stageMs.linking + stageMs.values + stageMs.gate,
    promptTokens: promptTokensOf(question, slice, hits),
    ...(judged === undefined ? {} : { goldPasses: judged.passed }),
    ...(judged?.error === undefined ? {} : { goldError: judged.error }),
    ...(prediction === undefined ? {} : { prediction: await fate(ports, prediction, setup.signal) }),
  };
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

async function gate(ports: OfflinePorts, sql: string, mayRepair: boolean, signal: AbortSignal | undefined) {
  const inStage = <Value>(_: string, work: () => Promise<Value>): Promise<Value> => work();
  const result = await passGate(ports, { sql, mayRepair, signal, inStage });
  const error = result.kind === 'stopped' ? (result.error.sqlState ?? result.error.violations?.[0]?.code) : undefined;
  return { passed: result.kind === 'passed', isRepaired: result.repairs.length > 0, error };
}

async function fate(
  ports: OfflinePorts,
  sql: string,
  signal: AbortSignal | undefined,
): Promise<NonNullable<OfflineResult['prediction']>> {
  if ((await gate(ports, sql, false, signal)).passed) return 'binds';
  return (await gate(ports, sql, true, signal)).passed ? 'repaired' : 'fails';
}

/** The numbers of a run without a model; shares are 0 to 1 and absent where there is nothing to count. */
export interface OfflineSummary {
  readonly cases: number;
  /** Share of right statements' tables that the schema text shows, and of cases with all of them. */
  readonly tableRecall?: number | undefined;
  readonly strictTableRecall?: number | undefined;
  readonly schemaTokensP50: number;
  readonly schemaTokensP95: number;
  readonly goldStatements: number;
  readonly goldStopped: number;
  readonly goldErrors: Readonly<Record<string, number>>;
  readonly valueRecall?: number | undefined;
  readonly valueHitsPerQuestion?: number | undefined;
  /** Area under the curve of "the database knows the words" between cases that can be answered and those that cannot. */
  readonly answerabilityAuc?: number | undefined;
  readonly predictionsFailing?: number | undefined;
  readonly predictionsRepaired?: number | undefined;
  /** Median estimated tokens of each section of the prompt. */
  readonly promptTokensP50: Readonly<Record<PromptSection, number>>;
  /** Share of each stage in the added time of all cases. */
  readonly stageShares: Readonly<Record<AddedStage, number>>;
  readonly addedMsP50: number;
  readonly addedMsP95: number;
}

/** Sums up a run without a model. */
export function summarizeOffline(results: readonly OfflineResult[]): OfflineSummary {
  const sum = (pick: (result: OfflineResult) => number): number => results.reduce((total, one) => total + pick(one), 0);
  const share = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);
  const linked = results.filter(({ tables }) => tables > 0);
  const valued = results.filter(({ literals }) => literals > 0);
  const judged = results.filter(({ goldPasses }) => goldPasses !== undefined);
  const stopped = judged.filter(({ goldPasses }) => goldPasses === false);
  const goldErrors: Record<string, number> = {};
  for (const { goldError = 'unknown' } of stopped) goldErrors[goldError] = (goldErrors[goldError] ?? 0) + 1;
  const predicted = results.filter(({ prediction }) => prediction !== undefined);
  const failing = predicted.filter(({ prediction }) => prediction !== 'binds');
  return {
    cases: results.length,
    tableRecall: share(
      sum(({ tablesShown }) => tablesShown),
      sum(({ tables }) => tables),
    ),
    strictTableRecall: share(linked.filter(({ tables, tablesShown }) => tables === tablesShown).length, linked.length),
    schemaTokensP50: percentile(
      results.map(({ schemaTokens }) => schemaTokens),
      0.5,
    ),
    schemaTokensP95: percentile(
      results.map(({ schemaTokens }) => schemaTokens),
      0.95,
    ),
    goldStatements: judged.length,
    goldStopped: stopped.length,
    goldErrors,
    valueRecall: share(
      sum(({ literalsFound }) => literalsFound),
      sum(({ literals }) => literals),
    ),
    valueHitsPerQuestion: share(
      valued.reduce((total, { valueHits }) => total + valueHits, 0),
      valued.length,
    ),
    answerabilityAuc: areaUnderCurve(
      results.map(({ coverage, answerable }) => ({ score: coverage, isPositive: answerable })),
    ),
    ...(predicted.length === 0
      ? {}
      : {
          predictionsFailing: failing.length,
          predictionsRepaired: failing.filter(({ prediction }) => prediction === 'repaired').length,
        }),
    promptTokensP50: mapKeys(promptSections, (section) =>
      percentile(
        results.map(({ promptTokens }) => promptTokens[section]),
        0.5,
      ),
    ),
    stageShares: mapKeys(
      addedStages,
      (stage) =>
        share(
          sum(({ stageMs }) => stageMs[stage]),
          sum(({ addedMs }) => addedMs),
        ) ?? 0,
    ),
    addedMsP50: percentile(
      results.map(({ addedMs }) => addedMs),
      0.5,
    ),
    addedMsP95: percentile(
      results.map(({ addedMs }) => addedMs),
      0.95,
    ),
  };
}

const promptSections = ['rules', 'schema', 'values', 'question'] as const;
const addedStages = ['linking', 'values', 'gate'] as const;

const mapKeys = <Key extends string>(keys: readonly Key[], count: (key: Key) => number): Record<Key, number> =>
  Object.fromEntries(keys.map((key) => [key, count(key)])) as Record<Key, number>;

/** The value below which a share of a list lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
