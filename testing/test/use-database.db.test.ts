import { expect, test } from 'vitest';
import { useDatabase } from '../src/vitest/index.ts';

const database = useDatabase();

test('a test file has an empty database of its own', async () => {
  const client = await database.connect();
  const { rows } = await client.query('SELECT current_database() AS name, version() AS version');
  expect(rows[0].name).toBe(database.name);
  const tables = await client.query("SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace");
  expect(tables.rowCount).toBe(0);
});
