import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { introspect, type Queryable } from '../src/index.ts';
import { ODD_CATALOG_SQL } from './odd-catalog.ts';
import { describeOddCatalog } from './odd-catalog-contract.ts';

describe('introspect on PGlite', () => {
  let pglite: PGlite;
  beforeAll(async () => {
    pglite = await PGlite.create();
    await pglite.exec(ODD_CATALOG_SQL);
  }, 60_000);
  afterAll(() => pglite.close());

  describeOddCatalog(async (): Promise<Queryable> => pglite);

  /** The database, with errors before it answers. */
  const failing = (...errors: { message: string; code: string }[]): Queryable => ({
    query: async <Row>(text: string, values?: readonly unknown[]) => {
      const next = errors.shift();
      if (next) throw Object.assign(new Error(next.message), { code: next.code });
      return pglite.query<Row>(text, values as unknown[]);
    },
  });
  const vanished = { code: 'XX000', message: 'could not open relation with OID 4711' };

  it('reads again when something was dropped while it read', async () => {
    expect((await introspect(failing(vanished, vanished))).tables.length).toBeGreaterThan(20);
  });

  it('gives up after five times, and at once on any other error', async () => {
    await expect(introspect(failing(...Array.from({ length: 5 }, () => vanished)))).rejects.toMatchObject(vanished);
    await expect(introspect(failing({ code: 'XX000', message: 'invalid page' }))).rejects.toThrow('invalid page');
    await expect(introspect(failing({ code: '57014', message: 'canceled' }))).rejects.toThrow('canceled');
  });

  it('tells the first error when the transaction around it is gone', async () => {
    const aborted = { code: '25P02', message: 'current transaction is aborted' };
    await expect(introspect(failing(vanished, aborted))).rejects.toMatchObject(vanished);
  });
});
