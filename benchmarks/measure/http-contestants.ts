import { fileURLToPath } from 'node:url';
import { startHttpClient } from './http-client.ts';
import { serverSettings } from './server-settings.ts';

/** Clients of `pgmcp-http` and of its floor over HTTP: an echo by the protocol's SDK, which asks no database. */
export async function startHttpContestants(databaseUrl: string, httpProgram: string) {
  const floor = fileURLToPath(new URL('../floors/echo-by-sdk-http.mjs', import.meta.url));
  return {
    echo: await startHttpClient([floor], (port) => ({ PORT: String(port) })),
    pgmcp: await startHttpClient([httpProgram], (port) => ({
      ...serverSettings(databaseUrl),
      PG_MCP_HTTP_PORT: String(port),
    })),
  };
}
