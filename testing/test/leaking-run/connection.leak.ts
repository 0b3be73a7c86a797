import pg from 'pg';
import { expect, test } from 'vitest';
import { useDatabase } from '../../src/vitest/index.ts';

const database = useDatabase();

test('a test that passes and leaves two connections open', async () => {
  const idle = new pg.Client({ connectionString: database.url, application_name: 'forgotten pool' });
  const busy = new pg.Client({ connectionString: database.url });
  for (const client of [idle, busy]) {
    client.on('error', () => {});
    await client.connect();
  }
  await idle.query('SELECT 1 AS\n    left_open');
  await busy.query('BEGIN');
  await database.createRole('leaker');
  expect(database.name).toContain('_connection_');
});
