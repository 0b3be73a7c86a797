import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Call, LOCAL_CALLER, type Scope } from '../src/call.ts';
import type { StatementRecord } from '../src/statement-record.ts';
import { failure, startInProcess, succeed } from './in-process-client.ts';
import { POLICY_FIXTURE } from './policy-fixture.ts';

const database = useDatabase();
let admin: pg.Client;

beforeAll(async () => {
  admin = await database.connect();
});

beforeEach(async () => {
  await admin.query(`DROP SCHEMA IF EXISTS shop CASCADE; ${POLICY_FIXTURE}`);
});

const start = (more: Record<string, string> = {}) =>
  startInProcess({
    PG_MCP_DATABASE_NAME: 'shop',
    PG_MCP_DATABASE_URL: database.url,
    PG_MCP_SECURITY_MODE: 'standard',
    ...more,
  });

const countOf = async (table: string) => Number((await admin.query(`SELECT count(*) FROM ${table}`)).rows[0].count);

type Write = {
  status: string;
  changes: { table: string; inserted: number; updated: number; deleted: number }[];
  results: { rows: number; table?: { rows: unknown[][] } }[];
  samples?: { table: string; before?: { rows: unknown[][] }; after?: { rows: unknown[][] } }[];
  confirmation_token?: string;
  objects?: { change: string; kind: string; name: string }[];
};

