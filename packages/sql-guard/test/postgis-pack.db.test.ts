import { mayTestWith } from '@pgmcp/testing/programs';
import { startSystemPostgres, systemBinariesWith } from '@pgmcp/testing/system-postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { laterFunctions } from '../scripts/extension-rules.ts';
import { extensionPacks } from '../src/extensions.generated.ts';
import { createGuard, type Guard, readCatalogSnapshot } from '../src/index.ts';
import { readExtensionCases } from './corpus-files.ts';

const honest = readExtensionCases('allow', 'postgis');
const hostile = readExtensionCases('deny', 'postgis');

describe.skipIf(!mayTestWith('PostGIS', systemBinariesWith('postgis') !== undefined))('the pack of PostGIS', () => {
  let server: Awaited<ReturnType<typeof startSystemPostgres>>;
  let client: pg.Client;
  const guards: { readonly name: string; readonly guard: Guard }[] = [];

  beforeAll(async () => {
    server = await startSystemPostgres('postgis');
    client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query(`CREATE EXTENSION postgis;
      CREATE TABLE places (id int PRIMARY KEY, name text, kind text, geom geometry(Point, 4326), geog geography, srid int);
      CREATE TABLE zones (id int PRIMARY KEY, name text, population int, geom geometry(MultiPolygon, 4326));
      INSERT INTO places SELECT n, 'place ' || n, 'shop', ST_SetSRID(ST_MakePoint(n / 10.0, 50), 4326), ST_MakePoint(n / 10.0, 50), 3857
        FROM generate_series(1, 20) n;
      INSERT INTO zones SELECT n, 'zone ' || n, 100, ST_Multi(ST_MakeEnvelope(n - 1, 49, n, 51, 4326)) FROM generate_series(1, 3) n`);
    const options = {
      engine: 'same-thread',
      functions: { extensions: ['postgis'] },
      serverVersionNum: 150_000,
    } as const;
    const catalog = await readCatalogSnapshot(client);
    guards.push({ name: 'without a catalog', guard: await createGuard(options) });
    guards.push({ name: 'with a catalog', guard: await createGuard({ ...options, catalog }) });
  });
  afterAll(async () => {
    for (const { guard } of guards) await guard.close();
    await client?.end();
    await server?.stop();
  });

  it('brings what is computed with, and the server runs it', async () => {
    for (const sql of honest) {
      for (const { name, guard } of guards)
        expect(await guard.check(sql), `${name}: ${sql}`).toMatchObject({ allowed: true });
      await expect(client.query(`BEGIN READ ONLY; ${sql}; ROLLBACK`), sql).resolves.toBeDefined();
    }
  });

  it('brings nothing that writes, runs SQL, opens files or builds gigabytes', async () => {
    for (const sql of hostile)
      for (const { name, guard } of guards) expect((await guard.check(sql)).allowed, `${name}: ${sql}`).toBe(false);
  });

  it('names no function that the server does not have, but those of later versions', async () => {
    const { rows } = await client.query('SELECT proname AS name FROM pg_proc');
    const known = new Set(
      rows.map(({ name }: { name: string }) => name).concat((laterFunctions['postgis'] ?? '').split(/\s+/)),
    );
    expect((extensionPacks['postgis']?.functions ?? '').split(' ').filter((name) => !known.has(name))).toEqual([]);
  });

  it('brings nothing when it is not named', async () => {
    const bare = await createGuard({ engine: 'same-thread' });
    guards.push({ name: 'without the pack', guard: bare });
    for (const sql of honest.filter((text) => /ST_|PostGIS_/i.test(text)))
      expect((await bare.check(sql)).allowed, sql).toBe(false);
  });
});
