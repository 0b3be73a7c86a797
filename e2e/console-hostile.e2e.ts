import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, type OpenPage, openPage } from './browser.ts';
import { type HttpServer, startHttpServer } from './running-server.ts';
import { callTool } from './topology/tool-call.ts';

const database = useDatabase();
const secret = 'a secret between proxy and server, long enough';
const MARKUP = '<img src=x onerror=alert(1)>';
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Everything that the console shows comes from somebody else: names in a database, statements, callers, errors. */
describe.skipIf(!hasChromium())('the console over a hostile database', () => {
  let server: HttpServer;
  let open: OpenPage;
  const call = (user: string, sql: string) =>
    callTool(server.url, '', 'execute_query', { sql }, undefined, {
      'x-rls-user-id': user,
      'x-rls-tenant-id': '"><script>alert(2)</script>',
      'x-pgmcp-proxy-secret': secret,
    });
  beforeAll(async () => {
    const owner = await database.connect();
    await owner.query(`
      CREATE SCHEMA ${quoted('</script><b>s')};
      CREATE TYPE ${quoted("<svg onload='alert(3)'>")} AS ENUM ('a');
      CREATE TABLE ${quoted(MARKUP)} (
        ${quoted('"><script>alert(4)</script>')} int PRIMARY KEY,
        kind ${quoted("<svg onload='alert(3)'>")});
      CREATE TABLE ${quoted('</script><b>s')}.${quoted("'); alert(5); ('")} (
        id int PRIMARY KEY, other int REFERENCES ${quoted(MARKUP)});
      CREATE INDEX ${quoted('<iframe src=javascript:alert(6)>')} ON ${quoted(MARKUP)} (kind);`);
    await owner.query(`COMMENT ON TABLE ${quoted(MARKUP)} IS '<style>*{display:none}</style>${MARKUP}'`);
    await owner.query(`COMMENT ON COLUMN ${quoted(MARKUP)}.kind IS '${MARKUP}'`);
    await owner.end();
    server = await startHttpServer({
      DATABASE_URL: database.url,
      PG_MCP_DATABASE_NAME: 'shop',
      PG_MCP_AUTH_TRUSTED_PROXY_CIDRS: '127.0.0.0/8',
      PG_MCP_AUTH_TRUSTED_PROXY_SECRET: secret,
      PG_MCP_RATE_LIMIT_ENABLED: 'true',
      PG_MCP_RATE_LIMIT_REQUESTS_PER_MINUTE: '8',
      PG_MCP_HISTORY_SLOW_THRESHOLD: '1ms',
    });
    const table = quoted(MARKUP);
    await call(MARKUP, `SELECT count(*) AS "<b onclick=alert(7)>" FROM ${table}`);
    await call(MARKUP, `SELECT ${quoted('<u>nothing</u>')} FROM ${table}`);
    for (let count = 0; count < 7; count += 1)
      await call('alice', `SELECT count(*) FROM ${table}, pg_class a, pg_class b`);
    open = await openPage(new URL('/console/', server.adminUrl).href);
  }, 60_000);
  afterAll(async () => {
    await open?.browser.close();
    await server?.stop();
  });

  /** Nothing that was only text has become an element. */
  const isOnlyText = async () => {
    expect(await open.page.locator('img, iframe, main script, main style, svg svg, main b, main u').count()).toBe(0);
    expect(open.problems).toEqual([]);
  };
  const go = (name: string) => open.page.getByRole('link', { name }).click();

  it('shows statements, outcomes and callers as text', async () => {
    await open.page.getByText('up', { exact: true }).first().waitFor();
    await go('History');
    await open.page.getByRole('cell', { name: 'execute_query' }).first().waitFor();
    const rows = await open.page.locator('#history-rows').textContent();
    expect(rows).toContain(MARKUP);
    expect(rows).toContain('<b onclick=alert(7)>');
    expect(rows).toContain('"><script>alert(2)</script>');
    await open.look('hostile-history');
    await isOnlyText();
    await go('Slow queries');
    await open.page.locator('#slow-rows details').first().waitFor();
    expect(await open.page.locator('#slow-rows').textContent()).toContain(MARKUP);
    await isOnlyText();
  });

  it('shows how much of each limit each caller has used', async () => {
    await go('Limits');
    const row = (caller: string) => open.page.locator('#limits-rows tr', { hasText: caller });
    await row('proxy:alice').waitFor();
    expect(await row('proxy:alice').textContent()).toContain('7 of 8');
    expect(await row(MARKUP).textContent()).toContain('2 of 8');
    await call('alice', 'SELECT 1');
    await open.page.getByText('8 of 8, free in').waitFor();
    expect(await row('proxy:alice').locator('meter').first().getAttribute('value')).toBe('1');
    await open.look('limits');
    await isOnlyText();
  });

  it('shows names, types, comments and indexes as text, in the diagram and in the tables', async () => {
    await go('Schema');
    await open.page.locator('[data-table]').first().waitFor();
    await open.page.locator('#tables summary', { hasText: 'onerror' }).click();
    const tables = await open.page.locator('#tables').textContent();
    for (const text of [
      MARKUP,
      '"><script>alert(4)</script>',
      "<svg onload='alert(3)'>",
      '<style>*{display:none}</style>',
    ])
      expect(tables).toContain(text);
    expect(tables).toContain('<iframe src=javascript:alert(6)>');
    expect(tables).toContain("'); alert(5); ('");
    await open.look('hostile-schema');
    await isOnlyText();
  });
});
