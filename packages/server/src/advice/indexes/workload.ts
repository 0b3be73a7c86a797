import { quoteIdentifier } from '@pgmcp/schema-introspect';
import type { AskDatabase } from '../ask-database.ts';

/** A statement that the server has counted. */
export interface CountedStatement {
  /** As the extension normalised it: constants are `$1`, `$2`. */
  readonly sql: string;
  readonly calls: number;
  readonly totalMs: number;
}

/** The statements that took most time in this database, or why they are not known. */
export type Workload =
  | { readonly statements: readonly CountedStatement[]; readonly invisible: number }
  | { readonly unknown: string };

/** Reads the reading statements that took most time from `pg_stat_statements`. */
export async function readWorkload(
  ask: AskDatabase,
  extension: { readonly schema: string } | undefined,
  count: number,
): Promise<Workload> {
  if (extension === undefined)
    return {
      unknown:
        'pg_stat_statements is not installed here: add it to shared_preload_libraries, restart, and CREATE EXTENSION pg_stat_statements; or name one statement in sql.',
    };
  const view = `${quoteIdentifier(extension.schema)}.pg_stat_statements`;
  const rows = await ask<{ sql: string; calls: number; totalMs: number; isVisible: boolean }>(
    `SELECT query AS sql, sum(calls)::float8 AS calls, sum(total_exec_time)::float8 AS "totalMs", query <> '<insufficient privilege>' AS "isVisible"
       FROM ${view}
      WHERE dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
        AND (query ~* '^\\s*(select|with)\\M' OR query = '<insufficient privilege>')
        -- Questions about the database itself, ours among them, need no index.
        AND query !~* '\\m(pg_catalog|information_schema)\\.'
      GROUP BY query
      ORDER BY 3 DESC
      LIMIT $1`,
    [count],
  );
  const statements = rows.filter(({ isVisible }) => isVisible);
  return { statements, invisible: rows.length - statements.length };
}
