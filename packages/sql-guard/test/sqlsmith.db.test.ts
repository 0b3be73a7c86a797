import { execFileSync, spawnSync } from 'node:child_process';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { mayTestWith } from '@pgmcp/testing/programs';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuard } from '../src/index.ts';
import { readCorpusSchema } from './corpus-files.ts';
import { sessionQuery, signatureQuery } from './server-signature.ts';
import { hostileExpressions } from './slots.ts';

/** `GUARD_SQLSMITH_QUERIES` and `GUARD_SQLSMITH_SEED`: more of them, or others, for a nightly run. */
const queries = Number(process.env['GUARD_SQLSMITH_QUERIES'] ?? 300);
const seed = Number(process.env['GUARD_SQLSMITH_SEED'] ?? 1);
const installed = mayTestWith('sqlsmith', spawnSync('sqlsmith', ['--version']).error === undefined);

let server: EmbeddedPostgres;
let owner: pg.Client;
let statements: readonly string[] = [];
const readOnly = await createGuard({ engine: 'same-thread' });
const standard = await createGuard({
  engine: 'same-thread',
  mode: 'standard',
  statements: { allow: ['unfiltered-update', 'unfiltered-delete'] },
});

beforeAll(async () => {
  if (!installed) return;
  server = await startEmbeddedPostgres();
  owner = new pg.Client({ connectionString: server.url() });
  await owner.connect();
  await owner.query(readCorpusSchema());
  const { hostname, port, username, pathname } = new URL(server.url());
  const output = execFileSync(
    'sqlsmith',
    [
      `--target=host=${hostname} port=${port} dbname=${pathname.slice(1)} user=${username}`,
      '--dry-run',
      '--exclude-catalog',
      `--max-queries=${queries}`,
      `--seed=${seed}`,
    ],
    { encoding: 'utf8', maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  // It writes no literal with a line break, so that nothing else ends a line like this.
  statements = output
    .split(/;\n/)
    .map((sql) => sql.trim())
    .filter((sql) => sql !== '');
}, 120_000);
afterAll(async () => {
  await Promise.all([readOnly.close(), standard.close(), owner?.end()]);
  await server?.stop();
});

/** Reasons that are names on no list, or sizes: sqlsmith calls every function that a superuser may. */
const reasonsOfNames = new Set(['function', 'type', 'operator', 'relation', 'statement', 'size', 'input']);

describe.skipIf(!installed)(
  installed
    ? `${queries} statements of sqlsmith`
    : 'SKIPPED: sqlsmith is not installed (scripts/install-test-servers.sh)',
  () => {
    it('are read, and refused for names alone', { timeout: 300_000 }, async () => {
      expect(statements.length).toBeGreaterThan(queries * 0.9);
      const wrong: string[] = [];
      let allowed = 0;
      for (const sql of statements) {
        const verdict = await standard.check(sql);
        if (verdict.allowed) allowed += 1;
        else if (verdict.violations.some(({ code }) => !reasonsOfNames.has(code)))
          wrong.push(`${sql}\n${JSON.stringify(verdict.violations)}`);
      }
      expect(wrong).toEqual([]);
      expect(allowed).toBeGreaterThan(queries * 0.1);
    });

    it('leave nothing on the server when the guard calls them read-only', { timeout: 600_000 }, async () => {
      const session = new pg.Client({ connectionString: server.url() });
      await session.connect();
      const one = async (client: pg.Client, text: string) =>
        (await client.query(text)).rows[0] as Record<string, unknown>;
      const before = await one(owner, signatureQuery);
      const sessionBefore = await one(session, sessionQuery);
      const syntaxErrors: string[] = [];
      let ran = 0;
      for (const sql of statements) {
        if (!(await readOnly.check(sql)).allowed) continue;
        ran += 1;
        await session.query("BEGIN READ ONLY; SET LOCAL statement_timeout = '200ms'");
        await session.query({ text: sql, values: [], queryMode: 'extended' } as pg.QueryConfig).catch((error) => {
          if (/^syntax error at (?:or near|end of input)/.test((error as Error).message)) syntaxErrors.push(sql);
        });
        await session.query('ROLLBACK');
      }
      expect(ran).toBeGreaterThan(queries * 0.1);
      expect(syntaxErrors).toEqual([]);
      expect(await one(owner, signatureQuery)).toEqual(before);
      expect(await one(session, sessionQuery)).toEqual(sessionBefore);
      await session.end();
    });

    it('get through no more with one hostile expression in the place of a value', { timeout: 300_000 }, async () => {
      const value = /cast\(null as (?:"[a-z]+"|[a-z0-9_]+)\)/g;
      const candidates = statements.filter((sql) => sql.length < 20_000 && sql.search(value) >= 0);
      expect(candidates.length).toBeGreaterThan(queries * 0.3);
      for (const [index, sql] of candidates.entries()) {
        const places = [...sql.matchAll(value)];
        const place = places[(index * 7919) % places.length];
        const payload = hostileExpressions[index % hostileExpressions.length] ?? '';
        if (!place) continue;
        const attack = `${sql.slice(0, place.index)}(${payload})${sql.slice(place.index + place[0].length)}`;
        expect((await readOnly.check(attack)).allowed, attack).toBe(false);
      }
    });

    it('cannot be cut and mixed into a text that breaks the parser', { timeout: 600_000 }, async () => {
      const short = statements.filter((sql) => sql.length < 4_000);
      const reference = 'SELECT a.b, count(*) FROM s.a GROUP BY 1';
      const expected = await readOnly.check(reference);
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...short),
          fc.constantFrom(...short),
          fc.nat(),
          fc.nat(),
          fc.string({ unit: 'binary', maxLength: 5 }),
          async (one, other, from, to, noise) => {
            const sql = one.slice(0, from % one.length) + noise + other.slice(to % other.length);
            const verdict = await readOnly.check(sql);
            if (!verdict.allowed) expect(verdict.violations[0].code, sql).not.toBe('parser');
          },
        ),
        { seed, numRuns: Math.max(1_000, queries) },
      );
      expect(await readOnly.check(reference)).toEqual(expected);
    });
  },
);
