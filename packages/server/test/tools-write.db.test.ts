import { describe, expect, it } from 'vitest';
import { type Call, LOCAL_CALLER } from '../src/call.ts';
import type { StatementRecord } from '../src/statement-record.ts';
import { failure, startInProcess } from './in-process-client.ts';
import { useShop, write } from './shop-to-write.ts';

const { database, query, countOf, start } = useShop();

describe('execute_transaction', () => {
  it('is not there in the mode that only reads', async () => {
    const { client } = await startInProcess({ PG_MCP_DATABASE_URL: database.url });
    const names = (await client.listTools()).tools.map(({ name }) => name);
    for (const name of ['execute_transaction', 'batch_execute', 'execute_ddl']) expect(names).not.toContain(name);
    expect(await failure(client, 'execute_query', { sql: 'DELETE FROM shop.orders WHERE id = 1' })).toMatchObject({
      code: 'UNSAFE_SQL',
    });
  });

  it('previews exact rows with triggers and cascades, and writes nothing', async () => {
    const { client } = await start();
    const preview = await write(client, {
      queries: [{ sql: 'DELETE FROM shop.customers WHERE id = $1', params: [1] }],
    });
    expect(preview).toMatchObject({
      status: 'preview',
      changes: [
        { table: 'shop.audit', inserted: 2, updated: 0, deleted: 0 },
        { table: 'shop.customers', inserted: 0, updated: 0, deleted: 1 },
        { table: 'shop.orders', inserted: 0, updated: 0, deleted: 2 },
      ],
      results: [{ rows: 1 }],
    });
    expect(preview.confirmation_token).toMatch(/^[\w-]{24}$/);
    expect(await countOf('shop.customers')).toBe(3);
    expect(await countOf('shop.orders')).toBe(3);
    expect(await countOf('shop.audit')).toBe(0);
  });

  it('shows rows before and after', async () => {
    const { client } = await start();
    const { samples } = await write(client, {
      queries: [{ sql: "UPDATE shop.orders SET note = 'new' WHERE id = 10 RETURNING id, note" }],
    });
    const orders = samples?.find(({ table }) => table === 'shop.orders');
    expect(orders?.before?.rows).toEqual([[10, 1, '10.00', 'a']]);
    expect(orders?.after?.rows).toEqual([[10, 1, '10.00', 'new']]);
  });

  it('counts what deferred triggers do', async () => {
    await query(`CREATE CONSTRAINT TRIGGER late AFTER INSERT ON shop.cards DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION shop.log_order()`);
    const { client } = await start();
    const { changes } = await write(client, { queries: [{ sql: "INSERT INTO shop.cards VALUES (2, '5')" }] });
    expect(changes).toEqual([
      { table: 'shop.audit', inserted: 1, updated: 0, deleted: 0 },
      { table: 'shop.cards', inserted: 1, updated: 0, deleted: 0 },
    ]);
  });

  it('does not count what an earlier call of the same connection has changed', async () => {
    const { client } = await start({ PG_MCP_DATABASE_MAX_POOL_SIZE: '1' });
    const queries = [{ sql: "UPDATE shop.orders SET note = 'x' WHERE id = 10" }];
    for (let round = 0; round < 3; round += 1) {
      const { confirmation_token: token, changes } = await write(client, { queries });
      expect(changes.find(({ table }) => table === 'shop.orders')).toMatchObject({ updated: 1 });
      expect((await write(client, { queries, confirmation_token: token })).status).toBe('committed');
    }
  });

  it('needs one connection only, also for types that it has never seen and rows of masked tables', async () => {
    await query("CREATE TYPE shop.mood AS ENUM ('calm', 'wild'); ALTER TABLE shop.cards ADD COLUMN mood shop.mood");
    const { client } = await start({
      PG_MCP_DATABASE_MAX_POOL_SIZE: '1',
      PG_MCP_SECURITY_MASKED_COLUMNS: 'shop.customers.email',
    });
    const queries = [
      { sql: "INSERT INTO shop.cards VALUES (5, '5', 'wild') RETURNING mood" },
      { sql: 'SELECT email FROM shop.customers WHERE id = 1' },
    ];
    const { confirmation_token: token, results } = await write(client, { queries });
    expect(results.map(({ table }) => table?.rows)).toEqual([[['wild']], [['***']]]);
    expect((await write(client, { queries, confirmation_token: token })).results).toMatchObject([
      { rows: 1, table: { rows: [['wild']] } },
      { rows: 1, table: { rows: [['***']] } },
    ]);
  });

  it('says which statement failed, and writes none', async () => {
    const { client } = await start();
    const error = await failure(client, 'execute_transaction', {
      queries: [
        { sql: 'DELETE FROM shop.orders WHERE id = 10' },
        { sql: 'UPDATE shop.orders SET amount = -1 WHERE id = 11' },
      ],
    });
    expect(error).toMatchObject({ code: 'EXECUTION_ERROR', details: { sqlstate: '23514', statement: 2 } });
    expect(error.message).toMatch(/in statement 2; nothing was written/);
    expect(await countOf('shop.orders')).toBe(3);
  });

  it.each([
    ['DELETE FROM shop.orders', 'UNSAFE_SQL'],
    ['DELETE FROM shop.orders WHERE true', 'UNSAFE_SQL'],
    ['DROP TABLE shop.orders', 'UNSAFE_SQL'],
    ['COMMIT', 'UNSAFE_SQL'],
    ['DELETE FROM shop.orders WHERE id = 1; COMMIT', 'UNSAFE_SQL'],
    ['SET ROLE postgres', 'UNSAFE_SQL'],
    ["SELECT set_config('track_counts', 'off', false)", 'UNSAFE_SQL'],
    [
      "INSERT INTO shop.audit (what) SELECT query_to_xml('delete from shop.orders', true, true, '')::text",
      'UNSAFE_SQL',
    ],
    ['SHOW timezone', 'UNSAFE_SQL'],
    ['EXPLAIN SELECT 1', 'UNSAFE_SQL'],
    ['TRUNCATE shop.orders', 'UNSAFE_SQL'],
    ['DELETE FROM shop.orders WHERE id = $1', 'VALIDATION_ERROR'],
    ['DELETE FROM shop.nothing WHERE id = 1', 'SYNTAX_ERROR'],
    ['DELETE FORM shop.orders', 'SYNTAX_ERROR'],
  ])('refuses %s', async (sql, code) => {
    const { client } = await start();
    const error = await failure(client, 'execute_transaction', {
      queries: [{ sql: "UPDATE shop.orders SET note = 'written' WHERE id = 10" }, { sql }],
    });
    expect([code, 'UNSAFE_SQL']).toContain(error.code);
    expect((await query("SELECT count(*)::int AS n FROM shop.orders WHERE note = 'written'")).rows[0].n).toBe(0);
  });

  it.each([
    [{ queries: [] }, /at least one statement/],
    [{ queries: Array.from({ length: 51 }, () => ({ sql: 'SELECT 1' })) }, /at most 50/],
    [{ queries: [{ query: 'SELECT 1' }] }, /queries/],
    [{ sql: 'SELECT 1' }, /unknown argument "sql"/],
    [{ queries: [{ sql: 'SELECT 1' }], confirmation_token: '' }, /token of a preview/],
  ])('explains wrong arguments: %j', async (args, message) => {
    const { client } = await start();
    expect(await failure(client, 'execute_transaction', args)).toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringMatching(message),
    });
  });

  it('keeps to a narrower policy of the database and to the kinds that are allowed', async () => {
    const { client } = await start({ PG_MCP_SECURITY_ALLOWED_OPERATIONS: 'select, insert' });
    for (const sql of [
      'DELETE FROM shop.orders WHERE id = 10',
      'WITH d AS (DELETE FROM shop.orders WHERE id = 10 RETURNING id) SELECT * FROM d',
    ]) {
      expect(await failure(client, 'execute_transaction', { queries: [{ sql }] })).toMatchObject({
        code: 'UNSAFE_SQL',
      });
    }
    expect((await write(client, { queries: [{ sql: "INSERT INTO shop.cards VALUES (3, '1')" }] })).status).toBe(
      'preview',
    );
  });

  it('refuses to write to a table with hidden columns, and never shows their values', async () => {
    const { client } = await start({ PG_MCP_SECURITY_MASKED_COLUMNS: 'shop.orders.note' });
    const direct = { queries: [{ sql: "UPDATE shop.orders SET note = 'x' WHERE id = 10" }] };
    expect(await failure(client, 'execute_transaction', direct)).toMatchObject({ code: 'UNSAFE_SQL' });
    // Reached by a cascade: counted, and shown masked.
    const cascade = await write(client, { queries: [{ sql: 'DELETE FROM shop.customers WHERE id = 1' }] });
    const sample = cascade.samples?.find(({ table }) => table === 'shop.orders');
    expect(sample?.before?.rows.map((row) => row[3])).toEqual(['***', '***']);
  });

  it('shows no rows of a denied table that a trigger writes to', async () => {
    const { client } = await start({ PG_MCP_SECURITY_DENIED_TABLES: 'shop.audit' });
    const preview = await write(client, { queries: [{ sql: "UPDATE shop.orders SET note = 'x' WHERE id = 10" }] });
    expect(preview.changes.map(({ table }) => table)).toContain('shop.audit');
    expect(preview.samples?.map(({ table }) => table)).toEqual(['shop.orders']);
  });

  it('counts what TRUNCATE removes where the operator allows it', async () => {
    const { client } = await start({ PG_MCP_SECURITY_ALLOWED_OPERATIONS: 'truncate' });
    const queries = [{ sql: 'TRUNCATE shop.customers CASCADE' }];
    const { changes, confirmation_token: token } = await write(client, { queries });
    expect(changes).toEqual([
      { table: 'shop.customers', inserted: 0, updated: 0, deleted: 3 },
      { table: 'shop.orders', inserted: 0, updated: 0, deleted: 3 },
    ]);
    expect(await countOf('shop.orders')).toBe(3);
    await write(client, { queries, confirmation_token: token });
    expect(await countOf('shop.orders')).toBe(0);
  });

  it('records each statement once, with the rows it changed, refused ones too', async () => {
    const { services } = await start();
    const records: StatementRecord[] = [];
    const call: Call = {
      requestId: 'r',
      tool: 'execute_transaction',
      caller: LOCAL_CALLER,
      signal: new AbortController().signal,
      progress: () => undefined,
      record: (statement) => void records.push(statement),
    };
    const shop = services.databases.resolve(undefined);
    const preview = (...statements: string[]) =>
      services.executor.preview({ database: shop, statements: statements.map((sql) => ({ sql })), what: 'rows' }, call);
    await preview(
      "UPDATE shop.orders SET note = 'secret' WHERE customer_id = 1",
      'DELETE FROM shop.orders WHERE id = 12',
    );
    expect(records).toMatchObject([
      { kind: 'update', rows: 2, normalized: expect.not.stringContaining('secret') },
      { kind: 'delete', rows: 1 },
    ]);
    records.length = 0;
    await expect(
      preview("UPDATE shop.orders SET note = 'x' WHERE id = 10", 'DELETE FROM shop.orders'),
    ).rejects.toThrow();
    expect(records).toMatchObject([{ refusedBy: 'guard.statement' }]);
    records.length = 0;
    await expect(preview('CREATE TABLE shop.never (id int)')).rejects.toThrow();
    expect(records).toMatchObject([{ refusedBy: expect.any(String) }]);
  });

  it('changes every row only where the operator asks for that', async () => {
    const { client } = await start({ PG_MCP_SECURITY_ALLOWED_OPERATIONS: 'select, delete, unfiltered-delete' });
    const { changes } = await write(client, { queries: [{ sql: 'DELETE FROM shop.cards' }] });
    expect(changes).toEqual([{ table: 'shop.cards', inserted: 0, updated: 0, deleted: 1 }]);
  });

  it('ends a transaction that takes too long as a whole, and one whose call is cancelled', async () => {
    const { client, services } = await start({
      PG_MCP_SERVER_QUERY_TIMEOUT: '1s',
      PG_MCP_SECURITY_ALLOWED_FUNCTIONS: 'pg_sleep',
    });
    const slow = Array.from({ length: 4 }, () => ({ sql: 'SELECT pg_sleep(0.6)' }));
    const queries = [{ sql: 'DELETE FROM shop.orders WHERE id = 10' }, ...slow];
    expect(await failure(client, 'execute_transaction', { queries })).toMatchObject({
      code: 'EXECUTION_TIMEOUT',
      message: expect.stringMatching(/as a whole/),
    });
    const stopping = new AbortController();
    const call = {
      tool: 't',
      caller: LOCAL_CALLER,
      signal: stopping.signal,
      record: () => undefined,
    } as unknown as Call;
    const shop = services.databases.resolve(undefined);
    const running = services.executor.preview({ database: shop, statements: queries, what: 'rows' }, call);
    setTimeout(() => stopping.abort(), 200);
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await countOf('shop.orders')).toBe(3);
  });

  it('reports a server that does not count rows', async () => {
    await query(`ALTER DATABASE ${database.name} SET track_counts = off`);
    try {
      const { client } = await start();
      expect(
        await failure(client, 'execute_transaction', { queries: [{ sql: 'DELETE FROM shop.orders WHERE id = 10' }] }),
      ).toMatchObject({ code: 'EXECUTION_ERROR', message: expect.stringMatching(/track_counts/) });
    } finally {
      await query(`ALTER DATABASE ${database.name} RESET track_counts`);
    }
    expect(await countOf('shop.orders')).toBe(3);
  });
});

