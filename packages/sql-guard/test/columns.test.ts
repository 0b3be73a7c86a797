import { afterAll, describe, expect, it } from 'vitest';
import { createGuard } from '../src/index.ts';
import { columns, snapshot, view } from './columns-catalog.ts';
import { expressionSlots } from './slots.ts';

const guard = await createGuard({ engine: 'same-thread', catalog: snapshot, columns });
afterAll(() => guard.close());

async function codesOf(sql: string): Promise<string | readonly string[]> {
  const verdict = await guard.check(sql);
  return verdict.allowed ? 'allowed' : [...new Set(verdict.violations.map(({ code }) => code))];
}

describe('a statement that touches no protected column', () => {
  const statements = [
    'SELECT id, name FROM customers',
    "SELECT c.id FROM customers c WHERE c.name = 'x' ORDER BY c.created_at",
    'SELECT count(*) FROM customers',
    "SELECT o.email FROM orders o WHERE o.email LIKE 'a%'",
    'SELECT o.email, c.name FROM orders o JOIN customers c ON c.id = o.customer_id',
    'SELECT * FROM orders',
    'SELECT o.* FROM orders o JOIN customers c ON c.id = o.customer_id',
    "SELECT * FROM plain WHERE name > 'a'",
    'WITH x AS (SELECT id, name FROM customers) SELECT * FROM x ORDER BY name',
    'SELECT id FROM customers WHERE EXISTS (SELECT * FROM orders WHERE orders.customer_id = customers.id)',
    'SELECT s.id FROM (SELECT id, email FROM customers) s',
    'WITH x AS (SELECT * FROM contacts) SELECT id FROM x',
    'SELECT 1 FROM customers, LATERAL (SELECT name) l',
    'WITH RECURSIVE t AS (SELECT id, name FROM customers UNION ALL SELECT t.id, t.name FROM t) SELECT * FROM t',
    'SELECT id, row_number() OVER (PARTITION BY name ORDER BY id) FROM customers',
    'SELECT tag FROM customers, unnest(tags) AS tag',
    'EXPLAIN SELECT id FROM customers',
    'SELECT relname FROM pg_class',
    'SELECT ctid, id FROM customers',
    "SELECT email FROM (SELECT name AS email FROM customers) x WHERE email > 'a'",
    'SELECT c.id, g.* FROM customers c, generate_series(1, 2) AS g',
    'SELECT c.name, generate_series.generate_series FROM customers c, generate_series(1, 2)',
    'SELECT public.customers.name FROM customers',
    'SELECT * FROM unnest(ARRAY[1]) UNION ALL SELECT id FROM customers',
    'SELECT id FROM people_other',
    'SELECT id FROM visits',
    "SELECT id FROM members WHERE label > '#1' ORDER BY label",
    'SELECT c.name FROM customers c NATURAL JOIN (SELECT id FROM orders) AS o',
  ];
  for (const sql of statements) it(`passes: ${sql}`, async () => expect(await codesOf(sql)).toBe('allowed'));
});

describe('a view whose definition cannot be read', () => {
  it('is refused, the first time and every time', async () => {
    const relations = [...snapshot.relations, view('unread', ['id'], 'SELECT id FROM WHERE')];
    const other = await createGuard({ engine: 'same-thread', catalog: { ...snapshot, relations }, columns });
    for (const sql of ['SELECT id FROM unread', 'SELECT id FROM public.unread'])
      expect(await other.check(sql)).toMatchObject({
        allowed: false,
        violations: [{ code: 'column' }, { code: 'relation' }],
      });
    await other.close();
  });
});

