import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import type { TestCluster } from './cluster.ts';
import { connect, urlFor, withClient } from './connection.ts';
import { findLeakedConnections } from './leaked-connections.ts';
import { createFromTemplate, runPrefix, type TemplateName } from './template.ts';
import { createTestRole, type TestRole, type TestRoleOptions } from './test-role.ts';

/** Which database a test file wants. */
export interface UseDatabaseOptions {
  /** Default `empty`. */
  readonly template?: TemplateName;
}

/** The database of one test file. It exists inside tests and hooks only: reading a property earlier is an error. */
export interface TestDatabase {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** May do everything on the embedded server; the user of `DATABASE_URL` on another. */
  readonly user: string;
  readonly password: string;
  readonly url: string;
  /** A connected client that is closed after the file's last test (closing it earlier is fine). */
  connect(): Promise<pg.Client>;
  /**
   * Creates a role that is dropped after the file's last test. It owns nothing and may read nothing at first.
   *
   * @param prefix Start of its name, for the reader of a failure; lower-case letters, digits and underscores.
   */
  createRole(prefix: string, options?: TestRoleOptions): Promise<TestRole>;
}

interface Live {
  cluster: TestCluster;
  name: string;
  url: URL;
  clients: pg.Client[];
  roles: string[];
}

/**
 * Gives the test file a database of its own, cloned from a template, dropped after the last test.
 * A file that leaves a connection to it open fails, with a message that says which.
 *
 * Call it at the top of a test file, or in a `describe`, before any other hook: hooks run in reverse at the end.
 */
export function useDatabase(options: UseDatabaseOptions = {}): TestDatabase {
  let live: Live | undefined;
  const current = (): Live => {
    if (live === undefined) throw new Error('The database exists inside tests and hooks only: read it there.');
    return live;
  };

  beforeAll(async () => {
    const cluster = inject('pgmcpCluster');
    if (cluster === undefined) {
      throw new Error(
        'No database server: name the test file *.db.test.ts or *.e2e.ts, so that its vitest project starts one.',
      );
    }
    const name = `${runPrefix(cluster)}${fileSlug()}_${randomBytes(3).toString('hex')}`;
    await createFromTemplate(cluster, name, options.template ?? 'empty');
    live = { cluster, name, url: new URL(urlFor(cluster.url, name)), clients: [], roles: [] };
  });

  afterAll(async () => {
    if (live === undefined) return;
    const { cluster, name, clients, roles } = live;
    live = undefined;
    await Promise.all(clients.map((client) => client.end()));
    await withClient(cluster.url, async (client) => {
      const leak = await findLeakedConnections(client, name);
      // Dropped now, the database would take the leaked connections with it, and their uncaught errors would bury this one.
      // The end of the run drops it.
      if (leak !== undefined) throw new Error(leak);
      await client.query(`DROP DATABASE ${pg.escapeIdentifier(name)} WITH (FORCE)`);
      for (const role of roles) await client.query(`DROP ROLE ${pg.escapeIdentifier(role)}`);
    });
  });

  return {
    get name() {
      return current().name;
    },
    get host() {
      return current().url.hostname;
    },
    get port() {
      return Number(current().url.port || 5432);
    },
    get user() {
      return decodeURIComponent(current().url.username);
    },
    get password() {
      return decodeURIComponent(current().url.password);
    },
    get url() {
      return current().url.toString();
    },
    async connect() {
      const { clients, url } = current();
      const client = await connect(url.toString(), 'pgmcp test');
      clients.push(client);
      return client;
    },
    async createRole(prefix, roleOptions = {}) {
      if (!/^[a-z][a-z0-9_]{0,30}$/.test(prefix)) throw new Error(`"${prefix}" cannot start the name of a test role.`);
      const { cluster, name: database, roles } = current();
      const name = `${runPrefix(cluster)}${prefix}_${randomBytes(3).toString('hex')}`;
      roles.push(name);
      const login = await withClient(cluster.url, (client) => createTestRole(client, name, roleOptions));
      return { ...login, url: urlFor(cluster.url, database, { user: login.name, password: login.password }) };
    },
  };
}

/** Tells in `pg_stat_activity` and in the server's log which file a database belongs to. */
function fileSlug(): string {
  const file = basename(expect.getState().testPath ?? 'test').split('.')[0] ?? 'test';
  return file
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, 24);
}
