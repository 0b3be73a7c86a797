import { introspect, rankTables } from '@pgmcp/schema-introspect';
import pg from 'pg';
import { interleave } from '../measure/interleave.ts';
import { createTables } from '../schema-introspect/create-tables.ts';
import { ONE_JSON_QUERY } from '../schema-introspect/one-json-query.ts';
import type { Suite } from '../suite.ts';

const TABLES = 1_000;

/** A whole catalog, parsed, beside one query that reads the same facts and is parsed as JSON. */
export const introspection: Suite = {
  name: 'introspection',
  title: `Reading a catalog of ${TABLES.toLocaleString('en')} tables`,
  goal: 'at most 1.5x of one JSON query written by hand (P7)',
  run: ({ databaseUrl, rounds }) =>
    withTables(databaseUrl, async (client) => {
      const byHand = async () => {
        const { rows } = await client.query<{ json: string }>(ONE_JSON_QUERY);
        return JSON.parse(rows[0]?.json ?? '');
      };
      const measurements = await interleave(
        [
          { name: 'one JSON query by hand', call: byHand },
          { name: 'introspect()', call: () => introspect(client) },
        ],
        { rounds: Math.min(rounds, 9), calls: 1, warmUpCalls: 1 },
      );
      return { measurements };
    }),
};

/** Which tables a question is about, beside counting the names that it mentions. */
export const ranking: Suite = {
  name: 'ranking',
  title: `Ranking ${TABLES.toLocaleString('en')} tables by a question`,
  goal: 'no bar of its own; the floor looks each word up in each name and knows no comments, plurals or rarity',
  run: ({ databaseUrl, rounds }) =>
    withTables(databaseUrl, async (client) => {
      const catalog = await introspect(client);
      const question = 'Which things of table number 77 were created last, by name and amount?';
      const words = question.toLowerCase().match(/\w+/g) ?? [];
      const byHand = async () =>
        catalog.tables
          .map((table) => {
            const names = [table.name, ...table.columns.map(({ name }) => name)].join(' ').toLowerCase();
            return { table, score: words.filter((word) => names.includes(word)).length };
          })
          .sort((one, other) => other.score - one.score);
      return {
        measurements: await interleave(
          [
            { name: 'words looked up in names, by hand', call: byHand },
            { name: 'rankTables()', call: async () => rankTables(catalog, question) },
          ],
          { rounds, calls: 10, warmUpCalls: 10 },
        ),
      };
    }),
};

async function withTables<Result>(databaseUrl: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const url = new URL(databaseUrl);
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  const { rowCount } = await admin.query(`select from pg_database where datname = 'catalog_${TABLES}'`);
  if (rowCount === 0) await admin.query(`create database catalog_${TABLES}`);
  await admin.end();
  url.pathname = `/catalog_${TABLES}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    if (rowCount === 0) await createTables(client, TABLES);
    return await work(client);
  } finally {
    await client.end();
  }
}
