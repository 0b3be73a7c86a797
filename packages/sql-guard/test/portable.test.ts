import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readHostileCases } from '../src/corpus.ts';
import { createGuard } from '../src/index.ts';
import { createPortableGuard } from '../src/portable.ts';
import { readHonestCases } from './corpus-files.ts';
import {
  expressionSlots,
  honestExpressions,
  hostileExpressions,
  hostileRelations,
  hostileTypes,
  relationSlots,
  typeSlots,
} from './slots.ts';

// The same texts for every change; the nightly run looks at others.
fc.configureGlobal({ seed: Number(process.env['PGMCP_RANDOM_SEED'] ?? 1) });

const main = await createGuard({ engine: 'same-thread' });
const portable = createPortableGuard();
afterAll(() => main.close());

const namesIn = (relations: readonly { readonly schema?: string; readonly name: string }[]) =>
  [...new Set(relations.map(({ schema, name }) => JSON.stringify([schema, name])))].sort();

/** The rule of this entry: what it accepts, the main entry accepts. */
async function expectStricter(sql: string): Promise<boolean> {
  const verdict = portable.check(sql);
  if (!verdict.allowed) return false;
  const judged = await main.check(sql);
  // Where this parser takes for SQL what no server does, nothing can run.
  expect(judged.allowed || judged.violations[0].code === 'syntax', `${sql}\n${JSON.stringify(judged)}`).toBe(true);
  // A name that it reads as another would be judged as that.
  if (judged.allowed) expect(namesIn(judged.relations), sql).toEqual(namesIn(verdict.relations));
  return verdict.allowed;
}

