import pg from 'pg';
import type { TestCluster } from './cluster.ts';
import { urlFor, withClient } from './connection.ts';

/** What a test database holds at first: nothing, or the retail sample. */
export type TemplateName = 'empty' | 'retail';

/** Fills a new database that becomes a template. */
type Fill = (client: pg.Client) => Promise<void>;

const fills: Readonly<Record<Exclude<TemplateName, 'empty'>, Fill>> = {
  retail: async (client) => {
    const { readRetailSql } = await import('@pgmcp/fixture-retail');
    await client.query(await readRetailSql());
  },
};

/** Start of the name of every database of a run. */
export function runPrefix(cluster: TestCluster): string {
  return `pgmcp_${cluster.runId}_`;
}

/**
 * Creates a database from a template, building the template when this is its first use in the run.
 * Cloning copies files and takes some ten milliseconds whatever it took to fill the template.
 */
export async function createFromTemplate(
  cluster: TestCluster,
  database: string,
  template: TemplateName,
): Promise<void> {
  await withClient(cluster.url, async (client) => {
    // Nobody can be connected to template0, and nothing was ever added to it.
    const source = template === 'empty' ? 'template0' : await ensureTemplate(cluster, client, template);
    await createDatabase(client, database, source);
  });
}

async function ensureTemplate(
  cluster: TestCluster,
  client: pg.Client,
  template: Exclude<TemplateName, 'empty'>,
): Promise<string> {
  const name = `${runPrefix(cluster)}template_${template}`;
  // Test workers are processes of their own: the server itself says whose turn it is. The lock ends with the session.
  await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name]);
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (rowCount === 0) {
    // Under another name until it is complete, so that a failure half-way is not taken for a template.
    const unfinished = `${name}_unfinished`;
    await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(unfinished)} WITH (FORCE)`);
    await createDatabase(client, unfinished, 'template0');
    await withClient(urlFor(cluster.url, unfinished), async (filling) => {
      await fills[template](filling);
      // Clones inherit the statistics, so plans do not depend on when autovacuum passes by.
      await filling.query('VACUUM (ANALYZE)');
    });
    await retryWhileInUse(() =>
      client.query(`ALTER DATABASE ${pg.escapeIdentifier(unfinished)} RENAME TO ${pg.escapeIdentifier(name)}`),
    );
    await client.query(`ALTER DATABASE ${pg.escapeIdentifier(name)} ALLOW_CONNECTIONS false`);
  }
  await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name]);
  return name;
}

async function createDatabase(client: pg.Client, database: string, source: string): Promise<void> {
  const text = `CREATE DATABASE ${pg.escapeIdentifier(database)} TEMPLATE ${pg.escapeIdentifier(source)}`;
  await retryWhileInUse(() => client.query(text));
}

/** Autovacuum may be at work in a template; a session that just ended is still counted for a moment. */
async function retryWhileInUse(attempt: () => Promise<unknown>, deadlineMs = 15_000): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      const objectInUse = error instanceof pg.DatabaseError && error.code === '55006';
      if (!objectInUse || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Removes what a run left on a server that stays: its templates, and databases of workers that died. */
export async function dropRunDatabases(cluster: TestCluster): Promise<void> {
  await withClient(cluster.url, async (client) => {
    const prefix = runPrefix(cluster);
    const databases = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [prefix],
    );
    for (const { datname } of databases.rows) {
      await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(datname)} WITH (FORCE)`);
    }
    const roles = await client.query<{ rolname: string }>(
      'SELECT rolname FROM pg_roles WHERE starts_with(rolname, $1)',
      [prefix],
    );
    for (const { rolname } of roles.rows) await client.query(`DROP ROLE IF EXISTS ${pg.escapeIdentifier(rolname)}`);
  });
}
