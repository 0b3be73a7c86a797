import { abortable } from './abort.ts';
import type { AttemptError } from './attempt-error.ts';
import type { DatabaseError } from './database-error.ts';
import type { Finding } from './inspect/finding.ts';
import { inspectStatement } from './inspect/inspect-statement.ts';
import type { AskPorts, CatalogSnapshot, ParseTree, ResultTable, SqlVerdict, SqlViolation } from './ports.ts';
import { indexCatalog } from './repair/catalog-index.ts';
import { type Repaired, repairStatement } from './repair/repair.ts';
import { isForeignOperator } from './repair/repair-operator.ts';
import type { Repair } from './repair/repair-step.ts';
import { resolveNames } from './repair/resolve.ts';

/** Stages of the gate, as their times are kept. */
export type GateStage = 'check' | 'resolve' | 'repair' | 'lint' | 'explain';

/** How a statement is taken through the gate. */
export interface StaticGate {
  /** Whether rules may repair it. */
  readonly mayRepair: boolean;
  /** Joins that are right without a foreign key, as `table.column=table.column`. */
  readonly approvedJoins?: ReadonlySet<string> | undefined;
  /** `false` keeps stored values out of what is said about the statement. Default `true`. */
  readonly tellsValues?: boolean | undefined;
  readonly signal: AbortSignal | undefined;
  /** Runs a stage and keeps how long it took. */
  readonly inStage: <Value>(stage: GateStage, work: () => Promise<Value>) => Promise<Value>;
}

/** A statement with what rules changed in it so far. */
export interface GateState {
  readonly sql: string;
  readonly repairs: readonly Repair[];
}

/** A statement that the check lets pass, and what looks wrong about it. */
interface Allowed extends GateState {
  readonly tables: readonly string[];
  readonly lint: readonly Finding[];
}

/** How a statement stands before the database is asked. */
export type Settled =
  | (Allowed & {
      readonly kind: 'allowed';
      /** The statement before its names were repaired, when they were. */
      readonly written?: Allowed | undefined;
      readonly first?: CheckStop | undefined;
    })
  | (GateState & { readonly kind: 'stopped'; readonly first?: CheckStop | undefined } & Refusal)
  | (GateState & {
      readonly kind: 'broken';
      readonly stage: 'check';
      readonly thrown: unknown;
      readonly first?: CheckStop | undefined;
    });

interface CheckStop {
  readonly stage: 'check';
  readonly error: AttemptError;
  readonly sql: string;
}

interface Refusal {
  readonly stage: 'check';
  readonly error: AttemptError;
  /** The check could not judge now. */
  readonly isBusy: boolean;
}

/** What is tried already, and how often rules may follow one another. */
interface Steps {
  readonly seen: Set<string>;
  readonly maxSteps: number;
}

/**
 * Check, names, repair by rule, literals and joins: all that is known of a statement without its database. A text that
 * rules changed is checked again; one that the check then refuses is dropped for the text before.
 */
export async function settle(
  ports: AskPorts<ResultTable>,
  gate: StaticGate,
  start: GateState,
  { seen, maxSteps }: Steps,
): Promise<Settled> {
  let state = start;
  let first: CheckStop | undefined;
  for (let step = 0; ; step++) {
    seen.add(state.sql);
    const judged = await check(ports, gate, state.sql);
    if (judged.kind === 'broken') return { ...judged, ...state, first };
    if (judged.kind === 'allowed') {
      return { ...(await settleNames(ports, gate, { ...state, tables: judged.tables, lint: [] }, seen)), first };
    }
    const mayRepair = gate.mayRepair && !judged.isBusy && step < maxSteps;
    const repaired = mayRepair ? await repairError(ports, gate, state.sql, judged.error) : undefined;
    if (repaired === undefined || seen.has(repaired.sql)) return { ...judged, ...state, first };
    first ??= { stage: 'check', error: judged.error, sql: state.sql };
    state = { sql: repaired.sql, repairs: [...state.repairs, ...repaired.repairs] };
  }
}

/** Repairs names that the snapshot does not know, and looks the statement over. */
async function settleNames(
  ports: AskPorts<ResultTable>,
  gate: StaticGate,
  allowed: Allowed,
  seen: Set<string>,
): Promise<Allowed & { readonly kind: 'allowed'; readonly written?: Allowed | undefined }> {
  const read = await quietly(gate, 'resolve', () => readStatement(ports, allowed.sql));
  if (read === undefined) return { ...allowed, kind: 'allowed' };
  const written = { ...allowed, lint: await lintOf(gate, read) };
  const asIs = { ...written, kind: 'allowed' } as const;
  if (!gate.mayRepair || !read.hasUnknownNames) return asIs;
  const repaired = await repairError(ports, gate, allowed.sql, unknownName);
  if (repaired === undefined || seen.has(repaired.sql)) return asIs;
  const judged = await check(ports, gate, repaired.sql);
  if (judged.kind !== 'allowed') return asIs;
  seen.add(repaired.sql);
  const again = await quietly(gate, 'resolve', () => readStatement(ports, repaired.sql));
  const lint = again === undefined ? [] : await lintOf(gate, again);
  const repairs = [...allowed.repairs, ...repaired.repairs];
  return { kind: 'allowed', sql: repaired.sql, repairs, tables: judged.tables, lint, written };
}

