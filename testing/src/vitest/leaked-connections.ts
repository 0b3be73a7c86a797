import type pg from 'pg';

interface Backend {
  pid: number;
  application_name: string;
  usename: string | null;
  state: string | null;
  query: string;
}

/** Sessions need a moment to end after their client has hung up. */
const graceMs = 2_000;

/**
 * Waits until nobody is connected to a database.
 *
 * @returns What is wrong, one line per session that is still there; `undefined` when all are gone.
 */
export async function findLeakedConnections(client: pg.Client, database: string): Promise<string | undefined> {
  const deadline = Date.now() + graceMs;
  for (;;) {
    const { rows } = await client.query<Backend>(
      `SELECT pid, application_name, usename, state, query FROM pg_stat_activity
       WHERE datname = $1 AND backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY backend_start`,
      [database],
    );
    if (rows.length === 0) return undefined;
    if (Date.now() > deadline) return describe(rows);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function describe(backends: readonly Backend[]): string {
  const lines = backends.map(({ pid, application_name, usename, state, query }) => {
    const application = application_name === '' ? 'no application_name' : `application_name "${application_name}"`;
    const text = query.replaceAll(/\s+/g, ' ').trim().slice(0, 200);
    return `  backend ${pid}, user ${usename}, ${application}, state ${state}, last query: ${text === '' ? '(none)' : text}`;
  });
  const count = backends.length === 1 ? '1 connection' : `${backends.length} connections`;
  return `This test file left ${count} to its database open. Close every client and pool in a hook:\n${lines.join('\n')}`;
}
