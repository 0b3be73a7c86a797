import { createPools } from '@pgmcp/pool';

/** A script may load data; longer than any statement of a caller, in milliseconds. */
const SCRIPT_TIMEOUT_MS = 120_000;

/**
 * Runs SQL of our own on a database: the sample data of `--demo`. Never for text from outside: there is no guard here, and the
 * text may hold several statements.
 *
 * @param url connection string of a role that may do what the script does.
 */
export async function runScript(url: string, sql: string): Promise<void> {
  const pools = createPools([{ name: 'script', url, maxConnections: 1 }]);
  try {
    await pools
      .database('script')
      .with({ access: 'read-write', timeoutMs: SCRIPT_TIMEOUT_MS })
      .transaction((transaction) => transaction.script(sql));
  } finally {
    await pools.close();
  }
}