const unknownName: DatabaseError = { sqlState: '42703', message: 'A name is unknown.' };

interface ReadStatement {
  readonly tree: ParseTree;
  readonly snapshot: CatalogSnapshot;
  readonly hasUnknownNames: boolean;
}

async function readStatement(
  { parse, catalog }: AskPorts<ResultTable>,
  sql: string,
): Promise<ReadStatement | undefined> {
  const outcome = catalog === undefined ? undefined : await parse?.parse(sql);
  if (catalog === undefined || outcome?.parsed !== true) return undefined;
  const snapshot = await catalog.snapshot();
  const { problems } = resolveNames(outcome.tree, indexCatalog(snapshot), () => undefined);
  return { tree: outcome.tree, snapshot, hasUnknownNames: problems.length > 0 };
}

const lintOf = async (gate: StaticGate, { tree, snapshot }: ReadStatement): Promise<readonly Finding[]> =>
  (await quietly(gate, 'lint', async () => {
    const { approvedJoins, tellsValues } = gate;
    return inspectStatement(tree, { snapshot, approvedJoins, tellsValues });
  })) ?? [];

/** Rules are an aid: where they fail the statement goes on as it is. */
async function quietly<Value>(
  { signal, inStage }: StaticGate,
  stage: GateStage,
  work: () => Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await inStage(stage, () => abortable(signal, work));
  } catch (thrown) {
    if (signal?.aborted === true) throw thrown;
    return undefined;
  }
}

type Judged =
  | { readonly kind: 'allowed'; readonly tables: readonly string[] }
  | ({ readonly kind: 'stopped' } & Refusal)
  | { readonly kind: 'broken'; readonly stage: 'check'; readonly thrown: unknown };

async function check(ports: AskPorts<ResultTable>, { signal, inStage }: StaticGate, sql: string): Promise<Judged> {
  let verdict: SqlVerdict;
  try {
    verdict = await inStage('check', () => abortable(signal, () => ports.check.check(sql)));
  } catch (thrown) {
    return { kind: 'broken', stage: 'check', thrown };
  }
  if (!verdict.allowed) {
    const error = refusalError(sql, verdict.violations);
    return { kind: 'stopped', stage: 'check', error, isBusy: verdict.retryable === true };
  }
  const tables = (verdict.relations ?? []).map(({ schema, name }) =>
    schema === undefined ? name : `${schema}.${name}`,
  );
  return { kind: 'allowed', tables: [...new Set(tables)] };
}

/** What rules make of a statement that an error stopped; `undefined` when none applies. */
export async function repairError(
  { parse, catalog }: AskPorts<ResultTable>,
  gate: StaticGate,
  sql: string,
  error: AttemptError,
): Promise<Repaired | undefined> {
  const failing = curableByRule(sql, error);
  if (parse === undefined || catalog === undefined || failing === undefined) return undefined;
  return quietly(gate, 'repair', async () =>
    repairStatement({ sql, error: failing }, { parse, snapshot: await catalog.snapshot() }),
  );
}

/** The error as the rules read it: a function, operator, type or name that the check does not know counts as one that does not exist. */
function curableByRule(sql: string, error: AttemptError): DatabaseError | undefined {
  const { sqlState } = error;
  if (sqlState !== undefined) return { ...error, sqlState };
  const [violation] = error.violations ?? [];
  if (violation?.position === undefined) return undefined;
  const position = offsetOf(sql, violation.position);
  const name = violation.name?.split('.').at(-1) ?? '';
  switch (violation.code) {
    case 'function':
      return { sqlState: '42883', message: `function ${name}() does not exist`, position };
    case 'operator':
      // One that PostgreSQL has is refused for a reason, and is not to be written otherwise.
      if (!isForeignOperator(name)) return undefined;
      return { sqlState: '42883', message: `operator does not exist: unknown ${name} unknown`, position };
    case 'type':
      return { sqlState: '42704', message: `type "${name}" does not exist`, position };
    case 'relation':
    case 'column':
      return { sqlState: '42703', message: violation.message, position };
    default:
      return undefined;
  }
}

/** A text the check could not read is a syntax error like PostgreSQL's own, not a refusal. */
function refusalError(sql: string, violations: readonly SqlViolation[]): AttemptError {
  const [first] = violations;
  if (first !== undefined && violations.every((violation) => violation.code === 'syntax')) {
    const position = first.position === undefined ? undefined : offsetOf(sql, first.position);
    return {
      sqlState: syntaxError,
      message: first.message,
      ...(position === undefined ? {} : { position }),
      ...(first.hint === undefined ? {} : { hint: first.hint }),
    };
  }
  return { message: 'The statement may not run.', violations };
}

/** SQLSTATE of a text that cannot be read. */
export const syntaxError = '42601';

/** PostgreSQL's 1-based position in characters for a line and a column. */
function offsetOf(sql: string, place: { readonly line: number; readonly column: number }): number {
  const before = sql.split('\n').slice(0, place.line - 1);
  return before.reduce((sum, line) => sum + [...line].length + 1, 0) + place.column;
}
