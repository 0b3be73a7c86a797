import { expect, test } from 'vitest';
import { useDatabase } from '../src/vitest/index.ts';

const database = useDatabase({ template: 'retail' });

test('the retail template holds the sample data, analysed', async () => {
  const client = await database.connect();
  const items = await client.query('SELECT count(*)::integer AS count FROM retail.order_items');
  expect(items.rows[0].count).toBeGreaterThanOrEqual(50_000);
  const unanalysed = await client.query(
    `SELECT oid::regclass FROM pg_class
     WHERE relnamespace = 'retail'::regnamespace AND relkind IN ('r', 'm') AND reltuples < 0`,
  );
  expect(unanalysed.rows).toEqual([]);
});
