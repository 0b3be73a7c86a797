import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { beforeAll } from 'vitest';
import { type CatalogSnapshot, createAsk } from '../src/index.ts';
import { parsePort } from './parse-port.ts';
import { pgRunner, selectOnly } from './pg-ports.ts';
import { answerWith, scriptedModel, slice } from './scripted-ports.ts';
import { shop, shopSql } from './shop.ts';

/** Gives a test file a PostgreSQL database of its own with these tables, through all ports but a model's. */
export function useTables(sql: string, readStructure: (client: pg.Client) => Promise<CatalogSnapshot>) {
  const database = useDatabase();
  let client: pg.Client;
  let structure: CatalogSnapshot;
  beforeAll(async () => {
    client = await database.connect();
    await client.query(sql);
    structure = await readStructure(client);
  });
  const ports = () => ({
    schema: { describe: async () => slice },
    check: selectOnly,
    runner: pgRunner(client, async () => {}),
    parse: parsePort,
    catalog: { snapshot: () => structure },
  });
  return {
    ports,
    /** What becomes of a question to which the model answers with this statement and nothing further. */
    askFor: (statement: string) =>
      createAsk({ ...ports(), model: scriptedModel(answerWith(statement)) }, { maxRepairs: 0 })('Which?'),
    /** What a statement returns. */
    rowsOf: async (statement: string) =>
      (await client.query({ text: statement, rowMode: 'array' })).rows as unknown[][],
  };
}

/** {@link useTables} with the shop. */
export const useShop = () => useTables(shopSql, async () => shop);
