import { useDatabase } from '@pgmcp/testing/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { readHostileCases } from '../src/corpus.ts';
import { type CatalogSnapshot, createGuard, type GuardMode, readCatalogSnapshot } from '../src/index.ts';
import { readCorpusSchema, readHonestCases } from './corpus-files.ts';
import { listSchema } from './list-schema.ts';

const database = useDatabase();
const hostile = (await readHostileCases()).map(({ sql }) => sql);
const honest = readHonestCases().map(({ sql }) => sql);

/** Functions that the corpus calls behind a dot. Where a catalog knows of none by the name, only a field can be meant. */
const functions = `
CREATE FUNCTION purge(customers) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION purge_all(text) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION dblink_connect(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION secret_function(customers) RETURNS int LANGUAGE sql AS 'SELECT 1';`;

let catalog: CatalogSnapshot;
beforeAll(async () => {
  const client = await database.connect();
  await client.query(readCorpusSchema());
  await client.query(functions);
  await client.query('CREATE SCHEMA shop; SET search_path = shop, public');
  await client.query(listSchema('one'));
  await client.query('RESET search_path');
  catalog = await readCatalogSnapshot(client);
});

async function acceptedOf(statements: readonly string[], mode: GuardMode, known?: CatalogSnapshot): Promise<string[]> {
  const guard = await createGuard({ engine: 'same-thread', mode, ...(known && { catalog: known }) });
  const accepted: string[] = [];
  for (const sql of statements) if ((await guard.check(sql)).allowed) accepted.push(sql);
  await guard.close();
  return accepted;
}

describe('with the catalog of a real database', () => {
  it('every hostile statement of the corpus stays refused', async () => {
    expect(await acceptedOf(hostile, 'read-only', catalog)).toEqual([]);
  });

  it.each(['standard', 'admin'] as const)(
    '%s accepts no hostile statement that it refuses without one',
    async (mode) => {
      const bare = new Set(await acceptedOf(hostile, mode));
      expect((await acceptedOf(hostile, mode, catalog)).filter((sql) => !bare.has(sql))).toEqual([]);
    },
  );

  it.each(['read-only', 'standard', 'admin'] as const)('%s accepts every honest statement', async (mode) => {
    const accepted = new Set(await acceptedOf(honest, mode, catalog));
    expect(honest.filter((sql) => !accepted.has(sql))).toEqual([]);
  });
});
