import { randomUUID } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import pg from 'pg';

/** A database with pgvector that speaks the wire protocol. */
export interface PgvectorServer {
  /** Whether it is a server of its own, or PGlite behind a socket. */
  readonly kind: 'postgresql' | 'pglite';
  readonly url: string;
  /** Writes as superuser: what a test needs to be there. */
  readonly prepare: (sql: string, values?: readonly unknown[]) => Promise<void>;
  /** Reads as the present role. */
  readonly rows: (sql: string) => Promise<Record<string, unknown>[]>;
  /** From now on every new connection is this role, as after a login by it. */
  readonly become: (role: string) => Promise<void>;
  stop(): Promise<void>;
}

/**
 * A database with pgvector: on the server of `DATABASE_URL` where that has the extension, else in PGlite behind a socket, because no
 * npm or Debian 12 package brings PostgreSQL with pgvector.
 *
 * @throws Error when `PGMCP_REQUIRE_PGVECTOR` is set and the server of `DATABASE_URL` does not have it: a run that is meant for a real
 * server must not fall back silently.
 */
export async function startPgvectorServer(): Promise<PgvectorServer> {
  const url = process.env['DATABASE_URL'];
  if (url !== undefined && url !== '' && (await offersVector(url))) return createDatabase(url);
  if (process.env['PGMCP_REQUIRE_PGVECTOR']) throw new Error('The server of DATABASE_URL has no pgvector.');
  process.stderr.write('pgvector runs in PGlite: DATABASE_URL names no server that has it.\n');
  return startEmbedded();
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const offersVector = (url: string): Promise<boolean> =>
  withClient(url, async (client) => {
    const { rows } = await client.query("SELECT FROM pg_available_extensions WHERE name = 'vector'");
    return rows.length > 0;
  });

async function createDatabase(server: string): Promise<PgvectorServer> {
  const name = `pgmcp_vector_${randomUUID().slice(0, 8)}`;
  await withClient(server, (client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  const client = new pg.Client(url.href);
  await client.connect();
  await client.query('CREATE EXTENSION vector');
  let role = 'none';
  return {
    kind: 'postgresql',
    url: url.href,
    prepare: async (sql, values) => {
      await client.query('SET ROLE none');
      try {
        await client.query(sql, values && [...values]);
      } finally {
        // After a refused statement too, or what is read next would be read as superuser.
        await client.query(`SET ROLE ${role}`);
      }
    },
    rows: async (sql) => (await client.query(sql)).rows,
    become: async (next) => {
      role = next === 'postgres' ? 'none' : next;
      await client.query('SET ROLE none');
      await client.query(`ALTER DATABASE ${name} ${role === 'none' ? 'RESET role' : `SET role = '${role}'`}`);
      await client.query(`SET ROLE ${role}`);
    },
    stop: async () => {
      await client.end();
      await withClient(server, (admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

/** All connections are one session: the role of one is the role of all. */
async function startEmbedded(): Promise<PgvectorServer> {
  // The one session ignores what a connection asks for at its start, and the pool refuses a session that is not as it asked.
  const startParams = [...PGlite.defaultStartParams, '-c', 'default_transaction_read_only=on'];
  const db = await PGlite.create({ extensions: { vector }, startParams });
  const write = async (sql: string, values?: readonly unknown[]) => {
    await db.exec('RESET ROLE');
    await db.exec('SET default_transaction_read_only = off');
    try {
      await (values === undefined ? db.exec(sql) : db.query(sql, [...values]));
    } finally {
      await db.exec('RESET default_transaction_read_only');
    }
  };
  await write('CREATE EXTENSION vector');
  const server = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1', maxConnections: 20 });
  await server.start();
  let role = 'postgres';
  return {
    kind: 'pglite',
    url: `postgresql://postgres@${server.getServerConn()}/postgres?sslmode=disable`,
    prepare: async (sql, values) => {
      try {
        await write(sql, values);
      } finally {
        await db.exec(`SET ROLE ${role}`);
      }
    },
    rows: async (sql) => (await db.query<Record<string, unknown>>(sql)).rows,
    become: async (next) => {
      role = next;
      await db.exec(`SET ROLE ${role}`);
    },
    async stop() {
      await server.stop();
      await db.close();
    },
  };
}
