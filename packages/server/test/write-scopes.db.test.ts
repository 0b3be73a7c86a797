import { describe, expect, it } from 'vitest';
import type { Call, Scope } from '../src/call.ts';
import { useShop } from './shop-to-write.ts';

const { database, query, start } = useShop();

describe('callers with fewer scopes', () => {
  const callOf = (...scopes: Scope[]): Call => ({
    requestId: 'r',
    tool: 't',
    caller: { id: 'someone', scopes: new Set(scopes) },
    signal: new AbortController().signal,
    progress: () => undefined,
    record: () => undefined,
  });

  it('are refused by the executor itself, whatever tool asks', async () => {
    const { services } = await start({ PG_MCP_SECURITY_MODE: 'admin' });
    const shop = services.databases.resolve(undefined);
    const { executor } = services;
    const rows = {
      database: shop,
      statements: [{ sql: 'DELETE FROM shop.cards WHERE id = 1' }],
      what: 'rows',
    } as const;
    const ddl = { database: shop, statements: [{ sql: 'DROP TABLE shop.cards' }], what: 'structure' } as const;
    const vacuum = { database: shop, operation: 'vacuum', schema: 'shop', table: 'cards' } as const;
    const denied = { code: 'ACCESS_DENIED' };
    await expect(executor.preview(rows, callOf('db:read'))).rejects.toMatchObject(denied);
    await expect(executor.commit(rows, { rows: [], objects: [] }, callOf('db:read'))).rejects.toMatchObject(denied);
    await expect(executor.preview(ddl, callOf('db:read', 'db:write'))).rejects.toMatchObject(denied);
    await expect(executor.maintain(vacuum, callOf('db:read', 'db:write'))).rejects.toMatchObject(denied);
    await expect(executor.read({ database: shop, sql: 'SELECT 1' }, callOf())).rejects.toMatchObject(denied);
    expect(await executor.preview(rows, callOf('db:write'))).toMatchObject({ changes: { rows: [{ deleted: 1 }] } });
  });

  it('write as the role that the database gives them', async () => {
    const role = await database.createRole('writer', { login: false });
    await query(`GRANT USAGE ON SCHEMA shop TO ${role.name}; GRANT SELECT, DELETE ON shop.cards TO ${role.name}`);
    const { services } = await start({
      PG_MCP_SECURITY_MODE: 'admin',
      PG_MCP_DATABASE_ISOLATION: 'role',
      PG_MCP_DATABASE_ROLES: role.name,
    });
    const shop = services.databases.resolve(undefined);
    const preview = (sql: string) =>
      services.executor.preview({ database: shop, statements: [{ sql }], what: 'rows' }, callOf('db:admin'));
    await expect(preview('DELETE FROM shop.orders WHERE id = 10')).rejects.toMatchObject({
      details: { sqlstate: '42501' },
    });
    await expect(preview('DELETE FROM shop.cards WHERE id = 1')).resolves.toMatchObject({
      changes: { rows: [{ table: 'cards', deleted: 1 }] },
      samples: [{ table: 'cards' }],
    });
    // Outside a transaction there is no role to run as.
    const vacuum = { database: shop, operation: 'vacuum', schema: 'shop', table: 'cards' } as const;
    await expect(services.executor.maintain(vacuum, callOf('db:admin'))).rejects.toMatchObject({
      code: 'ACCESS_DENIED',
      message: expect.stringMatching(/keeps callers apart/),
    });
  });
});
