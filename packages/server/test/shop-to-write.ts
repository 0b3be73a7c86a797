import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { beforeAll, beforeEach } from 'vitest';
import { startInProcess, succeed } from './in-process-client.ts';
import { POLICY_FIXTURE } from './policy-fixture.ts';

/** A database with the shop, made anew for each test, and servers that may write to it. */
export function useShop() {
  const database = useDatabase();
  let admin: pg.Client;
  beforeAll(async () => {
    admin = await database.connect();
  });
  beforeEach(async () => {
    await admin.query(`DROP SCHEMA IF EXISTS shop CASCADE; ${POLICY_FIXTURE}`);
  });
  const query = (sql: string) => admin.query(sql);
  return {
    database,
    /** Runs SQL as its owner. */
    query,
    countOf: async (table: string) => Number((await query(`SELECT count(*) FROM ${table}`)).rows[0].count),
    start: (more: Record<string, string> = {}) =>
      startInProcess({
        PG_MCP_DATABASE_NAME: 'shop',
        PG_MCP_DATABASE_URL: database.url,
        PG_MCP_SECURITY_MODE: 'standard',
        ...more,
      }),
  };
}

/** What a tool that writes has answered. */
export interface Written {
  readonly status: string;
  readonly changes: readonly { table: string; inserted: number; updated: number; deleted: number }[];
  readonly results: readonly { rows: number; table?: { rows: unknown[][] } }[];
  readonly samples?: readonly { table: string; before?: { rows: unknown[][] }; after?: { rows: unknown[][] } }[];
  readonly confirmation_token?: string;
  readonly objects?: readonly { change: string; kind: string; name: string }[];
}

/** Calls a tool that writes. */
export async function write(
  client: Parameters<typeof succeed>[0],
  args: Record<string, unknown>,
  tool = 'execute_transaction',
): Promise<Written> {
  return (await succeed(client, tool, args)) as unknown as Written;
}
