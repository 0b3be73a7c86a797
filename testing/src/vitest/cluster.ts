import { randomBytes } from 'node:crypto';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded-postgres/index.ts';

/** Where the tests of one run find their PostgreSQL server. Plain data: it crosses to the test workers. */
export interface TestCluster {
  /** URL of the maintenance database, as a user who may create databases and roles. */
  readonly url: string;
  /** Part of the name of every database and role of this run, so that runs can share a server. */
  readonly runId: string;
  /** Whether the server was started for this run. */
  readonly embedded: boolean;
}

declare module 'vitest' {
  export interface ProvidedContext {
    pgmcpCluster: TestCluster;
  }
}

/** A {@link TestCluster} with the means to give it back. */
export interface LentCluster {
  readonly cluster: TestCluster;
  release(): Promise<void>;
}

/** Starts the embedded server, or takes the one `DATABASE_URL` names. */
export async function openCluster(databaseUrl = process.env['DATABASE_URL']): Promise<LentCluster> {
  const runId = randomBytes(4).toString('hex');
  if (databaseUrl !== undefined && databaseUrl !== '') {
    return { cluster: { url: databaseUrl, runId, embedded: false }, release: async () => {} };
  }
  const server: EmbeddedPostgres = await startEmbeddedPostgres();
  return { cluster: { url: server.url(), runId, embedded: true }, release: () => server.stop() };
}
