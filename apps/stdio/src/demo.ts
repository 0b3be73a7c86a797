import { fileURLToPath } from 'node:url';
import { readRetailRolesSql, readRetailSql, retailAnalystRole, verifiedPairsFile } from '@pgmcp/fixture-retail';
import { type Demo, runScript } from '@pgmcp/server';
import { startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';

/** Starts an embedded PostgreSQL with the retail database for `--demo`. It is gone when the process ends. */
export async function startDemo(): Promise<Demo> {
  const postgres = await startEmbeddedPostgres({ resolveFrom: [import.meta.dirname, process.cwd()] });
  try {
    await runScript(postgres.url(), await readRetailSql());
    await runScript(postgres.url(), await readRetailRolesSql());
    return {
      environment: {
        PG_MCP_DATABASE_NAME: 'retail',
        PG_MCP_DATABASE_URL: `postgresql://${retailAnalystRole}@${postgres.host}:${postgres.port}/postgres`,
        PG_MCP_SERVER_VERIFIED_QUERIES: fileURLToPath(verifiedPairsFile),
      },
      stop: () => postgres.stop(),
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
