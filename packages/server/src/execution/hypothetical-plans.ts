import { withoutPrefix } from '@pgmcp/nl2sql';
import type { SessionBinding } from '@pgmcp/pool';
import { qualifiedName } from '@pgmcp/schema-introspect';
import type { Call } from '../call.ts';
import type { ExecutorParts } from './executor-parts.ts';
import type { OutsideStatement } from './statement.ts';

/** A statement whose plans with indexes that do not exist are wanted. */
export interface HypotheticalStatement extends OutsideStatement {
  /** Plan for any value of its parameters: `parameters` says only how many there are. */
  readonly generic?: boolean;
  /** The extension HypoPG's schema; left out, there is one plan, with the indexes that exist. */
  readonly hypopgSchema?: string | undefined;
  /** Chooses by the plan as things are: `CREATE INDEX` statements of our own, each tried alone. */
  indexesFor(present: unknown): readonly string[];
}

/** A plan with one index that does not exist. */
export interface HypotheticalPlan {
  /** The value of `EXPLAIN (FORMAT JSON)`; undefined when HypoPG refused the index. */
  readonly document: unknown;
  /** How large the index would be, as HypoPG estimates. */
  readonly bytes?: number;
}

/** Plans of one statement: as things are, and with each index. */
export interface HypotheticalPlans {
  readonly present: unknown;
  readonly with: readonly HypotheticalPlan[];
}

const MAX_PLAN_BYTES = 7 * 1024 * 1024;

/**
 * Plans a statement without running it: admitted as any other from outside. Hypothetical indexes live in the memory of one session, so all
 * plans are made in one transaction, which clears them before and after; they change nothing but EXPLAIN.
 */
export function createHypotheticalPlans({ admission, limits, observe }: ExecutorParts) {
  return (statement: HypotheticalStatement, call: Call): Promise<HypotheticalPlans> =>
    observe(statement, call, async (notes) => {
      const { database, sql, parameters, hypopgSchema, generic = false } = statement;
      await admission.admit(statement, call, notes, { purpose: 'read' });
      notes.explained();
      const session = await database.sessionOf(call.caller);
      const bound = generic ? withGenericPlans(session) : session;
      const explain = 'EXPLAIN (FORMAT JSON, VERBOSE) ';
      const prefix = generic ? 'PREPARE pgmcp_plan AS ' : explain;
      const caps = { maxRows: 1, maxBytes: MAX_PLAN_BYTES, timeoutMs: limits.timeoutMs };
      notes.sent();
      try {
        return await database.connections
          .with({ signal: call.signal, ...caps, access: 'read-only', session: bound })
          .transaction(async (transaction) => {
            if (generic) await transaction.table(prefix + sql);
            const nulls = (parameters ?? []).map(() => 'NULL').join(', ');
            const readPlan = async () => {
              const { rows } = generic
                ? await transaction.table(`${explain}EXECUTE pgmcp_plan${nulls === '' ? '' : `(${nulls})`}`)
                : await transaction.table(explain + sql, parameters);
              return JSON.parse(rows[0]?.[0] ?? '[]') as unknown;
            };
            if (hypopgSchema === undefined) return { present: await readPlan(), with: [] };
            const reset = `SELECT ${qualifiedName(hypopgSchema, 'hypopg_reset')}()`;
            await transaction.query(reset);
            const present = await readPlan();
            const tried: HypotheticalPlan[] = [];
            for (const index of statement.indexesFor(present)) {
              await transaction.query('SAVEPOINT trial');
              try {
                const { rows } = await transaction.query<{ bytes: number }>(
                  `SELECT ${qualifiedName(hypopgSchema, 'hypopg_relation_size')}(indexrelid)::float8 AS bytes FROM ${qualifiedName(hypopgSchema, 'hypopg_create_index')}($1)`,
                  [index],
                );
                tried.push({ document: await readPlan(), bytes: rows[0]?.bytes ?? 0 });
              } catch (error) {
                if (endsTheCall(error)) throw error;
                tried.push({ document: undefined });
                await transaction.query('ROLLBACK TO SAVEPOINT trial');
              }
              await transaction.query(reset);
            }
            return { present, with: tried };
          });
      } catch (error) {
        throw withoutPrefix(error, prefix);
      }
    });
}

/** A prepared statement is planned with its parameters as constants otherwise; EXPLAIN's own GENERIC_PLAN takes no bound ones. */
function withGenericPlans(session: SessionBinding | undefined): SessionBinding {
  return { ...session, settings: { ...session?.settings, plan_cache_mode: 'force_generic_plan' } };
}

/** Anything but an error that PostgreSQL reports for one statement. */
function endsTheCall(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return !(typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) || code === '57014';
}
