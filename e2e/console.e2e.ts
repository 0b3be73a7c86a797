import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { connectMcpClient, type McpTestClient } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, type OpenPage, openPage } from './browser.ts';
import { type HttpServer, startHttpServer } from './running-server.ts';

const database = useDatabase({ template: 'retail' });

/** The address by which others reach this machine, where there is one. */
const OUTSIDE = Object.values(networkInterfaces())
  .flat()
  .find((entry) => entry?.family === 'IPv4' && !entry.internal)?.address;

/** The address of the database with a password in any case: a server that asks for none takes every one. */
function urlWithPassword(): URL {
  const url = new URL(database.url);
  url.password ||= 'canary-of-the-console';
  return url;
}

describe('the admin port', () => {
  let server: HttpServer;
  let client: McpTestClient;
  beforeAll(async () => {
    server = await startHttpServer({
      DATABASE_URL: urlWithPassword().href,
      PG_MCP_SECURITY_ALLOWED_FUNCTIONS: 'pg_sleep',
      PG_MCP_HISTORY_SLOW_THRESHOLD: '100ms',
    });
    client = await connectMcpClient({ era: 'legacy', url: server.url });
  });
  afterAll(async () => {
    await client?.close();
    await server?.stop();
  });

  const get = (path: string) => fetch(new URL(path, server.adminUrl));

  it('answers probes, and says in metrics what it does', async () => {
    expect((await get('/livez')).status).toBe(200);
    expect(await (await get('/readyz')).json()).toEqual({ ready: true, reasons: [] });
    await client.callTool('execute_query', { sql: 'SELECT 1 AS n' });
    expect(await (await get('/metrics')).text()).toContain('mcp_server_operation_duration_bucket');
  });

  it('lists connections without a secret, the history, and the tools', async () => {
    await client.callTool('execute_query', { sql: "SELECT 'a secret literal' AS n" });
    const connections = await (await get('/connections')).text();
    expect(JSON.parse(connections)).toMatchObject({ connections: [{ status: 'up', pool: { lent: 0 } }] });
    expect(connections).not.toContain(urlWithPassword().password);
    const [{ connection_id: name }] = JSON.parse(connections).connections;
    const history = await (await get(`/query_history?connection_id=${name}&limit=5`)).text();
    expect(JSON.parse(history).queries[0]).toMatchObject({ tool: 'execute_query', outcome: 'ok' });
    expect(history).not.toContain('a secret literal');
    const { tools } = (await (await get('/mcp/tools')).json()) as { tools: { name: string }[] };
    expect(tools.map(({ name: tool }) => tool)).toContain('execute_query');
  });

  it('is where the bare address leads', async () => {
    const answer = await fetch(new URL('/', server.adminUrl), { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/console/']);
  });

  it.each([
    ['/query_history?limit=0', 400],
    ['/query_history?limit=1e3', 400],
    ['/query_history?connection_id=nowhere', 404],
    ['/console/schema?database=nowhere', 404],
    ['/console/../../etc/passwd', 404],
  ])('refuses %s with %i', async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });

  it('shows nothing but probes under a foreign name, so that no web page can ask for it', async () => {
    const status = (path: string, host: string) =>
      new Promise((resolve, reject) => {
        request(new URL(path, server.adminUrl), { headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect(await status('/connections', 'evil.example.com')).toBe(403);
    expect(await status('/console/state', 'evil.example.com')).toBe(403);
    expect(await status('/livez', '10.0.0.5:9464')).toBe(200);
  });

  it.skipIf(OUTSIDE === undefined)('shows nothing but probes and metrics to another machine', async () => {
    const open = await startHttpServer({ DATABASE_URL: database.url, PG_MCP_HTTP_ADMIN_HOST: '0.0.0.0' });
    const { port } = new URL(open.adminUrl);
    const statuses = await Promise.all(
      ['/livez', '/metrics', '/connections', '/console/', '/query_history'].map(
        async (path) => (await fetch(`http://${OUTSIDE}:${port}${path}`)).status,
      ),
    );
    await open.stop();
    expect(statuses).toEqual([200, 200, 403, 403, 403]);
  });

  it('ends a call only for the console itself', async () => {
    const post = (headers: Record<string, string>, body = '{"requestId":"x"}') =>
      fetch(new URL('/console/cancel', server.adminUrl), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
    expect((await post({})).status).toBe(403);
    expect((await post({ 'x-pgmcp-console': '1' })).status).toBe(403);
    expect((await post({ 'x-pgmcp-console': '1', origin: 'https://evil.example.com' })).status).toBe(403);
    // A page of another program on this machine.
    expect((await post({ 'x-pgmcp-console': '1', origin: 'http://127.0.0.1:8080' })).status).toBe(403);
    expect((await post({ 'x-pgmcp-console': '1', origin: server.url.replace('/mcp', '') })).status).toBe(403);
    expect(await (await post({ 'x-pgmcp-console': '1', origin: server.adminUrl })).json()).toEqual({
      cancelled: false,
    });
    for (const body of ['null', '[]', '{"requestId":1}', 'no JSON', '']) {
      expect((await post({ 'x-pgmcp-console': '1', origin: server.adminUrl }, body)).status, body).toBe(400);
    }
  });

  describe.skipIf(!hasChromium())('as a page in a browser', () => {
    let open: OpenPage;
    let page: OpenPage['page'];
    beforeAll(async () => {
      open = await openPage(new URL('/console/', server.adminUrl).href);
      page = open.page;
    });
    afterAll(() => open?.browser.close());

    it('shows databases, and cancels a call under way', async () => {
      await page.getByText('up', { exact: true }).first().waitFor();
      const call = client.callTool('execute_query', { sql: 'SELECT pg_sleep(30)' });
      const cancel = page.getByRole('button', { name: 'Cancel' });
      await cancel.waitFor();
      await open.look('overview');
      await cancel.click();
      expect((await call).isError).toBe(true);
      await cancel.waitFor({ state: 'detached' });
    });

    it('shows the history and slow statements with their plans', async () => {
      await client.callTool('execute_query', { sql: 'SELECT pg_sleep(0.3), count(*) FROM pg_class' });
      await page.getByRole('link', { name: 'History' }).click();
      await page.getByRole('cell', { name: 'execute_query' }).first().waitFor();
      await open.look('history');
      await page.getByRole('link', { name: 'Slow queries' }).click();
      await page.locator('#slow-rows details').first().waitFor();
      await page.locator('#slow-rows summary').first().click();
      expect(await page.locator('#slow-rows details[open] pre').last().textContent()).toMatch(
        /\(cost=|Seq Scan|Aggregate/,
      );
      await open.look('slow');
    });

    it('draws the schema as a diagram that can be filtered', async () => {
      await page.getByRole('link', { name: 'Schema' }).click();
      await page.locator('[data-table]').first().waitFor();
      await page.locator('#tables summary', { hasText: 'retail.orders' }).first().click();
      await page.locator('#tables details[open] td', { hasText: 'retail.stores' }).first().waitFor();
      await open.look('schema');
      const all = await page.locator('[data-table]').count();
      await page.getByRole('searchbox').fill('order');
      await page.locator(`[data-table]:nth-of-type(${all})`).waitFor({ state: 'detached' });
      expect(await page.locator('[data-table]').count()).toBeLessThan(all);
      expect(await page.locator('[data-table]').count()).toBeGreaterThan(0);
    });

    it('needs nothing that its own policy forbids', async () => {
      expect(open.problems).toEqual([]);
      const policy = (await page.goto(new URL('/console/', server.adminUrl).href))?.headers()[
        'content-security-policy'
      ];
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
    });
  });
});
