import { useDatabase } from '@pgmcp/testing/vitest';
import pg from 'pg';
import { expect, test } from 'vitest';

const database = useDatabase({ template: 'retail' });

test('a role that may read everything sees the stores', async () => {
  const reader = await database.createRole('reader', { memberOf: ['pg_read_all_data'] });
  const client = new pg.Client(reader.url);
  await client.connect();
  const { rows } = await client.query('SELECT count(*)::integer AS stores FROM retail.stores');
  await client.end();
  expect(rows[0].stores).toBeGreaterThan(5);
});
