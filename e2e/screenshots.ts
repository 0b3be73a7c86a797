// Writes the pictures of docs/images anew: the console in Chromium, and a chart as a client gets it, over the retail sample.
//
//     pnpm build && pnpm --filter @pgmcp/e2e write:screenshots
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readRetailSql } from '@pgmcp/fixture-retail';
import { connectMcpClient } from '@pgmcp/testing';
import { startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { query } from '@pgmcp/testing/streaming-replica';
import { chromium } from 'playwright-core';
import { startHttpServer, VERIFIED_QUERIES } from './running-server.ts';

const IMAGES = fileURLToPath(new URL('../docs/images/', import.meta.url));
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

const MONTHS = `SELECT date_trunc('month', business_date)::date AS month, channel, round(sum(total_amount)) AS revenue
  FROM retail.orders WHERE status <> 'cancelled' AND business_date BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY 1, 2 ORDER BY 1, 2`;

await mkdir(IMAGES, { recursive: true });
const postgres = await startEmbeddedPostgres();
await query(postgres.url(), await readRetailSql());
await query(postgres.url(), 'ANALYZE; CREATE ROLE assistant LOGIN; GRANT pg_read_all_data TO assistant');
await query(postgres.url(), 'ALTER ROLE assistant BYPASSRLS');
const server = await startHttpServer({
  PG_MCP_DATABASE_NAME: 'shop',
  PG_MCP_DATABASE_URL: `postgresql://assistant@127.0.0.1:${postgres.port}/postgres`,
  PG_MCP_SERVER_TOOLSETS: 'default,chart',
  PG_MCP_SERVER_VERIFIED_QUERIES: VERIFIED_QUERIES,
  PG_MCP_SECURITY_ALLOWED_FUNCTIONS: 'pg_sleep',
  PG_MCP_HISTORY_SLOW_THRESHOLD: '20ms',
  PG_MCP_RATE_LIMIT_ENABLED: 'true',
});
const client = await connectMcpClient({ era: 'legacy', url: server.url });
const browser = await chromium.launch({ ...(CHROMIUM && { executablePath: CHROMIUM }), args: ['--no-sandbox'] });
try {
  await client.callTool('query', { question: 'What was the revenue of each store in 2025?' });
  await client.callTool('execute_query', { sql: 'DELETE FROM retail.orders' });
  await client.callTool('execute_query', {
    sql: "SELECT c.city, sum(o.total_amount) FROM retail.orders o JOIN retail.customers c USING (customer_id) WHERE o.status = 'paid' GROUP BY c.city",
  });
  await writeFile(`${IMAGES}chart.png`, await chartOf(MONTHS));

  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.goto(new URL('/console/', server.adminUrl).href);
  const running = client.callTool('execute_query', { sql: 'SELECT count(*), pg_sleep(60) FROM retail.order_items' });
  const cancel = page.getByRole('button', { name: 'Cancel' });
  await cancel.waitFor();
  await page.screenshot({ path: `${IMAGES}console.png` });
  await cancel.click();
  await running;
  await page.setViewportSize({ width: 1280, height: 400 });
  await page.getByRole('link', { name: 'Slow queries' }).click();
  await page.locator('#slow-rows summary').first().click();
  await page.screenshot({ path: `${IMAGES}slow-queries.png` });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole('link', { name: 'Schema' }).click();
  await page.locator('[data-table]').first().waitFor();
  await page.screenshot({ path: `${IMAGES}schema.png` });
} finally {
  await browser.close();
  await client.close();
  await server.stop();
  await postgres.stop();
}

/** The picture that `chart` draws, as its bytes. */
async function chartOf(sql: string): Promise<Buffer> {
  const answer = await client.request('tools/call', {
    name: 'chart',
    arguments: { sql, kind: 'line', x: 'month', y: 'revenue', color: 'channel', title: 'Revenue by month and channel' },
  });
  const contents = answer['content'] as readonly {
    readonly type: string;
    readonly data?: string;
    readonly text?: string;
  }[];
  const image = contents.find(({ type }) => type === 'image')?.data;
  if (image === undefined) throw new Error(`no picture: ${contents[0]?.text}`);
  return Buffer.from(image, 'base64');
}
