import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it } from 'vitest';
import { CHART_KINDS } from '../src/charts/chart-spec.ts';
import { failure, startInProcess } from './in-process-client.ts';

const database = useDatabase({ template: 'retail' });

const settings = (more: Record<string, string> = {}) => ({
  PG_MCP_DATABASE_NAME: 'retail',
  PG_MCP_DATABASE_URL: database.url,
  PG_MCP_SERVER_TOOLSETS: 'chart',
  PG_MCP_RATE_LIMIT_ENABLED: 'false',
  ...more,
});

const MONTHLY =
  "SELECT date_trunc('month', ordered_at)::date AS month, count(*) AS orders FROM retail.orders GROUP BY 1 ORDER BY 1";

async function draw(args: Record<string, unknown>) {
  const { client } = await startInProcess(settings());
  const result = await client.callTool({ name: 'chart', arguments: args });
  const content = result.content as { type: string; text?: string; data?: string; mimeType?: string }[];
  expect(result.isError, content[0]?.text).toBeFalsy();
  const image = content.find(({ type }) => type === 'image');
  return { structured: result.structuredContent as Record<string, unknown>, image, content };
}

describe('a chart', () => {
  it.each(CHART_KINDS)('of kind %s is a picture beside its data', async (kind) => {
    const { structured, image, content } = await draw({ sql: MONTHLY, kind, title: 'Orders' });
    expect(JSON.parse(content[0]?.text ?? '')).toEqual(structured);
    expect(structured).toMatchObject({ database: 'retail', columns: [{ name: 'month' }, { name: 'orders' }] });
    expect(structured['notice']).toMatch(/^\[[0-9a-f]{8}\]/);
    const bytes = Buffer.from(image?.data ?? '', 'base64');
    expect(structured['image']).toBe(image?.mimeType);
    if (image?.mimeType === 'image/svg+xml') {
      expect(bytes.toString()).toContain('Orders');
      return;
    }
    expect(image?.mimeType).toBe('image/png');
    expect(bytes.subarray(0, 8)).toEqual(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
    expect(bytes.readUInt32BE(16)).toBeGreaterThan(1_000);
    expect(bytes.length).toBeGreaterThan(5_000);
  });

  it('chooses columns by name, splits into series and keeps only some rows beside the picture', async () => {
    const { structured } = await draw({
      sql: `SELECT s.name AS store, date_trunc('month', o.ordered_at)::date AS month, count(*) AS orders
              FROM retail.orders o JOIN retail.stores s USING (store_id) GROUP BY 1, 2 ORDER BY 2, 1`,
      kind: 'line',
      x: 'month',
      y: 'orders',
      color: 'store',
    });
    expect(structured).toMatchObject({
      row_count: 50,
      truncated: true,
      notice: expect.stringMatching(/The picture shows \d+ rows/),
    });
    expect(structured['drawn_rows']).toBeGreaterThan(50);
  });

  it.each([
    [{ sql: MONTHLY, kind: 'heatmap' }, 'VALIDATION_ERROR', /kind/],
    [
      { sql: MONTHLY, kind: 'bar', x: 'mnth' },
      'VALIDATION_ERROR',
      /x names "mnth", which is no column.*Did you mean "month"/,
    ],
    [{ sql: "SELECT 'a' AS a, 'b' AS b", kind: 'bar' }, 'VALIDATION_ERROR', /y has to be numeric, and "b" is text/],
    [{ sql: 'SELECT 1 AS one', kind: 'bar' }, 'VALIDATION_ERROR', /has one column, and a picture needs two/],
    [{ sql: 'SELECT 1 AS a, 2 AS b WHERE false', kind: 'bar' }, 'VALIDATION_ERROR', /no rows/],
    [{ sql: 'DELETE FROM retail.orders', kind: 'bar' }, 'UNSAFE_SQL', /refused/],
  ])('refuses %j', async (args, code, message) => {
    const { client } = await startInProcess(settings());
    expect(await failure(client, 'chart', args)).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
