import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { createAsk } from '../src/index.ts';
import { parsePort } from './parse-port.ts';
import { pgRunner, selectOnly } from './pg-ports.ts';
import { answerWith, scriptedModel, slice } from './scripted-ports.ts';

const database = useDatabase();
let client: pg.Client;
beforeAll(async () => {
  client = await database.connect();
  await client.query(
    'CREATE TABLE scores (name text, points int); INSERT INTO scores VALUES ($$a$$, 9), ($$b$$, 7), ($$c$$, 7), ($$d$$, 1)',
  );
});

const findings = async (sql: string, options: object = {}) => {
  const ports = {
    schema: { describe: async () => slice },
    check: selectOnly,
    runner: pgRunner(client, async () => {}),
    model: scriptedModel(answerWith(sql)),
    parse: parsePort,
  };
  const outcome = await createAsk(ports, options)('Who?');
  if (outcome.kind !== 'answered') throw new Error(JSON.stringify(outcome));
  return { kinds: outcome.findings.map(({ kind }) => kind), rows: outcome.result?.rows.length };
};

it.each([
  'SELECT name FROM scores ORDER BY points DESC LIMIT 2',
  'SELECT name FROM scores ORDER BY points DESC LIMIT 1 OFFSET 1',
  'WITH s AS (SELECT * FROM scores) SELECT name, points FROM s ORDER BY 2 DESC limit   2',
])('%s leaves out a row that ties with its last one', async (sql) => {
  const { kinds, rows } = await findings(sql);
  expect(kinds).toEqual(['limit_ties']);
  expect(rows).toBeLessThanOrEqual(2);
});

it.each([
  'SELECT name FROM scores ORDER BY points DESC LIMIT 1',
  'SELECT name FROM scores ORDER BY points DESC, name LIMIT 2',
  'SELECT name FROM scores ORDER BY points DESC LIMIT 10',
  'SELECT name FROM scores LIMIT 2',
  'SELECT name FROM scores ORDER BY points DESC FETCH FIRST 2 ROWS WITH TIES',
  'SELECT name FROM (SELECT name FROM scores ORDER BY points DESC LIMIT 2) s',
  'SELECT name FROM scores ORDER BY points DESC LIMIT 1 + 1',
])('%s does not, or not arbitrarily, or that cannot be told', async (sql) => {
  expect((await findings(sql)).kinds).toEqual([]);
});

it('is not looked for where that is not wanted', async () => {
  expect((await findings('SELECT name FROM scores ORDER BY points DESC LIMIT 2', { probeTies: false })).kinds).toEqual(
    [],
  );
});
