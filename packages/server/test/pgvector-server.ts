import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** A PostgreSQL with pgvector that speaks the wire protocol. */
export interface PgvectorServer {
  readonly url: string;
  /** The same database without the socket, for what a test prepares. It may write. */
  readonly prepare: (sql: string, values?: readonly unknown[]) => Promise<void>;
  /** Reads as the present role. */
  readonly rows: (sql: string) => Promise<Record<string, unknown>[]>;
  /** From now on every connection is this role, as after a login by it. */
  readonly become: (role: string) => Promise<void>;
  stop(): Promise<void>;
}

/**
 * PGlite with pgvector behind a socket: no PostgreSQL binaries with pgvector come from npm or Debian 12. All connections are one
 * session: the role of one is the role of all.
 */
export async function startPgvectorServer(): Promise<PgvectorServer> {
  // The one session ignores what a connection asks for at its start, and the pool refuses a session that is not as it asked.
  const startParams = [...PGlite.defaultStartParams, '-c', 'default_transaction_read_only=on'];
  const db = await PGlite.create({ extensions: { vector }, startParams });
  const write = async (sql: string, values?: readonly unknown[]) => {
    await db.exec('RESET ROLE');
    await db.exec('SET default_transaction_read_only = off');
    await (values === undefined ? db.exec(sql) : db.query(sql, [...values]));
    await db.exec('RESET default_transaction_read_only');
  };
  await write('CREATE EXTENSION vector');
  const server = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1', maxConnections: 20 });
  await server.start();
  let role = 'postgres';
  return {
    url: `postgresql://postgres@${server.getServerConn()}/postgres?sslmode=disable`,
    prepare: async (sql, values) => {
      await write(sql, values);
      await db.exec(`SET ROLE ${role}`);
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