describe('batch_execute', () => {
  it('runs one statement for each set of values, all or none', async () => {
    const { client } = await start();
    const args = {
      query: 'INSERT INTO shop.orders (id, customer_id, amount) VALUES ($1, $2, $3)',
      params_list: [
        [30, 1, 1],
        [31, 2, '2.50'],
      ],
    };
    const { confirmation_token: token, results } = await write(client, args, 'batch_execute');
    expect(results).toEqual([{ rows: 1 }, { rows: 1 }]);
    await write(client, { ...args, confirmation_token: token }, 'batch_execute');
    expect(await countOf('shop.orders')).toBe(5);
    const bad = {
      ...args,
      params_list: [
        [40, 1, 1],
        [40, 1, 1],
      ],
    };
    expect(await failure(client, 'batch_execute', bad)).toMatchObject({
      details: { sqlstate: '23505', statement: 2 },
      message: expect.not.stringContaining('(40)'),
    });
    expect(await countOf('shop.orders')).toBe(5);
  });

  it.each([
    [{ query: 'SELECT $1', params_list: [] }, /at least one set/],
    [{ query: 'SELECT 1', params_list: [[{}]] }, /params_list/],
    [{ query: 'SELECT $1::int', params_list: [[1], [1, 2]] }, /parameter/],
  ])('explains wrong arguments: %j', async (args, message) => {
    const { client } = await start();
    expect((await failure(client, 'batch_execute', args)).message).toMatch(message);
  });
});
