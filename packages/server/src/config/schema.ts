import { z } from 'zod';
import {
  byteSize,
  choice,
  connectionUrl,
  duration,
  line,
  lines,
  secretText,
  toggle,
  webAddress,
  wholeNumber,
} from './kinds.ts';
import { listSettings, setting } from './setting.ts';

/** Letters and digits first, so that a name is a word in a resource address (`schema://shop`) and in a log line. */
export const databaseNamePattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$/;

/** No part of a connection string: a password that went astray would be shown. */
const hostPattern = /^(?:\/.{0,999}|[^\s/@]{1,1000})$/u;

/** No bare star and no star for a whole schema: each function is trusted by its name. */
const functionPattern = /^(?:[^\s,;'"()*.]{1,63}\.)?[^\s,;'"()*.]{1,63}\*?$/;

const hostNames = 'host names in lower case separated by commas, without ports or schemes, IPv6 in brackets';

/** Any other spelling would never equal a Host header, and be of no use silently. */
const isHostName = (word: string): boolean =>
  URL.canParse(`http://${word}`) && new URL(`http://${word}`).hostname === word;

const path = () => line('the path of a file');

/** One database as the operator writes it. */
const databaseSchema = z.strictObject({
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
      'The certificate authority that verify-ca and verify-full trust (PEM), or the word system for those of the machine.',
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
  pooler: setting(choice(['none', 'transaction']), {
    environment: 'PG_MCP_DATABASE_POOLER',
    description:
      'transaction when a pooler in transaction mode (PgBouncer, a cloud pooler) stands before the database.',
    default: 'none',
  }),
  verifiedQueries: setting(path(), {
    environment: 'PG_MCP_SERVER_VERIFIED_QUERIES',
    description: 'A YAML or JSON file with verified question-SQL pairs. They answer before any model does.',
    example: './verified-queries.yaml',
    path: true,
  }),
});

const azureSchema = z.strictObject({
  endpoint: setting(webAddress(), {
    environment: 'PG_MCP_OPENAI_AZURE_ENDPOINT',
    description: 'The endpoint of an Azure OpenAI resource. Needs the deployment and the API version too.',
    example: 'https://example.openai.azure.com',
  }),
  deployment: setting(line('the name of a deployment'), {
    environment: 'PG_MCP_OPENAI_AZURE_DEPLOYMENT',
    description: 'The deployment. It serves as the model when PG_MCP_OPENAI_MODEL is not set.',
    example: 'sql-writer',
  }),
  apiVersion: setting(line('an API version such as 2024-10-21', /^[\w.-]{1,60}$/), {
    environment: 'PG_MCP_OPENAI_AZURE_API_VERSION',
    description: 'The version of the Azure OpenAI API.',
    example: '2024-10-21',
  }),
});

const openaiSchema = z.strictObject({
  model: setting(line('the name of a model'), {
    environment: 'PG_MCP_OPENAI_MODEL',
    description:
      'The model that writes SQL. Without it no model is used: questions without a verified pair are handed over to the calling assistant.',
    example: 'gpt-5-mini',
  }),
  apiKey: setting(secretText(), {
    environment: 'PG_MCP_OPENAI_API_KEY',
    description:
      'The key for the model. OPENAI_API_KEY serves only when PG_MCP_OPENAI_MODEL is set and neither a base URL nor Azure is: a paid key is never used, or sent elsewhere, silently.',
    secret: true,
  }),
  baseUrl: setting(webAddress(), {
    environment: 'PG_MCP_OPENAI_BASE_URL',
    description: 'Another server that speaks the OpenAI protocol. It may need no key.',
    example: 'http://localhost:11434/v1',
  }),
  timeout: setting(duration('1s', '10m'), {
    environment: 'PG_MCP_OPENAI_TIMEOUT',
    description: 'How long one call of the model may take.',
    default: '30s',
  }),
  maxRetries: setting(wholeNumber(0, 10), {
    environment: 'PG_MCP_OPENAI_MAX_RETRIES',
    description: 'Further tries, with growing pauses, when the model is overloaded or unreachable.',
    default: 3,
  }),
  azure: azureSchema.prefault({}),
});

const serverSchema = z.strictObject({
  cacheRefreshInterval: setting(duration('1s', '24h'), {
    environment: 'PG_MCP_SERVER_CACHE_REFRESH_INTERVAL',
    description: 'How old the snapshot of the schema may get before it is read again.',
    default: '3600s',
  }),
  maxResultRows: setting(wholeNumber(1, 1_000_000), {
    environment: 'PG_MCP_SERVER_MAX_RESULT_ROWS',
    description: 'Rows of a result at most. A larger limit in a call is lowered to this, with a notice.',
    default: 1000,
  }),
  maxResultBytes: setting(byteSize('1KiB', '256MiB'), {
    environment: 'PG_MCP_SERVER_MAX_RESULT_BYTES',
    description:
      'Bytes of a result at most. Several stdio clients end the connection at a message of 10 MiB, and a result is sent twice in it.',
    default: '1MiB',
  }),
  maxResultTokens: setting(wholeNumber(200, 100_000_000), {
    environment: 'PG_MCP_SERVER_MAX_RESULT_TOKENS',
    description: 'Estimated tokens of the rows of a result at most.',
    default: 20_000,
  }),
  maxCellCharacters: setting(wholeNumber(100, 100_000_000), {
    environment: 'PG_MCP_SERVER_MAX_CELL_CHARACTERS',
    description: 'Characters of one cell at most. A longer one is cut, and a notice lists it.',
    default: 8000,
  }),
  queryTimeout: setting(duration('100ms', '1h'), {
    environment: 'PG_MCP_SERVER_QUERY_TIMEOUT',
    description: 'How long one statement may run. A statement that timed out is never tried again.',
    default: '30s',
  }),
  useReadonlyTransactions: setting(toggle(), {
    environment: 'PG_MCP_SERVER_USE_READONLY_TRANSACTIONS',
    description: 'Every statement runs in a READ ONLY transaction. Writing is not available yet, so false is refused.',
    default: true,
  }),
  maxSqlRetry: setting(wholeNumber(0, 5), {
    environment: 'PG_MCP_SERVER_MAX_SQL_RETRY',
    description: 'How often the model may repair SQL that PostgreSQL or the guard refused.',
    default: 2,
  }),
  enableResultValidation: setting(toggle(), {
    environment: 'PG_MCP_SERVER_ENABLE_RESULT_VALIDATION',
    description:
      'Let the model look at the result once more. Costs one further call, and shows the model a sample of the rows.',
    default: false,
  }),
  logLevel: setting(choice(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']), {
    environment: 'PG_MCP_SERVER_LOG_LEVEL',
    description: 'The least level that is logged, as JSON lines on standard error.',
    flag: 'log-level',
    default: 'info',
  }),
});

const rateLimitSchema = z.strictObject({
  enabled: setting(toggle(), {
    environment: 'PG_MCP_RATE_LIMIT_ENABLED',
    description: 'Whether the limits below hold.',
    default: true,
  }),
  requestsPerMinute: setting(wholeNumber(1, 1_000_000), {
    environment: 'PG_MCP_RATE_LIMIT_REQUESTS_PER_MINUTE',
    description: 'Tool calls of one caller in any minute.',
    default: 60,
  }),
  requestsPerHour: setting(wholeNumber(1, 100_000_000), {
    environment: 'PG_MCP_RATE_LIMIT_REQUESTS_PER_HOUR',
    description: 'Tool calls of one caller in any hour.',
    default: 1000,
  }),
  openaiTokensPerMinute: setting(wholeNumber(1, 1_000_000_000), {
    environment: 'PG_MCP_RATE_LIMIT_OPENAI_TOKENS_PER_MINUTE',
    description: 'Model tokens of one caller in any minute.',
    default: 100_000,
  }),
});

const securitySchema = z.strictObject({
  allowedFunctions: setting(lines('names separated by commas: name, schema.name or schema.prefix*', functionPattern), {
    environment: 'PG_MCP_SECURITY_ALLOWED_FUNCTIONS',
    description:
      'Functions of your own or of extensions that statements may call besides those of PostgreSQL that are known to be harmless. Each is trusted to read only.',
    example: 'public.similarity, geo.st_*',
  }),
  maxGeneratedSize: setting(wholeNumber(1, 1_000_000_000), {
    environment: 'PG_MCP_SECURITY_MAX_GENERATED_SIZE',
    description:
      'Largest constant size for functions that build values or rows, such as repeat and generate_series: PostgreSQL builds them before any other limit holds.',
    default: 1_000_000,
  }),
});

const httpSchema = z.strictObject({
  host: setting(line('a host name or an address'), {
    environment: 'PG_MCP_HTTP_HOST',
    description: 'The address that pgmcp-http listens on.',
    flag: 'host',
    default: '127.0.0.1',
  }),
  port: setting(wholeNumber(0, 65_535), {
    environment: 'PG_MCP_HTTP_PORT',
    description: 'The port that pgmcp-http listens on; 0 takes a free one.',
    flag: 'port',
    default: 3000,
  }),
  allowedHosts: setting(lines(hostNames, /^[\w.:[\]-]{1,253}$/, isHostName), {
    environment: 'PG_MCP_HTTP_ALLOWED_HOSTS',
    description: 'Values of the Host header that are served besides the loopback names, whatever the port.',
    example: 'pgmcp.example.com',
  }),
  allowedOrigins: setting(
    lines(
      'origins such as https://app.example.com, separated by commas',
      /^https?:\/\/[\w.:[\]-]{1,253}$/,
      URL.canParse,
    ),
    {
      environment: 'PG_MCP_HTTP_ALLOWED_ORIGINS',
      description:
        'Web pages that are served besides those of the loopback names, by the Origin header. Only the host name is compared: a page of the same host with another scheme or port is served too.',
      example: 'https://app.example.com',
    },
  ),
});

/** Everything an operator can set, in the form of the configuration file. */
export const settingsSchema = z.strictObject({
  databases: z.array(databaseSchema),
  server: serverSchema.prefault({}),
  openai: openaiSchema.prefault({}),
  rateLimit: rateLimitSchema.prefault({}),
  security: securitySchema.prefault({}),
  http: httpSchema.prefault({}),
});

/** Valid settings with their defaults; durations in milliseconds. */
export type Settings = z.output<typeof settingsSchema>;

/** Every setting, in the order of the documentation. */
export const allSettings = listSettings(settingsSchema);
