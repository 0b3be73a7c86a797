// biome-ignore-all lint/suspicious/noConsole: the reader of the README has a console.
import { createGuard } from '@pgmcp/sql-guard';

const guard = await createGuard(); // read-only
const verdict = await guard.check('SELECT name FROM customers WHERE id = (SELECT pg_sleep(60)::text)::int');
if (verdict.allowed) {
  console.log('may run', verdict.relations, verdict.normalized);
} else {
  const [first] = verdict.violations;
  console.log(`${first.message} (line ${first.position.line}, column ${first.position.column})`);
  // pg_sleep is refused: it holds the connection without doing work (line 1, column 47)
}
await guard.close();
