import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Call } from '../src/call.ts';
import { failure } from './in-process-client.ts';
import { useShop, write } from './shop-to-write.ts';

const { query, countOf, start } = useShop();

describe('a preview of execute_transaction', () => {
  it('commits what was confirmed by its token, once', async () => {
    const { client } = await start();
    const args = {
      queries: [
        { sql: 'INSERT INTO shop.customers (id, name) VALUES ($1, $2)', params: [4, 'Barbara'] },
        { sql: 'INSERT INTO shop.orders (id, customer_id, amount) VALUES (13, 4, 5) RETURNING id' },
      ],
    };
    const { confirmation_token: token } = await write(client, args);
    const done = await write(client, { ...args, confirmation_token: token });
    expect(done).toMatchObject({ status: 'committed', results: [{ rows: 1 }, { rows: 1, table: { rows: [[13]] } }] });
    expect(await countOf('shop.orders')).toBe(4);
    expect(await countOf('shop.audit')).toBe(1);
    const again = await failure(client, 'execute_transaction', { ...args, confirmation_token: token });
    expect(again).toMatchObject({ code: 'CONFIRMATION_INVALID' });
  });

  it('refuses a token for other statements, values or databases, and withdraws it', async () => {
    const { client } = await start();
    const queries = [{ sql: 'DELETE FROM shop.orders WHERE id = $1', params: [10] }];
    const { confirmation_token: token } = await write(client, { queries });
    const other = [{ sql: 'DELETE FROM shop.orders WHERE id = $1', params: [11] }];
    for (const args of [{ queries: other }, { queries }]) {
      expect(await failure(client, 'execute_transaction', { ...args, confirmation_token: token })).toMatchObject({
        code: 'CONFIRMATION_INVALID',
      });
    }
    expect(await failure(client, 'execute_transaction', { queries, confirmation_token: 'made up' })).toMatchObject({
      code: 'CONFIRMATION_INVALID',
    });
    expect(await countOf('shop.orders')).toBe(3);
  });

  it('keeps the token of one tool from another', async () => {
    const { client } = await start();
    const sql = 'DELETE FROM shop.orders WHERE id = $1';
    const { confirmation_token: token } = await write(client, { queries: [{ sql, params: [10] }] });
    expect(
      await failure(client, 'batch_execute', { query: sql, params_list: [[10]], confirmation_token: token }),
    ).toMatchObject({ code: 'CONFIRMATION_INVALID' });
  });

  it('writes nothing when somebody has changed the data since the preview', async () => {
    const { client } = await start();
    const queries = [{ sql: 'DELETE FROM shop.orders WHERE customer_id = 1' }];
    const { confirmation_token: token } = await write(client, { queries });
    await query("INSERT INTO shop.orders VALUES (20, 1, 1, 'late')");
    const audited = await countOf('shop.audit');
    const refused = await failure(client, 'execute_transaction', { queries, confirmation_token: token });
    expect(refused).toMatchObject({ code: 'PREVIEW_CHANGED', message: expect.stringMatching(/Nothing was written/) });
    expect(refused.details).toMatchObject({
      previewed: { rows: expect.arrayContaining([expect.objectContaining({ table: 'orders', deleted: 2 })]) },
      now: { rows: expect.arrayContaining([expect.objectContaining({ table: 'orders', deleted: 3 })]) },
    });
    expect(await countOf('shop.orders')).toBe(4);
    expect(await countOf('shop.audit')).toBe(audited);
  });

  it('commits when other rows change in equal numbers, which nobody can tell from a clock or a sequence', async () => {
    const { client } = await start();
    const queries = [{ sql: 'DELETE FROM shop.orders WHERE customer_id = 1' }];
    const { confirmation_token: token } = await write(client, { queries });
    await query('UPDATE shop.orders SET customer_id = CASE id WHEN 10 THEN 2 ELSE 1 END WHERE id IN (10, 12)');
    expect((await write(client, { queries, confirmation_token: token })).status).toBe('committed');
    expect((await query('SELECT id FROM shop.orders')).rows).toEqual([{ id: 10 }]);
  });

  it('lets one of two win that confirm at once', async () => {
    const { client } = await start();
    const args = { queries: [{ sql: "INSERT INTO shop.cards SELECT max(id) + 1, 'x' FROM shop.cards" }] };
    const { confirmation_token: token } = await write(client, args);
    const both = await Promise.all(
      [1, 2].map(() =>
        client.callTool({ name: 'execute_transaction', arguments: { ...args, confirmation_token: token } }),
      ),
    );
    expect(both.filter(({ isError }) => isError)).toHaveLength(1);
    expect(await countOf('shop.cards')).toBe(2);
  });

  it('does not take the token of another caller', async () => {
    const { client, services } = await start();
    const sql = 'DELETE FROM shop.orders WHERE id = 10';
    const { confirmation_token: token = '' } = await write(client, { queries: [{ sql }] });
    const request = { database: services.databases.resolve(undefined), statements: [{ sql }], what: 'rows' } as const;
    const stranger = { tool: 'execute_transaction', caller: { id: 'stranger', scopes: 'all' } } as unknown as Call;
    await expect(services.confirmations.take(token, request, stranger)).rejects.toMatchObject({
      code: 'CONFIRMATION_INVALID',
    });
  });

  it('forgets a preview after its time', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const { client } = await start({ PG_MCP_SECURITY_CONFIRMATION_TTL: '10s' });
    const args = { queries: [{ sql: 'DELETE FROM shop.orders WHERE id = 10' }] };
    const { confirmation_token: token } = await write(client, args);
    vi.setSystemTime(Date.now() + 11_000);
    expect(await failure(client, 'execute_transaction', { ...args, confirmation_token: token })).toMatchObject({
      code: 'CONFIRMATION_INVALID',
    });
  });
});
