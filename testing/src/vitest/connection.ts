import pg from 'pg';

/** The URL of another database, as another user if one is given, on the same server with the same parameters. */
export function urlFor(url: string, database: string, login?: { user: string; password: string }): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  if (login !== undefined) {
    changed.username = encodeURIComponent(login.user);
    changed.password = encodeURIComponent(login.password);
  }
  return changed.toString();
}

/** Connects a client. A test may take the server away from under it without crashing the worker. */
export async function connect(url: string, applicationName: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: applicationName });
  // The query in flight rejects all the same; without a listener an idle connection's loss ends the process.
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** Connects for the time of `work`. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(url, 'pgmcp testing');
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
