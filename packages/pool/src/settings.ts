import type { IdentityKey } from './identity-sql.ts';
import type { HostAndPort } from './url.ts';

/**
 * How a connection is protected, with libpq's meaning.
 *
 * | mode | encrypted | certificate checked |
 * |---|---|---|
 * | `disable` | never | - |
 * | `allow` | only when the server refuses a plain connection | no |
 * | `prefer` | when the server can | no |
 * | `require` | always | only against `sslRootCert`, when that is set |
 * | `verify-ca` | always | chain |
 * | `verify-full` | always | chain and host name |
 *
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION
 */
export type SslMode = 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

/** Every {@link SslMode}, from the weakest to the strongest. */
export const SSL_MODES: readonly SslMode[] = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];

/**
 * Use of SCRAM channel binding, with libpq's meaning.
 *
 * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-CHANNEL-BINDING
 */
export type ChannelBinding = 'disable' | 'prefer' | 'require';

/** Every {@link ChannelBinding}. */
export const CHANNEL_BINDINGS: readonly ChannelBinding[] = ['disable', 'prefer', 'require'];

/**
 * Which kind of server a connection may lead to, with libpq's names.
 *
 * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-TARGET-SESSION-ATTRS
 */
export type TargetSessionAttrs = 'any' | 'read-write' | 'read-only' | 'primary' | 'standby' | 'prefer-standby';

/** Every {@link TargetSessionAttrs}. */
export const TARGET_SESSION_ATTRS: readonly TargetSessionAttrs[] = [
  'any',
  'read-write',
  'read-only',
  'primary',
  'standby',
  'prefer-standby',
];

/** Whether the hosts of a list are tried in its order or in one that is drawn for each connection, with libpq's names. */
export type LoadBalanceHosts = 'disable' | 'random';

/** Every {@link LoadBalanceHosts}. */
export const LOAD_BALANCE_HOSTS: readonly LoadBalanceHosts[] = ['disable', 'random'];

/** Where one connection leads: `host:port` or the path of a socket's directory. */
export type TargetName = string;

/** Returns the password for one new connection, for example a short-lived token. Called once per connection. */
export type PasswordProvider = () => string | Promise<string>;

/**
 * One PostgreSQL database. Give a `url`, or parts, or both (a part wins over the URL); what neither says comes from the `PG*`
 * environment variables and then from PostgreSQL's own defaults. Unknown keys are errors.
 */
