import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuard } from '../src/index.ts';
import { readCorpusSchema, readHonestCases } from './corpus-files.ts';
import { sessionQuery, signatureQuery } from './server-signature.ts';
import { expressionSlots, honestExpressions, honestRelations, honestTypes, relationSlots, typeSlots } from './slots.ts';

// A server of its own: roles, locks, slots and files belong to the whole server, and tests of others change them meanwhile.
let server: EmbeddedPostgres;
const clients: pg.Client[] = [];
beforeAll(async () => {
  server = await startEmbeddedPostgres();
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await server?.stop();
});

async function connect(user = 'postgres'): Promise<pg.Client> {
  const url = new URL(server.url());
  url.username = user;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  clients.push(client);
  return client;
}

const guard = await createGuard({ engine: 'same-thread' });
afterAll(() => guard.close());

const statements = [
  ...readHonestCases().map(({ sql }) => sql),
  ...expressionSlots.flatMap((slot) =>
    honestExpressions.slice(0, 2).map((payload) => slot.replace('@', () => payload)),
  ),
  ...relationSlots.flatMap((slot) => honestRelations.slice(0, 1).map((payload) => slot.replace('@', () => payload))),
  ...typeSlots.flatMap((slot) => honestTypes.slice(0, 1).map((payload) => slot.replace('@', () => payload))),
];

describe('a statement that the guard calls read-only', () => {
  let owner: pg.Client;
  beforeAll(async () => {
    owner = await connect();
    await owner.query(readCorpusSchema());
  });

  for (const privileged of [false, true]) {
    it(`leaves a server as it was, run by ${privileged ? 'a superuser' : 'a role that may only read'}`, {
      timeout: 120_000,
    }, async () => {
      const session = privileged ? await connect() : await connectAsReader(owner);
      const one = async (client: pg.Client, text: string) =>
        (await client.query(text)).rows[0] as Record<string, unknown>;
      const before = await one(owner, signatureQuery);
      const sessionBefore = await one(session, sessionQuery);
      const syntaxErrors: string[] = [];
      let succeeded = 0;
      for (const [index, sql] of statements.entries()) {
        const verdict = await guard.check(sql);
        expect(verdict.allowed, sql).toBe(true);
        await session.query('BEGIN READ ONLY');
        await session.query("SET LOCAL statement_timeout = '300ms'");
        try {
          await session.query({ text: sql, values: [], queryMode: 'extended' } as pg.QueryConfig);
          succeeded += 1;
        } catch (error) {
          if (/^syntax error at (or near|end of input)/.test((error as Error).message))
            syntaxErrors.push(`${sql}: ${(error as Error).message}`);
        }
        await session.query('ROLLBACK');
        if (index % 50 === 0) expect(await one(owner, signatureQuery), sql).toEqual(before);
      }
      // A text that the guard can read and the server cannot means that the two disagree about what a statement is.
      expect(syntaxErrors).toEqual([]);
      expect(await one(owner, signatureQuery)).toEqual(before);
      expect(await one(session, sessionQuery)).toEqual(sessionBefore);
      expect(succeeded).toBeGreaterThan(readHonestCases().length * 0.95);
    });
  }

  it('runs when it is one of the questions of TPC-H and TPC-DS, every one', async () => {
    const failures: string[] = [];
    for (const { topic, sql } of readHonestCases().filter((item) => /decision/.test(item.topic)))
      await owner.query(sql).catch((error: Error) => failures.push(`${topic}: ${error.message}: ${sql}`));
    expect(failures).toEqual([]);
  });

  async function connectAsReader(admin: pg.Client): Promise<pg.Client> {
    await admin.query(
      'CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA public, retail TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA public, retail TO reader',
    );
    return connect('reader');
  }
});

describe('every function of the connected server', () => {
  it('is classified: accepted, or refused with a reason', async () => {
    const { builtins } = await import('../src/builtins.ts');
    const client = await connect();
    const { rows } = await client.query(
      "select distinct proname as name from pg_proc where pronamespace = 'pg_catalog'::regnamespace",
    );
    expect(rows.length).toBeGreaterThan(2_500);
    expect(rows.map((row) => row.name as string).filter((name) => !builtins.isFunction(name))).toEqual([]);
  });

  it('is accepted only when no overload that SQL can call is volatile, or when it is a reviewed exception', async () => {
    const { builtins } = await import('../src/builtins.ts');
    const { accepted } = await import('../scripts/function-rules.ts');
    const reviewed = new Set(accepted.trim().split(/\s+/));
    const client = await connect();
    const { rows } = await client.query(
      "select distinct proname as name from pg_proc where pronamespace = 'pg_catalog'::regnamespace and provolatile = 'v'",
    );
    const passing = rows
      .map((row) => row.name as string)
      .filter((name) => builtins.functionStatus(name, 18) === 'accepted' && !reviewed.has(name));
    expect(passing).toEqual([]);
  });

  it('shares its operators, types and catalogs with the generated lists', async () => {
    const { builtins } = await import('../src/builtins.ts');
    const { isSecretCatalog } = await import('../src/secret-catalogs.ts');
    const client = await connect();
    const operators = await client.query(
      "select distinct oprname as name from pg_operator where oprnamespace = 'pg_catalog'::regnamespace",
    );
    expect(operators.rows.filter((row) => !builtins.isOperator(row.name as string))).toEqual([]);
    const relations = await client.query(
      "select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'v')",
    );
    expect(relations.rows.filter((row) => !builtins.hasRelation(row.schema as string, row.name as string))).toEqual([]);
    // What nobody but the superuser may read is secret by PostgreSQL's own judgement.
    const closed = await client.query(
      "select c.relname as name from pg_class c where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind in ('r', 'v') and not has_table_privilege('public', c.oid, 'select') and not has_any_column_privilege('public', c.oid, 'select')",
    );
    expect(closed.rows.map((row) => row.name as string).filter((name) => !isSecretCatalog(name))).toEqual([]);
  });
});
