import { z } from 'zod';
import { checkConnection } from '../check-connection.ts';
import { STORE_STATEMENT_TIMEOUT_MS, type StoreConfiguration } from '../check-store.ts';
import { defineSection, type SectionContext } from '../define-section.ts';
import { choice, connectionUrl, duration, line, toggle, wholeNumber } from '../kinds.ts';
import { setting } from '../setting.ts';
import type { DatabaseConfiguration } from './databases.ts';

const storeSchema = z.strictObject({
  url: setting(connectionUrl(), {
    environment: 'PG_MCP_STORE_URL',
    description:
      'The database in which the server keeps its own records, with a role of its own that owns their schema. Never the role of a database that assistants query. Without it: the memory of the process.',
    example: 'postgresql://pgmcp@db.example.com:5432/pgmcp',
    secret: true,
  }),
  directory: setting(line('the path of a folder'), {
    environment: 'PG_MCP_STORE_DIRECTORY',
    description:
      'A folder in which one process keeps its records without a server, in PGlite (package @electric-sql/pglite, to be installed beside). Not together with url.',
    example: './pgmcp-records',
    path: true,
  }),
  schema: setting(line('a name of a-z, 0-9 and _, not pg_ first', /^(?!pg_)[a-z_][a-z0-9_]{0,62}$/), {
    environment: 'PG_MCP_STORE_SCHEMA',
    description: 'The schema of the tables.',
    default: 'pgmcp',
  }),
  autoMigrate: setting(toggle(), {
    environment: 'PG_MCP_STORE_AUTO_MIGRATE',
    description:
      'Whether the server makes the tables it misses. Without it: the command `store migrate` does, and `store check` shows what is missing. In a folder the server always does.',
    default: false,
  }),
  maxPoolSize: setting(wholeNumber(1, 100), {
    environment: 'PG_MCP_STORE_MAX_POOL_SIZE',
    description: 'Connections to the database of the records open at most.',
    default: 3,
  }),
  pooler: setting(choice(['none', 'transaction']), {
    environment: 'PG_MCP_STORE_POOLER',
    description: 'transaction when a pooler in transaction mode stands before that database.',
    default: 'none',
  }),
  maxRecords: setting(wholeNumber(100, 10_000_000), {
    environment: 'PG_MCP_STORE_MAX_RECORDS',
    description: 'Records kept at most when they are in memory; the least recently used goes first.',
    default: 100_000,
  }),
  sweepInterval: setting(duration('1s', '24h'), {
    environment: 'PG_MCP_STORE_SWEEP_INTERVAL',
    description: 'How often expired records are removed and partitions made and dropped.',
    default: '60s',
  }),
  backupDirectory: setting(line('the path of a folder'), {
    environment: 'PG_MCP_STORE_BACKUP_DIRECTORY',
    description:
      'A folder into which the records are written regularly, as compressed lines of JSON. Without it: no backups.',
    example: '/var/backups/pgmcp',
    path: true,
  }),
  backupInterval: setting(duration('1m', '744h'), {
    environment: 'PG_MCP_STORE_BACKUP_INTERVAL',
    description: 'How often. Several replicas may share the folder: one of them writes.',
    default: '24h',
  }),
  backupKeep: setting(wholeNumber(1, 10_000), {
    environment: 'PG_MCP_STORE_BACKUP_KEEP',
    description: 'How many backups stay in the folder; older ones are removed.',
    default: 7,
  }),
});

/** Decides where records are kept, and checks it. */
function resolve(settings: z.output<typeof storeSchema>, { environment, problem }: SectionContext): StoreConfiguration {
  const { url, directory, schema, sweepInterval, backupDirectory, backupInterval, backupKeep } = settings;
  const configuration = {
    schema,
    autoMigrate: settings.autoMigrate || directory !== undefined,
    sweepIntervalMs: sweepInterval,
    ...(backupDirectory !== undefined && {
      backup: { directory: backupDirectory, intervalMs: backupInterval, keep: backupKeep },
    }),
  };
  if (url === undefined) {
    const memory = { kind: 'memory', maxRecords: settings.maxRecords } as const;
    return { ...configuration, place: directory === undefined ? memory : { kind: 'directory', path: directory } };
  }
  if (directory !== undefined) problem('directory', 'Records are kept in one place. Set url or directory, not both.');
  const connection: DatabaseConfiguration = {
    name: 'store',
    url,
    minPoolSize: 0,
    maxPoolSize: settings.maxPoolSize,
    pooler: settings.pooler,
    isolation: 'login',
  };
  const refused = checkConnection(connection, STORE_STATEMENT_TIMEOUT_MS, environment);
  if (refused !== undefined) problem('url', refused.message);
  return { ...configuration, place: { kind: 'postgresql', connection } };
}

/** Where the server keeps its own records. */
export const storeSection = defineSection({
  title: 'Records of the server',
  about:
    'History, verified examples, results by handle, keys and schema snapshots: in memory, in PostgreSQL or in a folder. [store.md](store.md) says what is lost at a restart without a store.',
  schema: storeSchema,
  resolve,
});