describe('a masked column', () => {
  const outputs: readonly [string, readonly number[]][] = [
    ['SELECT email FROM customers', [0]],
    ['SELECT id, c.email AS contact FROM public.customers c', [1]],
    ['SELECT public.customers.email FROM public.customers', [0]],
    ['SELECT e FROM (SELECT email AS e FROM customers) s', [0]],
    ['SELECT * FROM (SELECT id, email FROM customers) s', [1]],
    ['WITH x (a, b) AS (SELECT id, email FROM customers) SELECT b, a FROM x', [0]],
    ['SELECT contact FROM contacts', [0]],
    ['SELECT * FROM contacts_of_contacts', [1]],
    ['SELECT m.mail, m.who FROM contacts_of_contacts AS m', [0]],
    ['SELECT x.b FROM contacts AS x (a, b)', [0]],
    ['SELECT id FROM orders UNION ALL SELECT email FROM customers', [0]],
    ['SELECT email FROM people', [0]],
    ['SELECT email FROM people_eu', [0]],
    [
      "WITH RECURSIVE t AS (SELECT id, email FROM customers UNION ALL SELECT t.id, t.email FROM t WHERE t.id > '1') SELECT email FROM t",
      [0],
    ],
    ['SELECT o.id, c.email FROM orders o JOIN customers c ON c.id = o.customer_id ORDER BY o.id', [1]],
    ['SELECT l.email FROM customers c, LATERAL (SELECT c.email) l', [0]],
    ['SELECT j.b FROM (contacts JOIN orders ON orders.id = contacts.id) AS j (a, b)', [0]],
    ['SELECT public.customers.email FROM customers', [0]],
    ['SELECT email FROM people_other', [0]],
    ['SELECT * FROM contacts JOIN orders USING (id)', [1]],
    ['SELECT * FROM orders o RIGHT JOIN contacts c USING (id)', [4]],
    ['SELECT * FROM orders NATURAL JOIN contacts', [4]],
    ['SELECT * FROM (orders JOIN plain USING (id)) JOIN contacts USING (id), orders AS o', [5]],
    [
      'SELECT x.*, c.email FROM orders u, customers c, LATERAL (SELECT u.* FROM plain a JOIN plain b USING (id) AS u) x',
      [1],
    ],
    ['SELECT DISTINCT ON (name) name, email FROM customers ORDER BY name, id', [1]],
    ['SELECT id, email FROM members', [1]],
  ];
  for (const [sql, indexes] of outputs) {
    it(`may be returned as it stands, and its place is told: ${sql}`, async () => {
      const verdict = await guard.check(sql);
      expect(verdict.allowed || verdict.violations).toBe(true);
      expect(verdict.allowed && verdict.columns?.map(({ outputIndex }) => outputIndex)).toEqual(indexes);
      expect(
        verdict.allowed && verdict.columns?.every(({ column, use }) => column === 'email' && use === 'output'),
      ).toBe(true);
    });
  }

  it('is masked with the whole row that a column of another table holds', async () => {
    expect(await guard.check('SELECT * FROM visits')).toMatchObject({
      allowed: true,
      columns: [
        { table: 'visits', column: 'visitor', outputIndex: 1 },
        { table: 'visits', column: 'others', outputIndex: 2 },
      ],
    });
  });

  it('is masked beside a literal, which takes its type', async () => {
    for (const sql of [
      'SELECT points FROM customers UNION ALL SELECT 0',
      'SELECT NULL UNION ALL SELECT points FROM customers',
    ])
      expect(await guard.check(sql), sql).toMatchObject({ allowed: true, columns: [{ outputIndex: 0, mixed: true }] });
  });

  it('is masked with the rows that hold such rows, in composites and domains too', async () => {
    for (const sql of [
      'SELECT v FROM a_diary',
      'SELECT pair FROM pairs',
      'SELECT pairs.pairs FROM pairs',
      'TABLE persons',
    ])
      expect(await guard.check(sql), sql).toMatchObject({ allowed: true, columns: [{ use: 'output' }] });
  });

  it('is masked with the columns that are generated from it', async () => {
    expect(await guard.check('SELECT * FROM members')).toMatchObject({
      allowed: true,
      columns: [
        { table: 'members', column: 'email', outputIndex: 1 },
        { table: 'members', column: 'handle', outputIndex: 2 },
        { table: 'members', column: 'unread', outputIndex: 4 },
      ],
    });
  });

  it('is told apart where UNION ALL puts other values beside it', async () => {
    const mixedOf = async (sql: string) => {
      const verdict = await guard.check(sql);
      return verdict.allowed && verdict.columns?.map(({ mixed }) => mixed ?? false);
    };
    expect(await mixedOf("SELECT email FROM customers UNION ALL SELECT 'guess'")).toEqual([true]);
    expect(await mixedOf("SELECT s.e FROM (SELECT 'guess' AS e UNION ALL SELECT email FROM customers) AS s")).toEqual([
      true,
    ]);
    expect(
      await mixedOf("WITH RECURSIVE t AS (SELECT 'guess' AS e UNION ALL SELECT c.email FROM t, customers c) TABLE t"),
    ).toEqual([true]);
    expect(await mixedOf('SELECT email FROM customers UNION ALL SELECT email FROM people_eu')).toEqual([false, false]);
  });

  const indirect = [
    "SELECT email || '' FROM customers",
    'SELECT lower(email) FROM customers',
    'SELECT email::text FROM customers',
    'SELECT (email) COLLATE "C" FROM customers',
    "SELECT id FROM customers WHERE email = 'a'",
    'SELECT id FROM customers ORDER BY email',
    'SELECT id, email FROM customers ORDER BY email',
    'SELECT id, email FROM customers ORDER BY 2',
    'SELECT id, email AS e FROM customers ORDER BY e',
    'SELECT DISTINCT email FROM customers',
    'SELECT DISTINCT ON (email) id FROM customers',
    'SELECT email FROM customers GROUP BY email',
    'SELECT email, count(*) FROM customers GROUP BY 1',
    'SELECT email AS e, count(*) FROM customers GROUP BY e',
    'SELECT count(*) FROM customers GROUP BY GROUPING SETS ((email), ())',
    'SELECT id, email FROM customers GROUP BY (1, 2)',
    'SELECT email AS e, count(*) FROM customers GROUP BY (e, id)',
    'SELECT email AS e, count(*) FROM customers GROUP BY GROUPING SETS ((e, id), ())',
    'SELECT email, id FROM customers GROUP BY ROLLUP (2, (1, 2))',
    'SELECT count(DISTINCT email) FROM customers',
    'SELECT min(email) FROM customers',
    "SELECT count(*) FROM customers HAVING max(email) > 'a'",
    "SELECT string_agg(name, ',' ORDER BY email) FROM customers",
    'SELECT rank() OVER (ORDER BY email) FROM customers',
    'SELECT rank() OVER w FROM customers WINDOW w AS (PARTITION BY email)',
    'SELECT c.id FROM customers c JOIN orders o ON o.email = c.email',
    'SELECT 1 FROM customers JOIN orders USING (email)',
    'SELECT 1 FROM customers NATURAL JOIN orders',
    'SELECT email FROM customers UNION SELECT email FROM orders',
    'SELECT email FROM customers INTERSECT SELECT email FROM orders',
    'SELECT id FROM orders WHERE email IN (SELECT email FROM customers)',
    'SELECT (SELECT email FROM customers LIMIT 1)',
    'SELECT ARRAY(SELECT email FROM customers)',
    'SELECT c FROM customers c',
    'SELECT customers FROM customers',
    'SELECT (c).email FROM customers c',
    'SELECT (c.*)::text FROM customers c',
    'SELECT row_to_json(c) FROM customers c',
    'SELECT to_jsonb(c.*) FROM customers c',
    'SELECT c.to_jsonb FROM customers c',
    'SELECT c.md5 FROM contacts c',
    'SELECT json_agg(c) FROM contacts c',
    'SELECT ROW(c.*) FROM contacts c',
    'SELECT count(c) FROM contacts c',
    'SELECT c IS NULL FROM contacts c',
    "SELECT s.e FROM (SELECT email AS e FROM customers) s WHERE s.e > 'a'",
    'WITH x AS (SELECT email AS e FROM customers) SELECT length(e) FROM x',
    'SELECT contact FROM contacts ORDER BY contact',
    "SELECT mail FROM contacts_of_contacts WHERE mail LIKE 'a%'",
    'SELECT id FROM hashed',
    'SELECT id FROM filtered',
    'SELECT * FROM customers, lower(email) l',
    "SELECT 1 FROM customers c, LATERAL (SELECT 1 WHERE c.email > 'a') l",
    'SELECT 1 FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.email = c.email)',
    'SELECT id FROM customers LIMIT (SELECT length(email) FROM customers LIMIT 1)::int',
    'VALUES ((SELECT email FROM customers LIMIT 1))',
    "SELECT email FROM people WHERE email > 'a'",
    'WITH RECURSIVE t AS (SELECT id, email FROM customers UNION SELECT t.id, t.email FROM t) SELECT id FROM t',
    'WITH RECURSIVE t AS (SELECT id, id AS v FROM orders UNION ALL SELECT c.id, c.email FROM t, customers c) SELECT v FROM t ORDER BY v',
    "SELECT j.a FROM (contacts JOIN orders ON true) AS j (a, b) WHERE j.b > 'x'",
    "EXPLAIN SELECT id FROM customers WHERE email > 'm'",
    // A plan says how wide the columns are that it carries along.
    'EXPLAIN SELECT id, email FROM customers',
    'EXPLAIN SELECT 1 FROM (SELECT email FROM customers OFFSET 0) AS s',
    'EXPLAIN WITH x AS MATERIALIZED (SELECT * FROM contacts) SELECT id FROM x',
    // ON and TABLESAMPLE do not see what stands beside them in FROM, and take the name from around the query.
    "SELECT c.id, (SELECT 1 FROM orders o, orders a JOIN people b ON total > 'm' AND ssn > 'm') FROM customers c",
    "SELECT (SELECT 1 FROM orders o, plain a JOIN plain b ON email > 'm' LIMIT 1) FROM customers c",
    "SELECT (SELECT 1 FROM orders c, plain a JOIN plain b ON c.email > 'm' LIMIT 1) FROM customers c",
    "SELECT (SELECT 1 FROM orders o JOIN (plain a JOIN plain b ON email > 'm') ON true LIMIT 1) FROM customers c",
    'SELECT (SELECT 1 FROM orders o, plain TABLESAMPLE SYSTEM (length(email))) FROM customers c',
    'SELECT (SELECT 1 FROM orders c, plain TABLESAMPLE SYSTEM (1) REPEATABLE (length(c.email))) FROM customers c',
    // int8 becomes oid beside one, which fails for large and negative numbers.
    'SELECT points FROM customers UNION ALL SELECT 1::oid',
    'SELECT points FROM customers UNION ALL SELECT oid FROM pg_class',
    'SELECT points FROM customers UNION ALL SELECT total FROM orders',
    "SELECT points FROM customers UNION ALL VALUES ('1'::oid)",
    'WITH x AS MATERIALIZED (SELECT 1::oid AS p UNION ALL SELECT points FROM customers) SELECT 1 FROM x',
    'SELECT * FROM (SELECT 0 AS x UNION ALL SELECT 1::oid) AS s UNION ALL SELECT points FROM customers',
    // A row that is spread, and what a recursion adds, move what comes after them.
    'SELECT (o).*, c.email FROM orders o, customers c',
    'SELECT v.*, c.email FROM customers c, orders o, LATERAL (VALUES (o.*)) v',
    'WITH RECURSIVE x AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM x) SEARCH DEPTH FIRST BY n SET o SELECT * FROM x, customers',
    // A function without an alias goes by its own name, and hides what is farther away.
    'SELECT x.*, c.email FROM orders unnest, customers c, LATERAL (SELECT unnest.* FROM unnest(ARRAY[1])) x',
    'SELECT * FROM (SELECT id::int FROM orders) a NATURAL JOIN plain, customers c',
    // PostgreSQL makes names of its own: this one is called email, these are called name and text.
    'SELECT a.id FROM customers a NATURAL JOIN (SELECT email::text FROM orders) b',
    'SELECT a.id FROM customers a NATURAL JOIN (SELECT (SELECT 1 AS email)) b',
    "SELECT 1 FROM (SELECT ''::name UNION ALL SELECT email FROM customers) a WHERE name = 'k2'",
    "SELECT 1 FROM (SELECT ''::name UNION ALL SELECT email FROM customers) a JOIN plain USING (name)",
    "SELECT 0, ''::text UNION ALL SELECT 1, email FROM customers ORDER BY text",
    'SELECT * FROM (SELECT id::int FROM orders) a JOIN customers USING (id)',
    // Rows in rows, in composites and domains.
    'SELECT (v).visitor FROM a_diary',
    'SELECT ((pair).one).email FROM pairs',
    'SELECT pairs[1] FROM pairs',
    'SELECT (person).email FROM persons',
    'SELECT x.email FROM customers x TABLESAMPLE SYSTEM (length(email))',
    "SELECT CASE WHEN email > 'm' THEN 1 END FROM customers",
    "SELECT coalesce(email, '') FROM customers",
    'TABLE contacts ORDER BY 2',
    'SELECT xmlelement(name a, email) FROM customers',
    "SELECT json_object('a': email) FROM customers",
    // A generated column holds what it is computed from; one that cannot be read may hold anything.
    "SELECT id FROM members WHERE handle = 'ada'",
    'SELECT lower(handle) FROM members',
    'SELECT id FROM members ORDER BY unread',
    // A column that holds whole rows of a table with protected columns holds these.
    'SELECT visitor::text FROM visits',
    'SELECT (visitor).* FROM visits',
    'SELECT to_jsonb(others) FROM visits',
    // A table that the search path finds goes by its schema too.
    "SELECT public.customers.email || '' FROM customers",
    "SELECT id FROM customers WHERE public.customers.email > 'm'",
    'SELECT row_to_json(public.customers.*) FROM customers',
    'SELECT (public.customers.*)::text FROM customers',
    'SELECT (SELECT max(public.customers.email) FROM orders AS customers) FROM customers',
    'WITH customers AS (SELECT 1 AS email) SELECT (SELECT max(public.customers.email) FROM customers) FROM public.customers',
    // The server looks for a column in all queries around it before it takes a name for a row.
    'SELECT (SELECT max(email) FROM (SELECT 1) AS email) FROM customers',
    // A star of unknown width moves what comes after it.
    'SELECT * FROM unnest(ARRAY[1]) UNION ALL SELECT email FROM customers',
    'SELECT * FROM (SELECT * FROM unnest(ARRAY[1]) UNION ALL SELECT email FROM customers) AS s',
    'SELECT f.*, c.email FROM unnest(ARRAY[1]) AS f, customers AS c',
    "SELECT s.b || '' FROM (SELECT f.*, c.email, 1 FROM unnest(ARRAY[1]) AS f, customers AS c) AS s (a, b, c)",
    "WITH s (a, b, c) AS (SELECT f.*, c.email, 1 FROM unnest(ARRAY[1]) AS f, customers AS c) SELECT b || '' FROM s",
    'WITH s AS (SELECT * FROM unnest(ARRAY[1])) SELECT * FROM s UNION ALL SELECT email FROM customers',
    'SELECT s.* FROM (SELECT * FROM unnest(ARRAY[1])) AS s UNION ALL SELECT email FROM customers',
    "SELECT j.e || '' FROM (orders AS o JOIN contacts AS c USING (id)) AS j (a, b, c, d, e)",
    'SELECT id FROM customers NATURAL JOIN unnest(ARRAY[1]) AS u (email)',
    'SELECT * FROM people_other',
    "SELECT p.a || '' FROM people_other AS p (a, b)",
    'SELECT * FROM unknown_view',
    'WITH RECURSIVE a AS (SELECT * FROM b), b AS (SELECT email FROM customers) SELECT * FROM a',
    'WITH RECURSIVE a AS (SELECT * FROM orders), orders AS (SELECT email FROM customers) SELECT * FROM a',
  ];
  for (const sql of indirect)
    it(`must not be used: ${sql}`, async () => expect(await codesOf(sql)).toEqual(['column']));

  it('must not be used in any syntactic slot', async () => {
    for (const slot of expressionSlots.filter(
      (item) => item.includes('FROM customers') && !item.startsWith('EXPLAIN'),
    )) {
      for (const use of ['length(customers.email)', '(customers.email || customers.name)']) {
        const sql = slot.replace('@', () => use).replace(/FROM customers c\b/, 'FROM customers');
        expect((await guard.check(sql)).allowed, sql).toBe(false);
      }
    }
  });
});

describe('a denied column', () => {
  const uses = [
    'SELECT ssn FROM customers',
    'SELECT * FROM customers',
    'SELECT c.* FROM customers c',
    'TABLE customers',
    "SELECT id FROM customers WHERE ssn = '1'",
    'SELECT * FROM starred',
    'SELECT ssn FROM starred',
    'SELECT s.ssn FROM (SELECT * FROM customers) s',
    'WITH x AS (TABLE customers) SELECT ssn FROM x',
    'SELECT id FROM customers ORDER BY ssn',
  ];
  for (const sql of uses) {
    it(`must not be used at all: ${sql}`, async () => {
      const verdict = await guard.check(sql);
      expect(verdict.allowed || verdict.violations.map(({ code }) => code)).toContain('column');
      expect(verdict.allowed || verdict.violations.some(({ name }) => name === 'public.customers.ssn')).toBe(true);
    });
  }

  it('does not forbid a subquery that leaves it behind', async () => {
    expect(await codesOf('SELECT id FROM starred')).toBe('allowed');
    expect(await codesOf('SELECT id FROM (SELECT * FROM customers) s')).toBe('allowed');
  });
});