export interface DatabaseSettings {
  /** The name under which callers ask for this database. */
  readonly name: string;
  /** `postgresql://user:password@host1:5432,host2/database?sslmode=verify-full`. */
  readonly url?: string | undefined;
  /** Host name, address, or the directory of a unix socket; several separated by commas. Default: `PGHOST`, else `localhost`. */
  readonly host?: string | undefined;
  /** For every host that has none of its own. Default: `PGPORT` (one for all hosts, or one for each), else 5432. */
  readonly port?: number | undefined;
  /** Default: `PGDATABASE`, else the user name. */
  readonly database?: string | undefined;
  /** Default: `PGUSER`, else the name of the operating system's user. */
  readonly user?: string | undefined;
  /** Default: `PGPASSWORD`, else the matching line of the password file. */
  readonly password?: string | PasswordProvider | undefined;
  /** Default: `PGSSLMODE`, else `verify-full` where `sslRootCert` is `system` (a weaker mode is refused there), else `prefer`. */
  readonly sslMode?: SslMode | undefined;
  /**
   * Whether log-in is tied to the TLS connection, so that nobody in the middle can pass it on: `require` accepts nothing but
   * SCRAM-SHA-256-PLUS. Default: `PGCHANNELBINDING`, else `prefer`.
   */
  readonly channelBinding?: ChannelBinding | undefined;
  /** File with the trusted root certificates (PEM), or `system` for the ones Node trusts. Default: `PGSSLROOTCERT`. */
  readonly sslRootCert?: string | undefined;
  /** File with the client's certificate (PEM). Default: `PGSSLCERT`. */
  readonly sslCert?: string | undefined;
  /** File with the key of `sslCert` (PEM). Default: `PGSSLKEY`. */
  readonly sslKey?: string | undefined;
  /** Shown in `pg_stat_activity`. Default: `PGAPPNAME`, else `pgmcp`. */
  readonly applicationName?: string | undefined;
  /** Connections kept open when idle. Default: 0. */
  readonly minConnections?: number | undefined;
  /** Connections open at most. Default: 10. */
  readonly maxConnections?: number | undefined;
  /** For one attempt to open a connection, log-in included. Default: `PGCONNECT_TIMEOUT`, else 2,000. */
  readonly connectTimeoutMs?: number | undefined;
  /** For a call to get a connection, attempts included. Default: 3,000. */
  readonly borrowTimeoutMs?: number | undefined;
  /** After this long without use a connection is closed. Default: 30,000. */
  readonly idleTimeoutMs?: number | undefined;
  /** After this age, plus or minus a tenth, a connection is replaced. Default: 600,000. */
  readonly maxLifetimeMs?: number | undefined;
  /** For one statement, when the call does not say `timeoutMs`. Default: 30,000. */
  readonly statementTimeoutMs?: number | undefined;
  /**
   * For each wait for a lock, when the call does not say `lockTimeoutMs`; the statement then fails with 55P03. Whoever waits holds a
   * connection, and a waiting ALTER TABLE holds up everybody behind it. 0: what the server has set for the login. Default: 5,000.
   */
  readonly lockTimeoutMs?: number | undefined;
  /** After this long without a statement an open transaction is ended. Default: 60,000. */
  readonly idleInTransactionTimeoutMs?: number | undefined;
  /** Largest single protocol message, so one row, that is read. Default: 8 MiB. */
  readonly maxMessageBytes?: number | undefined;
  /**
   * Which of several hosts is wanted: the first one that fits is taken. Default: `PGTARGETSESSIONATTRS`, else `any`. `read-write` is
   * `primary` here, `read-only` is `standby`: sessions of this pool are read-only by default everywhere.
   */
  readonly targetSessionAttrs?: TargetSessionAttrs | undefined;
  /** `random`: several hosts are tried in an order that is drawn for each connection. Default: `PGLOADBALANCEHOSTS`, else `disable`. */
  readonly loadBalanceHosts?: LoadBalanceHosts | undefined;
  /** File in the format of `.pgpass`. Default: `PGPASSFILE`, else `~/.pgpass`. */
  readonly passwordFile?: string | undefined;
  /** `transaction` when a pooler such as PgBouncer in transaction mode stands in between. Default: `none`. */
  readonly pooler?: 'none' | 'transaction' | undefined;
  /** `search_path` of every transaction, as PostgreSQL writes it: `sales, public`. Default: the server's. */
  readonly searchPath?: string | undefined;
  /** `TimeZone` of every transaction. Default: the server's. Never the time zone of this host. */
  readonly timeZone?: string | undefined;
  /** Settings of every transaction, such as `{ work_mem: '64MB', jit: 'off' }`; names as in {@link SESSION_SETTINGS}. Default: the server's. */
  readonly session?: Readonly<Record<string, string>> | undefined;
  /** Start-up `options` (`-c name=value`), direct connections only. Default: none. */
  readonly options?: string | undefined;
  /** Streaming replicas with the same login, database and encryption; each gets connections of its own. Default: none. */
  readonly replicas?: readonly ReplicaSettings[] | undefined;
  /** A replica further behind than this is passed over. Default: 10,000. */
  readonly maxReplicaLagMs?: number | undefined;
  /** The key that signs `session.claims`; the database knows it by `identityKeySql`. Default: none. */
  readonly identity?: IdentityKey | undefined;
  /** Database roles that a call may ask for with `session.role`. Default: none. */
  readonly roles?: readonly string[] | undefined;
  /**
   * That every statement from outside was checked by a guard that refuses `set_config`, SET and text run as SQL. Only then may a call
   * carry an identity in plain settings (`app.tenant`, `request.jwt.claims`), as PostgREST does; signed claims need no such word.
   * Default: false.
   */
  readonly statementsAreGuarded?: boolean | undefined;
}

/** Where a replica is. */
export interface ReplicaSettings {
  readonly host: string;
  /** Default: the port of the primary. */
  readonly port?: number | undefined;
}

/** {@link DatabaseSettings} with everything decided. */
export interface ResolvedSettings {
  readonly name: string;
  readonly hosts: readonly Required<HostAndPort>[];
  readonly database: string;
  readonly user: string;
  readonly password: string | PasswordProvider | undefined;
  readonly sslMode: SslMode;
  readonly sslRootCert: string | undefined;
  readonly sslCert: string | undefined;
  readonly sslKey: string | undefined;
  readonly applicationName: string;
  readonly minConnections: number;
  readonly maxConnections: number;
  readonly connectTimeoutMs: number;
  readonly borrowTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly maxLifetimeMs: number;
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  readonly idleInTransactionTimeoutMs: number;
  readonly maxMessageBytes: number;
  readonly targetSessionAttrs: TargetSessionAttrs;
  readonly loadBalanceHosts: LoadBalanceHosts;
  readonly channelBinding: ChannelBinding;
  readonly passwordFile: string | undefined;
  readonly pooler: 'none' | 'transaction';
  readonly searchPath: string | undefined;
  readonly timeZone: string | undefined;
  readonly options: string | undefined;
  readonly roles: readonly string[];
  readonly identity: IdentityKey | undefined;
  readonly session: Readonly<Record<string, string>>;
  readonly statementsAreGuarded: boolean;
  readonly replicas: readonly Required<HostAndPort>[];
  readonly maxReplicaLagMs: number;
}
