import { parse } from 'libpg-query';
import type pg from 'pg';
import { type AskPorts, type ResultTable, type SqlCheck, withoutPrefix } from '../src/index.ts';

const explain = 'EXPLAIN (FORMAT JSON) ';

/** A runner on one connection: each call is a read-only transaction that is rolled back, cancelled by the signal. */
export function pgRunner(client: pg.Client, cancel: (processId: number) => Promise<unknown>): AskPorts['runner'] {
  const inTransaction = async <Value>(signal: AbortSignal | undefined, work: () => Promise<Value>): Promise<Value> => {
    await client.query('BEGIN READ ONLY');
    const processId = (client as unknown as { processID: number }).processID;
    const stop = () => void cancel(processId);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await work();
    } finally {
      signal?.removeEventListener('abort', stop);
      await client.query('ROLLBACK');
    }
  };
  return {
    explain: (sql, { signal } = {}) =>
      inTransaction(signal, async () => {
        type Row = { 'QUERY PLAN': [{ Plan: { 'Total Cost': number; 'Plan Rows': number } }] };
        const { rows } = await client.query<Row>(`${explain}${sql}`).catch((error: unknown) => {
          throw withoutPrefix(error, explain);
        });
        const plan = rows[0]!['QUERY PLAN'][0].Plan;
        return { totalCost: plan['Total Cost'], rows: plan['Plan Rows'] };
      }),
    run: (sql, { signal, limit = 1_000 } = {}) =>
      inTransaction(signal, async () => {
        const { fields, rows } = await client.query<string[]>({
          text: sql,
          rowMode: 'array',
          types: { getTypeParser: () => (value: string) => value },
        } as pg.QueryArrayConfig);
        const columns = fields.map((field) => ({ name: field.name, typeOid: field.dataTypeID }));
        return { columns, rows: rows.slice(0, limit), truncated: rows.length > limit } satisfies ResultTable;
      }),
  };
}

/** A check that lets pass what PostgreSQL's grammar calls one SELECT. Tests only: a guard looks much deeper. */
export const selectOnly: SqlCheck = {
  check: async (sql) => {
    try {
      const { stmts } = (await parse(sql)) as { stmts: { stmt: Record<string, unknown> }[] };
      return stmts.length === 1 && stmts[0]!.stmt['SelectStmt'] !== undefined
        ? { allowed: true }
        : { allowed: false, violations: [{ code: 'statement', message: 'Only one SELECT may run.' }] };
    } catch (error) {
      return { allowed: false, violations: [{ code: 'syntax', message: (error as Error).message }] };
    }
  },
};
