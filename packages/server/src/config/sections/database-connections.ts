import type { z } from 'zod';
import { choice, duration, line, lines, wholeNumber } from '../kinds.ts';
import { setting } from '../setting.ts';

const replicaPattern = /^(?:[\w.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/** A port that no server can have would only be found out by the first call. */
const hasValidPort = (word: string): boolean => {
  const port = /:(\d+)$/.exec(word.replace(/^\[.*\]/, ''))?.[1];
  return port === undefined || (Number(port) >= 1 && Number(port) <= 65_535);
};

/** How connections to a database are opened, kept and given up; settings of `databases`. */
export const connectionShape = {
  minPoolSize: setting(wholeNumber(0, 1_000), {
    environment: 'PG_MCP_DATABASE_MIN_POOL_SIZE',
    description: 'Connections kept open when idle.',
    default: 0,
  }),
  maxPoolSize: setting(wholeNumber(1, 1_000), {
    environment: 'PG_MCP_DATABASE_MAX_POOL_SIZE',
    description: 'Connections open at most.',
    default: 10,
  }),
  connectTimeout: setting(duration('100ms', '5m'), {
    environment: 'PG_MCP_DATABASE_CONNECT_TIMEOUT',
    description:
      'How long one attempt to open a connection may take, log-in included. Without it: PGCONNECT_TIMEOUT, else 2s.',
    example: '2s',
  }),
  borrowTimeout: setting(duration('100ms', '5m'), {
    environment: 'PG_MCP_DATABASE_BORROW_TIMEOUT',
    description: 'How long a call waits for a connection, attempts to open one included.',
    default: '3s',
  }),
  idleTimeout: setting(duration('1s', '24h'), {
    environment: 'PG_MCP_DATABASE_IDLE_TIMEOUT',
    description: 'After this long without use a connection beyond minPoolSize is closed.',
    default: '30s',
  }),
  maxLifetime: setting(duration('10s', '24h'), {
    environment: 'PG_MCP_DATABASE_MAX_LIFETIME',
    description: 'After this age, plus or minus a tenth, a connection is replaced by a new one.',
    default: '10m',
  }),
  idleInTransactionTimeout: setting(duration('1s', '1h'), {
    environment: 'PG_MCP_DATABASE_IDLE_IN_TRANSACTION_TIMEOUT',
    description: 'After this long without a statement PostgreSQL ends an open transaction and its connection.',
    default: '60s',
  }),
  lockTimeout: setting(duration('0', '1h'), {
    environment: 'PG_MCP_DATABASE_LOCK_TIMEOUT',
    description:
      'How long a statement waits for a lock that another session holds; then it fails and may be tried again. 0 leaves it to what the server has set for the role.',
    default: '5s',
  }),
  channelBinding: setting(choice(['disable', 'prefer', 'require']), {
    environment: 'PG_MCP_DATABASE_CHANNEL_BINDING',
    description:
      'Whether log-in is tied to the TLS connection. require accepts nothing but SCRAM-SHA-256-PLUS. Without it: PGCHANNELBINDING, else prefer.',
    example: 'require',
  }),
  targetSessionAttrs: setting(choice(['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby']), {
    environment: 'PG_MCP_DATABASE_TARGET_SESSION_ATTRS',
    description:
      'Which of several hosts of the URL is wanted; the first that fits is taken. Without it: PGTARGETSESSIONATTRS, else any.',
    example: 'primary',
  }),
  pooler: setting(choice(['none', 'transaction']), {
    environment: 'PG_MCP_DATABASE_POOLER',
    description:
      'transaction when a pooler in transaction mode (PgBouncer, a cloud pooler) stands before the database.',
    default: 'none',
  }),
  replicas: setting(lines('addresses host or host:port, separated by commas', replicaPattern, hasValidPort), {
    environment: 'PG_MCP_DATABASE_REPLICAS',
    description:
      'Streaming replicas with the same login and database. Reading goes to one that is not too far behind, else to the primary.',
    example: 'replica-1.example.com:5432',
  }),
  maxReplicaLag: setting(duration('100ms', '24h'), {
    environment: 'PG_MCP_DATABASE_MAX_REPLICA_LAG',
    description: 'A replica further behind than this is passed over.',
    default: '10s',
  }),
  searchPath: setting(line('schema names separated by commas, as in SET search_path'), {
    environment: 'PG_MCP_DATABASE_SEARCH_PATH',
    description: 'The search_path of every transaction. Without it: that of the role or the database.',
    example: 'sales, public',
  }),
  timeZone: setting(line('a time zone that PostgreSQL knows, such as Europe/Berlin or UTC'), {
    environment: 'PG_MCP_DATABASE_TIME_ZONE',
    description:
      'The TimeZone of every transaction. Without it: that of the server, never that of the machine of this process.',
    example: 'UTC',
  }),
};

/** The same in the form that the server uses. */
export interface ConnectionConfiguration {
  readonly minPoolSize: number;
  readonly maxPoolSize: number;
  readonly connectTimeoutMs?: number;
  readonly borrowTimeoutMs?: number;
  readonly idleTimeoutMs?: number;
  readonly maxLifetimeMs?: number;
  readonly idleInTransactionTimeoutMs?: number;
  readonly lockTimeoutMs?: number;
  readonly channelBinding?: 'disable' | 'prefer' | 'require';
  readonly targetSessionAttrs?: 'any' | 'read-write' | 'read-only' | 'primary' | 'standby' | 'prefer-standby';
  readonly pooler: 'none' | 'transaction';
  readonly replicas?: readonly { readonly host: string; readonly port?: number }[];
  readonly maxReplicaLagMs?: number;
  readonly searchPath?: string;
  readonly timeZone?: string;
}

type WrittenConnection = z.output<z.ZodObject<typeof connectionShape>>;

/** Names the units of the connection settings and takes the addresses of replicas apart. */
export function connectionConfiguration<Settings extends WrittenConnection>({
  connectTimeout,
  borrowTimeout,
  idleTimeout,
  maxLifetime,
  idleInTransactionTimeout,
  lockTimeout,
  maxReplicaLag,
  replicas,
  ...same
}: Settings) {
  return {
    ...same,
    connectTimeoutMs: connectTimeout,
    borrowTimeoutMs: borrowTimeout,
    idleTimeoutMs: idleTimeout,
    maxLifetimeMs: maxLifetime,
    idleInTransactionTimeoutMs: idleInTransactionTimeout,
    lockTimeoutMs: lockTimeout,
    maxReplicaLagMs: maxReplicaLag,
    replicas: replicas?.map(replica),
  };
}

function replica(address: string): { readonly host: string; readonly port?: number } {
  const port = /:(\d{1,5})$/.exec(address.replace(/^\[.*\]/, ''))?.[1];
  const host = port === undefined ? address : address.slice(0, -port.length - 1);
  return { host: host.replace(/^\[|\]$/g, ''), ...(port !== undefined && { port: Number(port) }) };
}
