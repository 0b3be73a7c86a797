// Reads a whole catalog in one query, then renders what a question needs within a token budget, as text for a model.
// The database here is PGlite in this process; a pg.Pool or pg.Client takes its place without another change.
import { PGlite } from '@electric-sql/pglite';
import { readRetailSql } from '@pgmcp/fixture-retail';
import { findValueHints, introspect, renderMermaid, selectSlice } from '@pgmcp/schema-introspect';

const database = await PGlite.create();
await database.exec(await readRetailSql());

const catalog = await introspect(database);
const question = 'Which product categories were returned most often because they were damaged?';
const slice = selectSlice(catalog, question, { maxTokens: 600 });

console.log(
  `${catalog.tables.length} tables; ${slice.tables.length} of them for the question, about ${slice.tokens} tokens\n`,
);
console.log(slice.text);
console.log('\nwhy:');
for (const { schema, name, reasons } of slice.tables) console.log(`  ${schema}.${name}: ${reasons.join('; ')}`);
console.log('\nstored values that the question names:');
for (const { schema, table, column, value } of findValueHints(catalog, question)) {
  console.log(`  ${schema}.${table}.${column} = ${value}`);
}
console.log(`\nall tables as a diagram: ${renderMermaid(catalog).split('\n').length} lines of Mermaid`);

await database.close();
