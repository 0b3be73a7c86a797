import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../src/config/configuration-error.ts';
import { loadConfiguration } from '../src/config/load.ts';
import { poolSettings } from '../src/config/pool-settings.ts';

const load = (more: Record<string, string> = {}) =>
  loadConfiguration({ environment: { DATABASE_URL: 'postgresql://reader@db.example.com/shop', ...more } });

const problemOf = (more: Record<string, string>) => {
  try {
    load(more);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  throw new Error('the configuration was taken');
};

describe('settings of connections', () => {
  it('have defaults and leave to libpq what it decides', () => {
    const [database] = load().databases;
    expect(database).toMatchObject({
      borrowTimeoutMs: 3_000,
      idleTimeoutMs: 30_000,
      maxLifetimeMs: 600_000,
      idleInTransactionTimeoutMs: 60_000,
      lockTimeoutMs: 5_000,
      maxReplicaLagMs: 10_000,
    });
    expect(database).not.toHaveProperty('connectTimeoutMs');
    expect(database).not.toHaveProperty('channelBinding');
  });

  it('reach the pool in its own units and names', () => {
    const [database] = load({
      PG_MCP_DATABASE_CONNECT_TIMEOUT: '1500ms',
      PG_MCP_DATABASE_BORROW_TIMEOUT: '4',
      PG_MCP_DATABASE_LOCK_TIMEOUT: '250ms',
      PG_MCP_DATABASE_CHANNEL_BINDING: 'REQUIRE',
      PG_MCP_DATABASE_SSL_MODE: 'require',
      PG_MCP_DATABASE_TARGET_SESSION_ATTRS: 'primary',
      PG_MCP_DATABASE_REPLICAS: 'one.example.com, two.example.com:5433, [::1]:5434, [fe80::1]',
      PG_MCP_DATABASE_SEARCH_PATH: 'sales, public',
      PG_MCP_DATABASE_TIME_ZONE: 'UTC',
    }).databases;
    if (!database) throw new Error('no database');
    expect(poolSettings(database, 30_000)).toMatchObject({
      connectTimeoutMs: 1_500,
      borrowTimeoutMs: 4_000,
      lockTimeoutMs: 250,
      channelBinding: 'require',
      targetSessionAttrs: 'primary',
      replicas: [
        { host: 'one.example.com' },
        { host: 'two.example.com', port: 5433 },
        { host: '::1', port: 5434 },
        { host: 'fe80::1' },
      ],
      searchPath: 'sales, public',
      timeZone: 'UTC',
    });
  });

  it('are equal for equal configurations, so that a reload keeps connections', () => {
    const settings = () => {
      const [database] = load({ PG_MCP_DATABASE_PASSWORD: 'a-password' }).databases;
      return database && poolSettings(database, 30_000);
    };
    expect(settings()).toStrictEqual(settings());
  });

  it.each([
    ['PG_MCP_DATABASE_CONNECT_TIMEOUT', '10ms'],
    ['PG_MCP_DATABASE_BORROW_TIMEOUT', 'soon'],
    ['PG_MCP_DATABASE_IDLE_TIMEOUT', '25h'],
    ['PG_MCP_DATABASE_MAX_LIFETIME', '1s'],
    ['PG_MCP_DATABASE_IDLE_IN_TRANSACTION_TIMEOUT', '-1'],
    ['PG_MCP_DATABASE_CHANNEL_BINDING', 'always'],
    ['PG_MCP_DATABASE_TARGET_SESSION_ATTRS', 'replica'],
    ['PG_MCP_DATABASE_REPLICAS', 'user:secret@replica.example.com'],
    ['PG_MCP_DATABASE_REPLICAS', 'replica.example.com:70000'],
    ['PG_MCP_DATABASE_MAX_REPLICA_LAG', '0'],
  ])('refuse %s=%s at its place', (key, value) => {
    expect(problemOf({ [key]: value })).toEqual([
      { key, source: 'environment', message: expect.stringMatching(/^It must be .*, but it is /) },
    ]);
  });

  it('never repeat a password that went astray', () => {
    expect(JSON.stringify(problemOf({ PG_MCP_DATABASE_REPLICAS: 'user:a-secret@h' }))).not.toContain('a-secret');
  });
});
