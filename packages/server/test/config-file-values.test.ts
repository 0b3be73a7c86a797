import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ALIASES } from '../src/config/aliases.ts';
import { ConfigurationError } from '../src/config/configuration-error.ts';
import { describeConfiguration } from '../src/config/describe.ts';
import { loadConfiguration } from '../src/config/load.ts';
import { poolSettings } from '../src/config/pool-settings.ts';
import { allSettings } from '../src/config/schema.ts';

type Variables = Readonly<Record<string, string>>;

function load(text: string | undefined, environment: Variables = {}) {
  if (text === undefined) return loadConfiguration({ environment });
  const folder = mkdtempSync(join(tmpdir(), 'pgmcp-file-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'pgmcp.yaml');
  writeFileSync(file, text);
  return loadConfiguration({ environment, file });
}

function problemsOf(text: string | undefined, environment: Variables = {}) {
  try {
    load(text, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  throw new Error('the configuration was taken');
}

const database = 'databases: [{ name: shop, url: "postgresql://h/shop" }]\n';
const url: Variables = { DATABASE_URL: 'postgresql://h/shop' };

describe('variables in the file', () => {
  it('stand for their values, their defaults, or themselves when escaped', () => {
    const text = [
      'databases:',
      `  - { name: "\${NAME:shop}", host: "\${HOST}", dbname: shop, user: reader, password: "$\${HOST}\${PASSWORD}" }`,
      `server: { maxResultRows: "\${ROWS:25}", logLevel: "\${LEVEL:info}" }`,
    ].join('\n');
    const configuration = load(text, { HOST: 'db.example.com', LEVEL: 'warn', PASSWORD: 'a: b, {c}' });
    expect(configuration.databases).toMatchObject([{ name: 'shop', host: 'db.example.com' }]);
    expect(configuration.databases[0]?.password?.reveal()).toBe(`\${HOST}a: b, {c}`);
    expect(configuration.server).toMatchObject({ maxResultRows: 25, logLevel: 'warn' });
    expect(describeConfiguration(configuration)).not.toContain('a: b, {c}');
  });

  it.each([
    [`server: { maxResultRows: "\${NOT_SET}" }`, 'server.maxResultRows', /NOT_SET is not set. Set it, or write/],
    [`server: { maxResultRows: "\${not a name}" }`, 'server.maxResultRows', /must be \$\{NAME\}/],
  ])('are refused in %s', (text, key, message) => {
    expect(problemsOf(database + text)).toContainEqual({
      key,
      source: expect.stringContaining('pgmcp.yaml'),
      message: expect.stringMatching(message),
    });
  });

  it('cannot add keys', () => {
    const [problem] = problemsOf(`${database}server: "\${INJECTED}"`, { INJECTED: 'maxResultRows: 1' });
    expect(problem).toMatchObject({ key: 'server', message: expect.stringContaining('It must be a mapping') });
  });
});

describe('profiles', () => {
  const text = [
    database,
    'server: { maxResultRows: 10, logLevel: info }',
    'profiles:',
    '  production:',
    '    databases: [{ name: live, url: "postgresql://live/shop" }]',
    '    server: { logLevel: warn }',
    `  staging: { server: { maxResultRows: "\${STAGING_ROWS}" } }`,
  ].join('\n');

  it('are laid over the rest of the file, and lose to the environment', () => {
    expect(load(text).server).toMatchObject({ maxResultRows: 10, logLevel: 'info' });
    const production = load(text, { PG_MCP_PROFILE: 'production' });
    expect(production.server).toMatchObject({ maxResultRows: 10, logLevel: 'warn' });
    expect(production.databases).toMatchObject([{ name: 'live' }]);
    expect(production.entries).toContainEqual({
      key: 'server.logLevel',
      text: 'warn',
      source: expect.stringMatching(/^file /),
    });
    const loud = load(text, { PG_MCP_PROFILE: 'production', PG_MCP_SERVER_LOG_LEVEL: 'debug' });
    expect(loud.server.logLevel).toBe('debug');
  });

  it('are refused when they are not there or wrong, the unused ones too', () => {
    expect(problemsOf(text, { PG_MCP_PROFILE: 'prod' })).toEqual([
      {
        key: 'PG_MCP_PROFILE',
        source: 'environment',
        message: expect.stringContaining('There are: production, staging.'),
      },
    ]);
    expect(problemsOf(database, { PG_MCP_PROFILE: 'prod' })[0]?.message).toMatch(/has none/);
    expect(problemsOf(undefined, { ...url, PG_MCP_PROFILE: 'prod' })[0]?.message).toMatch(/--config/);
    expect(problemsOf(text, { PG_MCP_PROFILE: 'staging' })[0]).toMatchObject({
      key: 'profiles.staging.server.maxResultRows',
    });
    expect(problemsOf(`${database}profiles: { a: { server: { maxResultRow: 1 } } }`)).toEqual([
      {
        key: 'profiles.a.server.maxResultRow',
        source: expect.any(String),
        message: 'There is no such key. Did you mean maxResultRows?',
      },
    ]);
    expect(problemsOf(`${database}profiles: [a]`)[0]?.message).toMatch(/must be a mapping/);
  });
});

describe('names of similar servers', () => {
  it('stand for settings that exist', () => {
    for (const { name, target, section, setting } of ALIASES) {
      const found = allSettings.find((one) => one.environment === target);
      expect({ name, section: found?.section, setting: found?.name }).toEqual({ name, section, setting });
    }
  });

  it('are read in their own units, each with a notice', () => {
    const configuration = load(undefined, {
      DB_HOST: 'db.example.com',
      DB_PORT: '5433',
      DB_NAME: 'shop',
      DB_USER: 'reader',
      DB_PASSWORD: 'canary-password',
      DEFAULT_POOL_SIZE: '2',
      MAX_CONNECTIONS: '20',
      CONNECTION_TIMEOUT: '4',
      IDLE_CONNECTION_TIMEOUT: '5m',
      QUERY_TIMEOUT: '45',
      MCP_SERVER_PORT: '8080',
      MCP_LOG_LEVEL: 'WARNING',
      READONLY_MODE: 'true',
      MAX_QUERY_LENGTH: '5000',
      ENABLE_QUERY_LOGGING: 'true',
      SLOW_QUERY_THRESHOLD: '250',
      HEALTH_CHECK_INTERVAL: '15',
      MEMORY_WARNING_THRESHOLD: '300',
      MEMORY_CRITICAL_THRESHOLD: '400MiB',
      CPU_WARNING_THRESHOLD: '60',
      CPU_CRITICAL_THRESHOLD: '95',
    });
    expect(configuration.databases).toMatchObject([
      {
        host: 'db.example.com',
        port: 5433,
        dbname: 'shop',
        user: 'reader',
        minPoolSize: 2,
        maxPoolSize: 20,
        connectTimeoutMs: 4_000,
        idleTimeoutMs: 300_000,
      },
    ]);
    expect(configuration).toMatchObject({
      server: { queryTimeoutMs: 45_000, logLevel: 'warn' },
      http: { port: 8080 },
      telemetry: { logSql: 'normalized' },
      history: { slowThresholdMs: 250 },
      monitoring: {
        intervalMs: 15_000,
        memoryBytes: { warning: 300 * 1_048_576, critical: 400 * 1_048_576 },
        cpuPercent: { warning: 60, critical: 95 },
      },
    });
    expect(configuration.notices).toHaveLength(21);
    expect(configuration.notices).toContain(
      "QUERY_TIMEOUT is read as PG_MCP_SERVER_QUERY_TIMEOUT. Use that name: it is this server's own, and wins over it.",
    );
    expect(JSON.stringify(configuration.entries)).not.toContain('canary');
  });

  it('give way to the file and to this server’s own names', () => {
    const own = load(undefined, { ...url, QUERY_TIMEOUT: '45', PG_MCP_SERVER_QUERY_TIMEOUT: '10s' });
    expect(own.server.queryTimeoutMs).toBe(10_000);
    expect(own.notices).toEqual(['QUERY_TIMEOUT is set but not used, because PG_MCP_SERVER_QUERY_TIMEOUT is set.']);
    const file = load(`${database}server: { queryTimeout: 20s }`, { QUERY_TIMEOUT: '45', DB_HOST: 'elsewhere' });
    expect(file.server.queryTimeoutMs).toBe(20_000);
    expect(file.databases).toMatchObject([{ name: 'shop' }]);
    expect(file.databases[0]).not.toHaveProperty('host');
  });

  it('never let statements write', () => {
    const configuration = load(undefined, { ...url, READONLY_MODE: 'false' });
    expect(configuration.security.mode).toBe('read-only');
    expect(configuration.notices).toEqual(['READONLY_MODE is set but not used, because only true is taken from it.']);
  });

  it('are named in an error as they were written', () => {
    expect(problemsOf(undefined, { ...url, QUERY_TIMEOUT: '45000' })).toEqual([
      { key: 'QUERY_TIMEOUT', source: 'environment', message: expect.stringMatching(/from 100ms to 1h/) },
    ]);
  });
});

it('a policy of one database is shown as it is written', () => {
  const text =
    'databases: [{ name: shop, url: "postgresql://h/shop", security: { mode: standard, allowedTables: [public.a] } }]';
  expect(describeConfiguration(load(text))).toContain(
    'databases[0].security = {"mode":"standard","allowedTables":["public.a"]}',
  );
});

describe('settings of the session', () => {
  it('reach the pool by PostgreSQL’s names, from the file and from the environment', () => {
    const text = 'databases: [{ name: shop, url: "postgresql://h/shop", session: { workMem: 16MiB, jit: false } }]';
    const [database] = load(text, { PG_MCP_DATABASE_SESSION_PLAN_CACHE_MODE: 'force_custom_plan' }).databases;
    expect(database && poolSettings(database, 1_000).session).toEqual({
      work_mem: '16384kB',
      jit: 'off',
      plan_cache_mode: 'force_custom_plan',
    });
    const [plain] = load(undefined, url).databases;
    expect(plain && poolSettings(plain, 1_000)).not.toHaveProperty('session');
  });

  it.each([
    ['{ workMem: 1KiB }', 'databases[0].session.workMem', /from 64KiB to 64GiB/],
    ['{ jit: sometimes }', 'databases[0].session.jit', /true or false/],
    ['{ workmem: 4MB }', 'databases[0].session.workmem', /no such key. Did you mean session.workMem/],
    ['yes', 'databases[0].session', /no such key/],
  ])('are refused as %s', (session, key, message) => {
    const problems = problemsOf(`databases: [{ name: shop, url: "postgresql://h/shop", session: ${session} }]`);
    expect(problems).toEqual([{ key, source: expect.any(String), message: expect.stringMatching(message) }]);
  });
});

describe('sections of observation', () => {
  it.each([
    ['PG_MCP_MONITORING_MEMORY_CRITICAL', '512MiB', /below memoryWarning/],
    ['PG_MCP_AUDIT_STORE', 'true', /keeps nothing beyond the process/],
    ['PG_MCP_AUDIT_KEY', 'a-key-without-a-log', /no audit log that it could seal/],
    ['PG_MCP_AUDIT_ON_FAILURE', 'ignore', /one of fail-closed, buffer/],
    ['PG_MCP_TELEMETRY_LOG_SQL', 'all', /one of none, normalized, raw/],
    ['PG_MCP_HISTORY_SLOW_THRESHOLD', '0', /from 1ms to 1h/],
  ])('refuse %s=%s', (key, value, message) => {
    expect(problemsOf(undefined, { ...url, [key]: value })).toEqual([
      { key, source: 'environment', message: expect.stringMatching(message) },
    ]);
  });
});
