import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { beforeAll } from 'vitest';
import { createAsk } from '../src/index.ts';
import { parsePort } from './parse-port.ts';
import { pgRunner, selectOnly } from './pg-ports.ts';
import { answerWith, scriptedModel, slice } from './scripted-ports.ts';
import { shop, shopSql } from './shop.ts';

/** Gives a test file the shop in a PostgreSQL database of its own, through all ports but a model's. */
export function useShop() {
  const database = useDatabase();
  let client: pg.Client;
  beforeAll(async () => {
    client = await database.connect();
    await client.query(shopSql);
  });
  const ports = () => ({
    schema: { describe: async () => slice },
    check: selectOnly,
    runner: pgRunner(client, async () => {}),
    parse: parsePort,
    catalog: { snapshot: () => shop },
  });
  return {
    ports,
    /** What becomes of a question to which the model answers with this statement and nothing further. */
    askFor: (sql: string) =>
      createAsk({ ...ports(), model: scriptedModel(answerWith(sql)) }, { maxRepairs: 0 })('Which?'),
  };
}