async function write(
  client: Parameters<typeof succeed>[0],
  args: Record<string, unknown>,
  tool = 'execute_transaction',
) {
  return (await succeed(client, tool, args)) as unknown as Write;
}

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
    await admin.query("INSERT INTO shop.orders VALUES (20, 1, 1, 'late')");
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

  it('counts what deferred triggers do', async () => {
    await admin.query(`CREATE CONSTRAINT TRIGGER late AFTER INSERT ON shop.cards DEFERRABLE INITIALLY DEFERRED
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
    await admin.query(
      "CREATE TYPE shop.mood AS ENUM ('calm', 'wild'); ALTER TABLE shop.cards ADD COLUMN mood shop.mood",
    );
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
    expect((await admin.query("SELECT count(*)::int AS n FROM shop.orders WHERE note = 'written'")).rows[0].n).toBe(0);
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
    await admin.query(`ALTER DATABASE ${database.name} SET track_counts = off`);
    try {
      const { client } = await start();
      expect(
        await failure(client, 'execute_transaction', { queries: [{ sql: 'DELETE FROM shop.orders WHERE id = 10' }] }),
      ).toMatchObject({ code: 'EXECUTION_ERROR', message: expect.stringMatching(/track_counts/) });
    } finally {
      await admin.query(`ALTER DATABASE ${database.name} RESET track_counts`);
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

describe('execute_ddl', () => {
  const asAdmin = { PG_MCP_SECURITY_MODE: 'admin' };

  it('is there in the admin mode only', async () => {
    const { client } = await start();
    expect((await client.listTools()).tools.map(({ name }) => name)).not.toContain('execute_ddl');
  });

  it('previews objects, and changes them once confirmed', async () => {
    const { client } = await start(asAdmin);
    const args = {
      statements: [
        'CREATE TABLE shop.tags (id int PRIMARY KEY, tag text)',
        'ALTER TABLE shop.orders ADD COLUMN weight int',
        'DROP VIEW shop.contacts',
        'CREATE INDEX orders_note ON shop.orders (note)',
        'ALTER TABLE shop.big RENAME TO large',
      ],
    };
    const preview = await write(client, args, 'execute_ddl');
    expect(preview.objects).toEqual(
      expect.arrayContaining([
        { change: 'created', kind: 'table', name: 'shop.tags' },
        { change: 'created', kind: 'index', name: 'shop.orders_note' },
        { change: 'altered', kind: 'column', name: 'shop.orders.weight' },
        { change: 'dropped', kind: 'view', name: 'shop.contacts' },
        { change: 'altered', kind: 'table', name: 'shop.big, now shop.large' },
      ]),
    );
    expect((await admin.query("SELECT to_regclass('shop.tags') AS t")).rows[0].t).toBeNull();
    const done = await write(client, { ...args, confirmation_token: preview.confirmation_token }, 'execute_ddl');
    expect(done.status).toBe('committed');
    expect((await admin.query("SELECT to_regclass('shop.tags')::text AS t")).rows[0].t).toBe('shop.tags');
  });

  it('shows what a CASCADE takes with it', async () => {
    const { client } = await start(asAdmin);
    const preview = await write(client, { statements: ['DROP TABLE shop.cards CASCADE'] }, 'execute_ddl');
    expect(preview.objects).toEqual(
      expect.arrayContaining([
        { change: 'dropped', kind: 'table', name: 'shop.cards' },
        { change: 'dropped', kind: 'view', name: 'shop.card_view' },
      ]),
    );
  });

  it.each([
    'DELETE FROM shop.orders',
    'SELECT 1',
    'VACUUM shop.orders',
    'CREATE ROLE intruder',
    'ALTER SYSTEM SET work_mem = 1',
    "COPY shop.orders TO PROGRAM 'id'",
    'DO $$ BEGIN END $$',
    'CREATE FUNCTION shop.f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
    'GRANT ALL ON shop.orders TO PUBLIC',
    'DROP TABLE shop.orders; DROP TABLE shop.customers',
  ])('refuses %s', async (sql) => {
    const { client } = await start(asAdmin);
    expect(await failure(client, 'execute_ddl', { statements: [sql] })).toMatchObject({ code: 'UNSAFE_SQL' });
  });
});

describe('maintain_table', () => {
  const asAdmin = { PG_MCP_SECURITY_MODE: 'admin' };

  it.each(['vacuum', 'vacuum_analyze', 'analyze', 'reindex'])('runs %s', async (operation) => {
    const { client } = await start(asAdmin);
    const done = await succeed(client, 'maintain_table', { table: 'shop.big', operation });
    expect(done).toMatchObject({ table: 'shop.big', operation, bytes_before: expect.any(Number) });
    expect(done['bytes_after']).toBeGreaterThan(0);
  });

  it('shrinks nothing of a table but what is dead', async () => {
    await admin.query('ALTER TABLE shop.big SET (autovacuum_enabled = off); DELETE FROM shop.big');
    const { client } = await start(asAdmin);
    const done = await succeed(client, 'maintain_table', { table: 'big', operation: 'vacuum' });
    expect(done['bytes_after']).toBeLessThan(Number(done['bytes_before']));
  });

  it('takes names from the catalog only, whatever they hold', async () => {
    await admin.query('CREATE TABLE shop."odd; DROP TABLE shop.cards" (id int)');
    const { client } = await start(asAdmin);
    await succeed(client, 'maintain_table', { table: 'shop."odd; DROP TABLE shop.cards"', operation: 'analyze' });
    expect(await countOf('shop.cards')).toBe(1);
  });

  it.each([
    [{ table: 'shop.crads', operation: 'vacuum' }, 'VALIDATION_ERROR', /Did you mean shop.cards/],
    [{ table: 'shop.cards; DROP TABLE shop.cards', operation: 'vacuum' }, 'VALIDATION_ERROR', /No such table in/],
    [{ table: 'shop.contacts', operation: 'vacuum' }, 'VALIDATION_ERROR', /is a view/],
    [{ table: 'shop.cards', operation: 'vacuum_full' }, 'VALIDATION_ERROR', /operation/],
    [{ table: '', operation: 'vacuum' }, 'VALIDATION_ERROR', /name a table/],
    [{ table: 'pg_catalog.pg_class', operation: 'vacuum' }, 'VALIDATION_ERROR', /No such table in/],
  ])('refuses %j', async (args, code, message) => {
    const { client } = await start(asAdmin);
    expect(await failure(client, 'maintain_table', args)).toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('keeps to the policy: mode, kinds, denied tables', async () => {
    const { client } = await start();
    expect((await client.listTools()).tools.map(({ name }) => name)).not.toContain('maintain_table');
    const blocked = await start({ ...asAdmin, PG_MCP_SECURITY_BLOCKED_KEYWORDS: 'VACUUM' });
    expect(await failure(blocked.client, 'maintain_table', { table: 'shop.big', operation: 'vacuum' })).toMatchObject({
      code: 'UNSAFE_SQL',
    });
    const denied = await start({ ...asAdmin, PG_MCP_SECURITY_DENIED_TABLES: 'shop.cards' });
    expect(await failure(denied.client, 'maintain_table', { table: 'shop.cards', operation: 'vacuum' })).toMatchObject({
      code: 'VALIDATION_ERROR',
    });
  });
});

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
    await admin.query(`GRANT USAGE ON SCHEMA shop TO ${role.name}; GRANT SELECT, DELETE ON shop.cards TO ${role.name}`);
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
