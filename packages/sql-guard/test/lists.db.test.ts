import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CatalogSnapshot, createGuard, type Guard, type GuardOptions, readCatalogSnapshot } from '../src/index.ts';
import { everyOption } from './every-option.ts';
import { listSchema, readLines } from './list-schema.ts';
import { shownMasked } from './shown-masked.ts';

const tables = { deny: ['public.secret', 'hr.*', 'Odd Schema.Secret'] };
const columns = {
  mask: ['public.customers.email', 'public.customers.balance', 'public.customers.mail', 'public.child.email'],
};
const functions = { allow: ['app.total'] };

const one = useDatabase();
const other = useDatabase();
const guards: Guard[] = [];
let clients: readonly pg.Client[];
let catalog: CatalogSnapshot;
beforeAll(async () => {
  clients = await Promise.all([one.connect(), other.connect()]);
  await Promise.all([clients[0]?.query(listSchema('one')), clients[1]?.query(listSchema('other'))]);
  catalog = await readCatalogSnapshot(clients[0] as pg.Client);
});
afterAll(() => Promise.all(guards.map((guard) => guard.close())));

async function guardWith(options: GuardOptions): Promise<Guard> {
  const guard = await createGuard({ engine: 'same-thread', catalog, ...options });
  guards.push(guard);
  return guard;
}

describe('lists of tables and columns, with the catalog of a real database', () => {
  it.each<[string, GuardOptions]>([
    ['denied-tables', { tables }],
    ['denied-tables', { tables, columns }],
    ['denied-tables-changes', { mode: 'admin', tables, functions, statements: { allow: everyOption } }],
    ['listed-tables', { tables: { allow: ['public.orders', 'app.*'] } }],
    ['masked-columns', { columns }],
    ['masked-columns', { columns: { deny: columns.mask } }],
    ['masked-columns', { mode: 'admin', columns, statements: { allow: everyOption } }],
  ])('refuse what is in lists/%s.sql under %o', async (file, options) => {
    const guard = await guardWith(options);
    const accepted: string[] = [];
    for (const sql of readLines(file)) if ((await guard.check(sql)).allowed) accepted.push(sql);
    expect(accepted).toEqual([]);
  });

  it('let honest statements pass, which then show the same whatever the masked values are', async () => {
    const guard = await guardWith({ tables, columns });
    for (const sql of readLines('honest')) {
      const verdict = await guard.check(sql);
      expect(verdict.allowed || verdict.violations, sql).toBe(true);
      if (!verdict.allowed) continue;
      const [left, right] = await Promise.all(clients.map((client) => shownMasked(client, sql, verdict.columns ?? [])));
      expect(left, sql).not.toContain('failed:');
      expect(left, sql).toBe(right);
    }
  });

  it('leave every statement that was refused for a masked column alone when there is no such list', async () => {
    const guard = await guardWith({ mode: 'standard' });
    let accepted = 0;
    for (const sql of readLines('masked-columns')) accepted += (await guard.check(sql)).allowed ? 1 : 0;
    expect(accepted).toBeGreaterThan(readLines('masked-columns').length * 0.8);
  });
});
