import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityKeySql, identitySql } from '@pgmcp/pool';
import { startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { findFreePort } from '@pgmcp/testing/programs';
import { query, startReplica } from '@pgmcp/testing/streaming-replica';
import { hasPgBouncer, startPgBouncer } from '../../packages/pool/test/pgbouncer.ts';
import { hasRedis, startRedis } from '../../packages/server/test/redis-server.ts';
import { HTTP_PROGRAM, type HttpServer, serverEnvironment, startHttpServer } from '../running-server.ts';
import { eventually } from './eventually.ts';
import { hasHaproxy, startHaproxy } from './haproxy.ts';

/** Calls of one caller a minute. */
export const CALLS_PER_MINUTE = 1_500;
/** The tenants that the callers of a test belong to. */
export const TENANTS = ['acme', 'globex'] as const;
/** One of {@link TENANTS}. */
export type Tenant = (typeof TENANTS)[number];
/** Several replicas behind a balancer, over a pooler and one database. */
export type Topology = Awaited<ReturnType<typeof startTopology>>;

/** Whether everything that a topology is made of is installed here; where it must be, its absence is an error. */
export const hasTopology = (): boolean => hasHaproxy() && hasRedis() && hasPgBouncer;

const KEY = { id: 'k1', secret: randomBytes(32).toString('base64url') };

const SCHEMA = `
  CREATE ROLE app_data NOLOGIN; CREATE ROLE app LOGIN; GRANT app_data TO app; CREATE ROLE keeper LOGIN; CREATE ROLE plain LOGIN;
  ${identitySql({ data: 'app_data' })}
  ${identityKeySql(KEY)}
  CREATE SCHEMA pgmcp AUTHORIZATION keeper;
  CREATE TABLE orders (id int PRIMARY KEY, tenant text NOT NULL);
  INSERT INTO orders SELECT n, (ARRAY['acme', 'globex'])[1 + n % 2] FROM generate_series(1, 200) n;
  ALTER TABLE orders ENABLE ROW LEVEL SECURITY; ALTER TABLE orders FORCE ROW LEVEL SECURITY;
  CREATE POLICY own ON orders USING (tenant = (SELECT pgmcp_identity.claims() ->> 'tenant'));
  GRANT SELECT ON orders TO app_data;`;

/**
 * Primary and streaming replica, PgBouncer before the primary, Redis for the limits, three replicas of the server, HAProxy before them;
 * all on loopback, without containers. `direct` reaches whichever server is the primary, `pooled` goes through PgBouncer with one server
 * connection, so that every tenant gets the same one. Both keep tenants apart by signed claims.
 */
export async function startTopology() {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const each of stops.reverse()) await each();
  };
  try {
    const primary = await startEmbeddedPostgres({
      settings: { wal_level: 'replica', max_wal_senders: '5', max_connections: '200' },
    });
    stops.push(() => primary.stop());
    await query(primary.url(), SCHEMA);
    const standby = await startReplica(primary, 'standby');
    stops.push(() => standby.stop());
    const bouncer = await startPgBouncer(primary, 1);
    stops.push(() => bouncer.stop());
    let redis = await startRedis();
    stops.push(() => redis.stop());
    const hosts = `127.0.0.1:${primary.port},127.0.0.1:${standby.port}`;
    const apart = { isolation: 'signed-claims', roles: ['app_data'], identityKeyId: KEY.id, identityKey: KEY.secret };
    const settings = {
      PG_MCP_DATABASES: JSON.stringify([
        { name: 'direct', url: `postgresql://app@${hosts}/postgres?target_session_attrs=read-write`, ...apart },
        { name: 'pooled', url: `postgresql://app@127.0.0.1:${bouncer.port}/postgres`, pooler: 'transaction', ...apart },
        // Everybody sees what this login sees: nothing but the time.
        { name: 'clock', url: `postgresql://plain@${hosts}/postgres?target_session_attrs=read-write` },
      ]),
      PG_MCP_STORE_URL: `postgresql://keeper@${hosts}/postgres?target_session_attrs=read-write`,
      PG_MCP_STORE_AUTO_MIGRATE: 'true',
      PG_MCP_AUTH_API_KEYS: 'true',
      PG_MCP_RATE_LIMIT_ENABLED: 'true',
      PG_MCP_RATE_LIMIT_BACKEND: 'redis',
      PG_MCP_RATE_LIMIT_REDIS_URL: redis.url,
      PG_MCP_RATE_LIMIT_REPLICAS: '3',
      PG_MCP_RATE_LIMIT_REQUESTS_PER_MINUTE: String(CALLS_PER_MINUTE),
      PG_MCP_RATE_LIMIT_REQUESTS_PER_HOUR: '100000',
      PG_MCP_SECURITY_ALLOWED_FUNCTIONS: 'pg_sleep',
      PG_MCP_SERVER_TOOLSETS: 'default,monitoring',
      PG_MCP_HTTP_DRAIN_DELAY: '2s',
      PG_MCP_SERVER_LOG_LEVEL: 'info',
    };
    const keys = (count: number, tenant: string) => Array.from({ length: count }, () => makeKey(settings, tenant));
    const keysOf = { acme: keys(4, 'acme'), globex: keys(4, 'globex') };
    let turn = 0;
    const ports = await Promise.all(
      Array.from({ length: 3 }, async () => ({ port: await findFreePort(), adminPort: await findFreePort() })),
    );
    const start = ({ port, adminPort }: (typeof ports)[number]) =>
      startHttpServer(settings, ['--port', String(port), '--admin-port', String(adminPort)]);
    const replicas: HttpServer[] = await Promise.all(ports.map(start));
    stops.push(() => Promise.all(replicas.map((replica) => replica.process.kill('SIGKILL'))));
    const balancer = await startHaproxy(ports);
    stops.push(() => balancer.stop());
    for (const { adminPort } of ports) {
      let answer = '';
      const isReady = async () => {
        const response = await fetch(`http://127.0.0.1:${adminPort}/readyz`);
        answer = await response.text();
        return response.ok;
      };
      if (!(await eventually(isReady, 20_000))) throw new Error(`A replica is not ready: ${answer}`);
    }
    // What the balancer needs to notice.
    await sleep(1_000);
    return {
      url: balancer.url,
      balancerLog: balancer.log,
      replicas,
      keysOf,
      /** A key with room, each in turn: the load must not run into the limit that another test is about. */
      keyOf(tenant: Tenant): string {
        turn += 1;
        return keysOf[tenant][1 + (turn % (keysOf[tenant].length - 1))] ?? '';
      },
      /** Starts a replica anew in its place. */
      async restart(index: number) {
        const place = ports[index];
        if (place !== undefined) replicas[index] = await start(place);
      },
      asAdmin: (sql: string) => query(primary.url(), sql),
      /** Takes Redis away as a crash does. */
      killRedis: () => redis.stop(),
      /** Starts it again in its place, with nothing in it. */
      async startRedisAgain() {
        redis = await startRedis(Number(new URL(redis.url).port));
      },
      /** Takes the primary away as a crash does, and makes the standby the primary. */
      async failOver() {
        await primary.crash();
        await standby.admin('SELECT pg_promote(true, 30)');
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function makeKey(settings: Readonly<Record<string, string>>, tenant: string): string {
  const made = spawnSync(process.execPath, [HTTP_PROGRAM, 'keys', 'create', `load of ${tenant}`, '--tenant', tenant], {
    env: serverEnvironment(settings),
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`keys create failed: ${made.stderr}`);
  return made.stdout.trim();
}
