import { abortable } from './abort.ts';
import type { AttemptError } from './attempt-error.ts';
import { isCurable, readDatabaseError } from './database-error.ts';
import type { Finding } from './inspect/finding.ts';
import type { AskPorts, Plan, ResultTable } from './ports.ts';
import { type GateState, repairError, type StaticGate, settle, syntaxError } from './static-gate.ts';

/** A statement in front of the gate. */
export interface GateEntry extends StaticGate {
  readonly sql: string;
}

/** The stage that stopped a statement, and why. */
export interface Stop {
  readonly stage: 'check' | 'explain';
  readonly error: AttemptError;
}

/** What stopped a statement before rules repaired it, in the form that it had there. */
export interface FirstStop extends Stop {
  readonly sql: string;
}

/** What the gate made of a statement: the SQL as it stands now, and the stage that stopped it, if one did. */
export type GateResult = GateState & {
  /** What stopped the statement as it was written, when rules repaired it. */
  readonly first?: FirstStop | undefined;
} & (
    | {
        readonly kind: 'passed';
        readonly plan: Plan;
        readonly tables: readonly string[];
        /** What looks wrong about it all the same, found before the database was asked. */
        readonly lint: readonly Finding[];
      }
    | (Stop & { readonly kind: 'stopped'; readonly isBusy: boolean; readonly thrown?: unknown })
    | { readonly kind: 'broken'; readonly stage: 'check' | 'explain'; readonly thrown: unknown }
  );

/** Rules repair one class of error after the other; more steps than this would mean that they undo each other. */
const maxSteps = 8;

/**
 * Everything that needs no database (check, names, repair by rule, literals, joins), then EXPLAIN. A statement that
 * PostgreSQL does not accept is repaired by what its error says, as long as a rule applies, and starts again at the check:
 * nothing reaches the database that the check has not seen in this very form.
 *
 * Where names were repaired PostgreSQL is asked about the statement as it was written first: the snapshot may be older
 * than the database, or another search path in force, and a statement that passes is never changed.
 */
export async function passGate(ports: AskPorts<ResultTable>, entry: GateEntry): Promise<GateResult> {
  const seen = new Set<string>();
  let state: GateState = { sql: entry.sql, repairs: [] };
  let first: FirstStop | undefined;
  let readable: GateResult | undefined;
  for (let steps = 0; ; steps++) {
    const settled = await settle(ports, entry, state, { seen, maxSteps });
    first ??= settled.first;
    if (settled.kind === 'broken') return { ...settled, first };
    if (settled.kind === 'stopped') {
      // Rules that made a readable statement unreadable did not help: the model is told about what it could be read as.
      return readable !== undefined && settled.error.sqlState === syntaxError ? readable : { ...settled, first };
    }
    const { written, tables, lint } = settled;
    if (written !== undefined) {
      const asWritten = await explain(ports, entry, written);
      if (asWritten.kind === 'passed')
        return { ...asWritten, ...written, first, tables: written.tables, lint: written.lint };
      if (asWritten.kind === 'broken') return { ...asWritten, ...written, first };
      first ??= { stage: 'explain', error: asWritten.error, sql: written.sql };
    }
    state = { sql: settled.sql, repairs: settled.repairs };
    const explained = await explain(ports, entry, state);
    if (explained.kind === 'passed') return { ...explained, ...state, first, tables, lint };
    if (explained.kind === 'broken') return { ...explained, ...state, first };
    const repaired =
      entry.mayRepair && steps < maxSteps ? await repairError(ports, entry, state.sql, explained.error) : undefined;
    const stopped: GateResult = { ...explained, ...state, first, isBusy: false };
    if (repaired === undefined || seen.has(repaired.sql)) return stopped;
    readable = stopped;
    first ??= { stage: 'explain', error: explained.error, sql: state.sql };
    state = { sql: repaired.sql, repairs: [...state.repairs, ...repaired.repairs] };
  }
}

type Explained =
  | { readonly kind: 'passed'; readonly plan: Plan }
  | (Stop & { readonly kind: 'stopped'; readonly thrown: unknown })
  | { readonly kind: 'broken'; readonly stage: 'explain'; readonly thrown: unknown };

async function explain(
  ports: AskPorts<ResultTable>,
  { signal, inStage }: GateEntry,
  { sql }: GateState,
): Promise<Explained> {
  try {
    const plan = await inStage('explain', () => abortable(signal, () => ports.runner.explain(sql, { signal })));
    return { kind: 'passed', plan };
  } catch (thrown) {
    const error = readDatabaseError(thrown);
    return error !== undefined && isCurable(error.sqlState)
      ? { kind: 'stopped', stage: 'explain', error, thrown }
      : { kind: 'broken', stage: 'explain', thrown };
  }
}
