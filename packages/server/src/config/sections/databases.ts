import { z } from 'zod';
import { choice, connectionUrl, line, secretText, wholeNumber } from '../kinds.ts';
import { policyMapping } from '../policy-mapping.ts';
import type { Secret } from '../secret.ts';
import { setting } from '../setting.ts';
import { type ConnectionConfiguration, connectionShape } from './database-connections.ts';
import { type IsolationConfiguration, isolationShape } from './database-isolation.ts';
import { type SessionConfiguration, sessionSchema } from './database-session.ts';
import type { PolicyConfiguration } from './policy.ts';

/** Letters and digits first, so that a name is a word in a resource address (`schema://shop`) and in a log line. */
export const databaseNamePattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$/;

/** No part of a connection string: a password that went astray would be shown. */
const hostPattern = /^(?:\/.{0,999}|[^\s/@]{1,1000})$/u;

const path = () => line('the path of a file');

/** One database as the operator writes it. */
export const databaseSchema = z.strictObject({
  name: setting(line('1 to 63 letters, digits, _ - or ., starting with a letter, a digit or _', databaseNamePattern), {
    environment: 'PG_MCP_DATABASE_NAME',
    description:
      'The name by which tools call this database. Without it: the dbname, or "default" when that is no such name.',
    example: 'shop',
  }),
  url: setting(connectionUrl(), {
    environment: 'PG_MCP_DATABASE_URL',
    description:
      'The whole connection string. Give either this or host, port and dbname. DATABASE_URL serves when no PG_MCP_DATABASE_URL, _HOST or _DBNAME is set.',
    example: 'postgresql://reader@db.example.com:5432/shop',
    secret: true,
  }),
  host: setting(line('a host name, an address, or the folder of a Unix socket', hostPattern), {
    environment: 'PG_MCP_DATABASE_HOST',
    description: 'The host, when the connection is given by parts. Without it: PGHOST, else localhost.',
    example: 'db.example.com',
  }),
  port: setting(wholeNumber(1, 65_535), {
    environment: 'PG_MCP_DATABASE_PORT',
    description: 'The port, when the connection is given by parts. Without it: PGPORT, else 5432.',
    example: 5432,
  }),
  dbname: setting(line('the name of a database'), {
    environment: 'PG_MCP_DATABASE_DBNAME',
    description: 'The database on that server. Needed when the connection is given by parts.',
    example: 'shop',
  }),
  user: setting(line('the name of a role'), {
    environment: 'PG_MCP_DATABASE_USER',
    description:
      'The role to log in as: one that may only read what assistants may see. Without it: PGUSER, else the user of this process.',
    example: 'reader',
  }),
  password: setting(secretText(), {
    environment: 'PG_MCP_DATABASE_PASSWORD',
    description: 'The password of that role. Without it: PGPASSWORD, for servers that ask for one.',
    secret: true,
  }),
  sslMode: setting(choice(['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']), {
    environment: 'PG_MCP_DATABASE_SSL_MODE',
    description:
      'TLS to the database, with the meaning of libpq. Use verify-full over a network. Without it: what the URL or PGSSLMODE says, else prefer.',
    example: 'verify-full',
  }),
  sslRootCert: setting(path(), {
    environment: 'PG_MCP_DATABASE_SSL_ROOT_CERT',
    description:
      'The certificate authority that verify-ca and verify-full trust (PEM), or the word system for those of the machine, which needs verify-full and brings it when no mode is named.',
    example: '/etc/pgmcp/root.crt',
    path: true,
    pathOrWord: 'system',
  }),
  sslCert: setting(path(), {
    environment: 'PG_MCP_DATABASE_SSL_CERT',
    description: 'The client certificate (PEM).',
    example: '/etc/pgmcp/client.crt',
    path: true,
  }),
  sslKey: setting(path(), {
    environment: 'PG_MCP_DATABASE_SSL_KEY',
    description: 'The key of the client certificate (PEM).',
    example: '/etc/pgmcp/client.key',
    path: true,
  }),
  ...connectionShape,
  session: sessionSchema.prefault({}),
  ...isolationShape,
  verifiedQueries: setting(path(), {
    environment: 'PG_MCP_SERVER_VERIFIED_QUERIES',
    description: 'A YAML or JSON file with verified question-SQL pairs. They answer before any model does.',
    example: './verified-queries.yaml',
    path: true,
  }),
  context: setting(path(), {
    environment: 'PG_MCP_DATABASE_CONTEXT',
    description:
      'A YAML or JSON file with what people know about the database: descriptions, synonyms, metrics, filters, joins, instructions. See questions.md.',
    example: './shop-context.yaml',
    path: true,
  }),
  security: setting(policyMapping(), {
    environment: 'PG_MCP_DATABASE_SECURITY',
    description: 'Keys of the section Security that hold for this database alone, instead of those of the section.',
    example: '{"mode": "standard", "allowedTables": ["public.notes"]}',
  }),
});

/** How the documentation introduces the databases. */
export const databasesText = {
  title: 'Databases',
  about:
    'The variables describe one database. Several databases stand in the file under `databases`, or as the same list in JSON in `PG_MCP_DATABASES`. ' +
    '`PG_MCP_DATABASES` or a database named by `PG_MCP_DATABASE_URL`, `_HOST` or `_DBNAME` replaces the list of the file as a whole; ' +
    'other `PG_MCP_DATABASE_*` values complete the only database of the file. `DATABASE_URL` alone is enough to start, and is used only when nothing else names a database.',
};

/** One database as the operator writes it, checked value by value. */
export type WrittenDatabase = z.output<typeof databaseSchema>;

/** One database as the server uses it. */
export interface DatabaseConfiguration extends ConnectionConfiguration, IsolationConfiguration {
  /** Unique among the databases; matches `databaseNamePattern`. */
  readonly name: string;
  /** The connection string; absent when the connection is given by parts. */
  readonly url?: Secret;
  readonly host?: string;
  readonly port?: number;
  readonly dbname?: string;
  readonly user?: string;
  readonly password?: Secret;
  readonly sslMode?: 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';
  /** Absolute paths of PEM files. */
  readonly sslRootCert?: string;
  readonly sslCert?: string;
  readonly sslKey?: string;
  /** PostgreSQL's own settings for every transaction, by its names. */
  readonly session?: SessionConfiguration;
  /** Absolute path of the file with verified question-SQL pairs. */
  readonly verifiedQueries?: string;
  /** Absolute path of the context file. */
  readonly context?: string;
  /** What this database says about its policy; the rest is in the section. */
  readonly security?: Partial<PolicyConfiguration>;
}