describe('the portable guard', () => {
  it('accepts plain queries', () => {
    for (const sql of [
      'SELECT 1',
      'SELECT c.name, count(*) FROM customers c JOIN orders o ON o.customer_id = c.id WHERE o.total > 5 GROUP BY c.name ORDER BY 2 DESC LIMIT 10',
      "SELECT lower(name) || 'x', CAST(id AS text), id::numeric(10, 2), CASE WHEN id > 1 THEN 'a' ELSE 'b' END FROM public.customers",
      'WITH x AS (SELECT id FROM customers) SELECT * FROM x UNION ALL SELECT 1',
      'WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT * FROM t',
      "SELECT profile ->> 'age' FROM customers WHERE id IN (1, 2) AND name LIKE 'C%' AND created_at BETWEEN '2024-01-01' AND now()",
      'VALUES (1, 2), (3, 4)',
      'SELECT a*-1, b/-2 FROM t WHERE a=-1 AND b<=-2 AND c<>-3 AND d>+4',
      'SELECT sum(total) FILTER (WHERE total > 1) OVER (PARTITION BY status ORDER BY id) FROM orders',
    ]) {
      expect(portable.check(sql), sql).toMatchObject({ allowed: true });
    }
  });

  it('accepts long lists and VALUES within its bounds', () => {
    const list = Array.from({ length: 500 }, (_, n) => n).join(',');
    expect(portable.check(`SELECT a FROM t WHERE a IN (${list})`).allowed).toBe(true);
    expect(portable.check('WITH v AS (VALUES (1), (2)) SELECT 1 FROM v').allowed).toBe(true);
    expect(portable.check(`SELECT "a b" AS "c d" FROM t WHERE e = '" f"' AND "g" = ''`).allowed).toBe(true);
    expect(portable.check("SELECT a FROM t WHERE note = 'see (1). and values (2).'").allowed).toBe(true);
  });

  it('lists the relations without common table expressions', () => {
    const verdict = portable.check('WITH a AS (SELECT * FROM s.b), c AS (SELECT * FROM a) SELECT * FROM c, d');
    expect(verdict.allowed && verdict.relations.map(({ schema, name }) => `${schema ?? ''}.${name}`).sort()).toEqual([
      '.d',
      's.b',
    ]);
    expect(portable.check('WITH pg_authid AS (SELECT * FROM pg_authid) SELECT * FROM pg_authid').allowed).toBe(false);
  });

  it('refuses texts on which the two lexers may disagree', () => {
    for (const sql of [
      "SELECT first ||+ ')' FROM t",
      'SELECT 1 |/- 4',
      'SELECT a @-1 FROM t',
      'SELECT a <<= b FROM t',
      'SELECT 2 ~~- 1',
      'SELECT\u00a01',
      'SELECT 1\u2028FROM t',
      "SELECT E'\\n'",
      "SELECT 'a\\'",
      'SELECT U&"x"',
      'SELECT $$x$$',
      'SELECT \u212aind FROM t',
      'SELECT 1\v',
      // Names that it would read as others: " a" as a, a blank of another script as none, "a""b" with both quotes.
      'SELECT 1 FROM " customers"',
      'SELECT 1 FROM "customers\n"',
      'SELECT 1 FROM " "',
      'SELECT 1 FROM "cus""tomers"',
      'SELECT 1 FROM customers\u3000',
      'SELECT 1 FROM information_schema.triggers\u2003',
      'SELECT a\u1680FROM customers',
      'SELECT limit$1',
      'SELECT a FROM t WHERE b = c AND d$1',
      `SELECT '${'x'.repeat(4_096)}'`,
      "SELECT '\ud800'",
      // Its lexer would try both ways to read each of these spaces.
      `SELECT E'${' x'.repeat(40)}`,
      `SELECT E'x''${' x'.repeat(40)}`,
      // Each level of these takes it several times as long as the one before: minutes, and then years or all memory.
      `SELECT ${'(VALUES ('.repeat(30)}1${'))'.repeat(30)}`,
      `SELECT 1 WHERE ${'f('.repeat(100)}a${').b'.repeat(100)}`,
      `SELECT ${'('.repeat(600)}a${') \n.b'.repeat(600)}`,
      `SELECT ${'(SELECT 1 ORDER BY interval '.repeat(20)}'x'${' DESC)'.repeat(20)}`,
      `SELECT concat(a${',a'.repeat(1_500)})`,
      `INSERT INTO a VALUES (${'NOT '.repeat(900)}SELECT 1)`,
      `VALUES ((SELECT 1)${' UNION SELECT (SELECT 1 FROM t JOIN u ON f((SELECT 1), a))'.repeat(20)})`,
      '',
    ]) {
      expect(portable.check(sql), JSON.stringify(sql)).toMatchObject({
        allowed: false,
        violations: [{ code: 'input' }],
      });
    }
    for (const value of [undefined, null, 5, {}, []])
      expect(portable.check(value as unknown as string)).toMatchObject({
        allowed: false,
        violations: [{ code: 'input' }],
      });
  });

  it('refuses every hostile statement, in every slot', async () => {
    for (const { sql } of await readHostileCases()) expect(portable.check(sql).allowed, sql).toBe(false);
    const slots: readonly [readonly string[], readonly string[]][] = [
      [expressionSlots, hostileExpressions],
      [relationSlots, hostileRelations.filter((name) => name !== 'denied_table' && name !== 'vault.secrets')],
      [typeSlots, hostileTypes],
    ];
    for (const [places, payloads] of slots)
      for (const place of places)
        for (const payload of payloads)
          expect(portable.check(place.replace('@', () => payload)).allowed, place).toBe(false);
  }, 120_000);

  it('accepts nothing that the main entry refuses: honest statements', async () => {
    let accepted = 0;
    for (const { sql } of readHonestCases()) accepted += (await expectStricter(sql)) ? 1 : 0;
    for (const slot of expressionSlots)
      for (const payload of honestExpressions)
        accepted += (await expectStricter(slot.replace('@', () => payload))) ? 1 : 0;
    expect(accepted).toBeGreaterThan(300);
  }, 120_000);

  it('accepts nothing that the main entry refuses: mutations of both corpora', async () => {
    const texts = [...readHonestCases(), ...(await readHostileCases())]
      .map(({ sql }) => sql)
      .filter((sql) => sql.length < 400);
    const pieces = [
      '(',
      ')',
      ',',
      ' ',
      '"',
      "'",
      '--',
      '/*',
      '*/',
      ';',
      '.',
      '::',
      '$1',
      'SELECT ',
      ' FROM ',
      ' pg_authid ',
      ' pg_sleep(1) ',
      ' AS ',
      ' UNION ',
      ' x',
      '"pg_sleep"',
      '\n',
      '+',
      '-',
      '= ANY ',
      ' IN ',
      '1',
      "E'",
      ' USING ',
      '\u3000',
      '\u2003',
      '" customers"',
      '""',
      '$',
      ' limit$1',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...texts),
        fc.constantFrom(...texts),
        fc.constantFrom(...pieces),
        fc.nat(),
        fc.nat(),
        async (left, right, piece, first, second) => {
          const at = first % (left.length + 1);
          const from = second % (right.length + 1);
          await expectStricter(left.slice(0, at) + piece + left.slice(at));
          await expectStricter(left.slice(0, at) + right.slice(from));
          await expectStricter(left.slice(0, at) + left.slice(Math.min(at + (second % 7), left.length)));
        },
      ),
      { numRuns: 500 },
    );
  }, 120_000);

  it('follows deny lists, allow lists and parameters', () => {
    const guard = createPortableGuard({ tables: { allow: ['public.orders'] }, functions: { deny: ['lower'] } });
    expect(guard.check('SELECT * FROM orders').allowed).toBe(true);
    expect(guard.check('SELECT * FROM customers').allowed).toBe(false);
    expect(guard.check("SELECT lower('x')").allowed).toBe(false);
    expect(portable.check('SELECT * FROM t WHERE id = $1').allowed).toBe(false);
    expect(portable.check('SELECT * FROM t WHERE id = $1', { parameterCount: 1 }).allowed).toBe(true);
    expect(() => createPortableGuard({ tables: { permit: [] } } as never)).toThrow(/no option "permit"/);
    // What it does not obey it must not seem to obey.
    expect(() => createPortableGuard({ columns: { deny: ['a.b.c'] } } as never)).toThrow(/no option "columns"/);
    expect(() => createPortableGuard({ limits: { maxBytes: 10 } } as never)).toThrow(/takes no limits.maxBytes/);
    expect(() => createPortableGuard({ functions: { allow: ['f'] } } as never)).toThrow(/takes no functions.allow/);
    expect(() => guard.check('SELECT 1', { catalog: {} } as never)).toThrow(/no option "catalog"/);
    expect(() => guard.check('SELECT 1', { serverVersionNum: 'x' } as never)).toThrow(/serverVersionNum must be/);
    expect(() => guard.check('SELECT 1', null as never)).toThrow(/must be an object/);
  });
});
