// Judges statements that somebody else wrote: a model, a user, another service. Nothing is run.
import { createGuard } from '@pgmcp/sql-guard';

const guard = await createGuard({ tables: { allow: ['public.orders', 'public.customers'] } });

const statements = [
  'SELECT c.name, sum(o.total) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.name',
  'SELECT * FROM salaries',
  'WITH gone AS (DELETE FROM orders RETURNING *) SELECT count(*) FROM gone',
  "SELECT name FROM customers WHERE id = (SELECT query_to_xml('DROP TABLE orders', true, true, '')::text::int)",
  'SELECT 1; DROP TABLE orders',
  'SELECT nam FROM customers WHERE',
];

for (const sql of statements) {
  const verdict = await guard.check(sql);
  console.log(sql);
  if (verdict.allowed) {
    console.log(`  may run; reads ${verdict.relations.map(({ name }) => name).join(', ')}`);
    console.log(`  normalized: ${verdict.normalized}`);
  } else {
    for (const { code, message, position } of verdict.violations) {
      console.log(`  ${code} at line ${position.line}, column ${position.column}: ${message}`);
    }
  }
}

await guard.close();
