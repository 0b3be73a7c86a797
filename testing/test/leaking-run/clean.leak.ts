import pg from 'pg';
import { expect, test } from 'vitest';
import { useDatabase } from '../../src/vitest/index.ts';

const database = useDatabase();

test('a test that closes what it opens', async () => {
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query('SELECT 1');
  await client.end();
  await database.connect();
  expect(process.env['DATABASE_URL']).toContain(String(database.port));
});
