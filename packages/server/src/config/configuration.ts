import type { Secret } from './secret.ts';

/** One database as the server uses it. */
export interface DatabaseConfiguration {
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
  readonly minPoolSize: number;
  readonly maxPoolSize: number;
  readonly pooler: 'none' | 'transaction';
  /** Absolute path of the file with verified question-SQL pairs. */
  readonly verifiedQueries?: string;
}

/** The model that writes SQL. */
export interface ModelConfiguration {
  /** The model, or the deployment for Azure. */
  readonly model: string;
  /** Absent only for a server of one's own that needs none (`baseUrl` is set then). */
  readonly apiKey?: Secret;
  readonly baseUrl?: string;
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly azure?: { readonly endpoint: string; readonly deployment: string; readonly apiVersion: string };
}

/** Limits and behaviour of the server. */
export interface ServerConfiguration {
  readonly cacheRefreshIntervalMs: number;
  readonly maxResultRows: number;
  readonly maxResultBytes: number;
  readonly maxResultTokens: number;
  readonly maxCellCharacters: number;
  readonly queryTimeoutMs: number;
  /** Always true: writing is not available yet. */
  readonly useReadonlyTransactions: true;
  readonly maxSqlRetry: number;
  readonly enableResultValidation: boolean;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}

/** Limits per caller. */
interface RateLimitConfiguration {
  readonly enabled: boolean;
  readonly requestsPerMinute: number;
  readonly requestsPerHour: number;
  readonly openaiTokensPerMinute: number;
}

/** What statements may do beyond the guard's defaults. */
export interface SecurityConfiguration {
  /** Functions that may be called, as `name`, `schema.name` or `schema.prefix*`. */
  readonly allowedFunctions: readonly string[];
  /** Largest constant size for functions that build values or rows. */
  readonly maxGeneratedSize: number;
}

/** What `pgmcp-http` listens on and whom it answers. */
interface HttpConfiguration {
  readonly host: string;
  readonly port: number;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
}

/** One setting in force, fit to be shown. */
export interface ConfigurationEntry {
  /** As in the file: `server.maxResultRows`, `databases[0].host`. */
  readonly key: string;
  /** The value as written; `[secret]`, or a connection string without user, password and parameters. */
  readonly text: string;
  /** `default`, `environment PG_MCP_...`, `file /etc/pgmcp.yaml`, `command line --port`. */
  readonly source: string;
}

/** The whole configuration in force: valid, complete, secrets wrapped. */
export interface Configuration {
  /** At least one. */
  readonly databases: readonly DatabaseConfiguration[];
  /** Absent when no model is configured: questions are then handed over to the calling assistant. */
  readonly openai?: ModelConfiguration;
  readonly server: ServerConfiguration;
  readonly rateLimit: RateLimitConfiguration;
  readonly security: SecurityConfiguration;
  readonly http: HttpConfiguration;
  /** Every setting with its source, secrets hidden. */
  readonly entries: readonly ConfigurationEntry[];
  /** What the operator should know, such as a variable that is set but not used. */
  readonly notices: readonly string[];
}
