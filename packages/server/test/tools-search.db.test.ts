import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it } from 'vitest';
import { failure, startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase({ template: 'retail' });

const settings = (more: Record<string, string> = {}) => ({
  PG_MCP_DATABASE_NAME: 'retail',
  PG_MCP_DATABASE_URL: database.url,
  PG_MCP_SERVER_TOOLSETS: 'search',
  ...more,
});

interface Results {
  readonly results: readonly { readonly id: string; readonly title: string; readonly url: string }[];
}

const idsOf = (result: Record<string, unknown>) => (result as unknown as Results).results.map(({ id }) => id);

describe('search and fetch', () => {
  it('find a table by its columns and comments, each once, and give it as a document', async () => {
    const owner = await database.connect();
    await owner.query(
      `CREATE TABLE public.kites (id int, wing_span int, wing_colour text); COMMENT ON TABLE public.kites IS 'Things that fly on a string';
       INSERT INTO public.kites VALUES (1, 90, NULL), (2, 120, '')`,
    );
    const { client } = await startInProcess(settings());
    for (const query of ['wing', 'string that flies', 'KITES'])
      expect(idsOf(await succeed(client, 'search', { query }))[0]).toBe('schema://retail/public/kites');
    expect(idsOf(await succeed(client, 'search', { query: 'wing' }))).toHaveLength(1);
    const { text } = await succeed(client, 'fetch', { id: 'schema://retail/public/kites' });
    expect(text).toContain('Things that fly on a string');
    expect(text).toContain('id,wing_span,wing_colour\n1,90,\n2,120,""\n');
    await owner.query('DROP TABLE public.kites');
  });

  it('hold to the policy: what is hidden is not found, what is masked is not shown', async () => {
    const { client } = await startInProcess(
      settings({
        PG_MCP_SECURITY_DENIED_TABLES: 'retail.payments',
        PG_MCP_SECURITY_MASKED_COLUMNS: 'retail.customers.email',
      }),
    );
    expect(idsOf(await succeed(client, 'search', { query: 'payments' }))).not.toContain(
      'schema://retail/retail/payments',
    );
    expect(await failure(client, 'fetch', { id: 'schema://retail/retail/payments' })).toMatchObject({
      code: 'VALIDATION_ERROR',
    });
    const { text } = await succeed(client, 'fetch', { id: 'schema://retail/retail/customers' });
    expect(text).toContain('***');
    expect(text).not.toMatch(/@\w+\./);
  });

  it('search every database, and one that is down stops nobody', async () => {
    const { client } = await startInProcess({
      PG_MCP_SERVER_TOOLSETS: 'search',
      PG_MCP_DATABASES: JSON.stringify([
        { name: 'up', url: database.url },
        { name: 'also_up', url: database.url },
        { name: 'down', url: 'postgresql://nobody@127.0.0.1:1/none' },
      ]),
    });
    expect(idsOf(await succeed(client, 'search', { query: 'orders' }))).toEqual(
      expect.arrayContaining(['schema://up/retail/orders', 'schema://also_up/retail/orders']),
    );
  });
});
