import { readFileSync } from 'node:fs';
import { connectMcpClient } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type HttpServer, startHttpServer } from './running-server.ts';

const database = useDatabase();

const read = (path: string) => readFileSync(new URL(`../deploy/monitoring/${path}`, import.meta.url), 'utf8');

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}

interface Alerts {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}

/** Names of metrics in a PromQL expression: words that are no function, label or keyword, without what is in braces and brackets. */
function metricsOf(expression: string): readonly string[] {
  const bare = expression.replace(/\{[^}]*\}|\[[^\]]*\]|"[^"]*"|\b(?:by|without) *\([^)]*\)/g, ' ');
  return [...bare.matchAll(/\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\b(?! *\()/g)]
    .map(([name]) => name)
    .filter((name) => name !== 'histogram_quantile');
}

describe('dashboard and alerts', () => {
  let server: HttpServer;
  let exposed: string;
  beforeAll(async () => {
    server = await startHttpServer({
      DATABASE_URL: database.url,
      PG_MCP_SERVER_MAX_RESULT_ROWS: '5',
      PG_MCP_RESULTS_KEEP_ROWS: '0',
      PG_MCP_RATE_LIMIT_ENABLED: 'true',
      PG_MCP_RATE_LIMIT_REQUESTS_PER_MINUTE: '4',
      PG_MCP_AUTH_TRUSTED_PROXY_CIDRS: '127.0.0.0/8',
      PG_MCP_AUTH_TRUSTED_PROXY_SECRET: 'a secret between proxy and server, long enough',
    });
    const identity = {
      'x-rls-user-id': 'alice',
      'x-pgmcp-proxy-secret': 'a secret between proxy and server, long enough',
    };
    const client = await connectMcpClient({ era: 'legacy', url: server.url, headers: identity });
    // One of everything that is counted.
    await client.callTool('execute_query', { sql: 'SELECT 1' });
    await client.callTool('execute_query', { sql: 'SELECT * FROM generate_series(1, 100)' });
    await client.callTool('execute_query', { sql: 'DROP TABLE nothing' });
    for (let count = 0; count < 3; count += 1)
      await client.callTool('execute_query', { sql: 'SELECT 1' }).catch(() => undefined);
    await client.close();
    await fetch(server.url, { method: 'POST', headers: { 'x-rls-user-id': 'mallory' } });
    exposed = await (await fetch(new URL('/metrics', server.adminUrl))).text();
  });
  afterAll(() => server?.stop());

  const isExposed = (name: string) => new RegExp(`^${name}[{ ]`, 'm').test(exposed);

  it('ask only for metrics that a running server exposes', () => {
    const { panels } = JSON.parse(read('dashboard.json')) as Dashboard;
    const { groups } = parse(read('alerts.yaml')) as Alerts;
    const expressions = [
      ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
      ...groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
    ];
    expect(expressions.length).toBeGreaterThan(20);
    const names = [...new Set(expressions.flatMap(metricsOf))];
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !isExposed(name))).toEqual([]);
  });

  it('carry no label from a client', () => {
    expect(exposed).not.toMatch(/alice|mallory|generate_series|nothing/);
  });

  it('explain every metric', () => {
    expect(exposed).not.toContain('description missing');
  });
});
