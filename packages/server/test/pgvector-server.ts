import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** A PostgreSQL with pgvector that speaks the wire protocol. */
export interface PgvectorServer {
  readonly url: string;
  /** The same database without the socket, for what a test prepares. It may write. */
  readonly prepare: (sql: string, values?: readonly unknown[]) => Promise<void>;
  /** From now on every connection is this role, as after a login by it. */
  readonly become: (role: string) => Promise<void>;
  stop(): Promise<void>;
}

/**
 * PGlite with pgvector behind a socket: no PostgreSQL binaries with pgvector come from npm or Debian 12. All connections are one
 * session: the role of one is the role of all.
 */
export async function startPgvectorServer(): Promise<PgvectorServer> {
  const db = await PGlite.create({ extensions: { vector } });
  await db.exec('CREATE EXTENSION vector');
  const server = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1', maxConnections: 20 });
  // The one session ignores what a connection asks for at its start; the pool refuses a session that is not as it asked.
  await db.exec('SET default_transaction_read_only = on');
  await server.start();
  let role = 'postgres';
  return {
    url: `postgresql://postgres@${server.getServerConn()}/postgres?sslmode=disable`,
    prepare: async (sql, values) => {
      await db.exec('RESET ROLE; SET default_transaction_read_only = off');
      await (values === undefined ? db.exec(sql) : db.query(sql, [...values]));
      await db.exec(`SET default_transaction_read_only = on; SET ROLE ${role}`);
    },
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
