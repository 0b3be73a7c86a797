import { loadModule, normalizeSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import { createGuard } from '../src/index.ts';
import { readHonestCases } from './corpus-files.ts';

const guard = await createGuard({ engine: 'same-thread' });
const admin = await createGuard({ engine: 'same-thread', mode: 'admin' });
beforeAll(() => loadModule());

async function normalized(sql: string, judge = guard): Promise<string> {
  const verdict = await judge.check(sql, { parameterCount: (sql.match(/\$1/) ?? []).length });
  return verdict.allowed ? verdict.normalized : `refused: ${verdict.violations[0].message}`;
}
const withoutNumbers = (text: string) => text.replace(/\$\d+/g, '$');

describe('the normalised text', () => {
  it('hides at least the literals that libpg-query hides, in every honest statement', async () => {
    // Paths of JSON_TABLE, the marks of CYCLE and comments and numbers in brackets behind a sign are hidden too, which the library leaves.
    const more = /json_table|CYCLE|--|\/\*|-\(/i;
    for (const { sql } of readHonestCases().filter((item) => !more.test(item.sql)))
      expect(withoutNumbers(await normalized(sql)), sql).toBe(withoutNumbers(normalizeSync(sql)));
  });

  it.each([
    ["SELECT 'it''s', 1.5, -2, TRUE, NULL FROM t", 'SELECT $1, $2, $3, $4, $5 FROM t'],
    ["SELECT E'a\\n', $$b$$, U&'\\0061', B'101', 'c'\n'd', - 5", 'SELECT $1, $2, $3, $4, $5, $6'],
    ["SELECT 'ü', name FROM \"Größe\" WHERE x = 'é' AND y = 7", 'SELECT $1, name FROM "Größe" WHERE x = $2 AND y = $3'],
    [
      'SELECT extract(year FROM x), x::numeric(10, 2) FROM t LIMIT ALL',
      'SELECT extract($1 FROM x), x::numeric(10, 2) FROM t LIMIT $2',
    ],
    ["SELECT JSON_VALUE(x, '$.secret') FROM t", 'SELECT JSON_VALUE(x, $1) FROM t'],
    ["SELECT a FROM t WHERE b = $1 AND c = 'x'", 'SELECT a FROM t WHERE b = $1 AND c = $2'],
    ['SELECT -(-774477), -(5) + 1, - /* 7 */ 8, -((9))', 'SELECT $1, $2 + $3, $4, $5'],
    ["SELECT E'e', U&'u', e'E' FROM t", 'SELECT $1, $2, $3 FROM t'],
    ['SELECT a FROM t GROUP BY -774477, a ORDER BY 774477, 2', 'SELECT a FROM t GROUP BY $1, a ORDER BY $2, 2'],
    [
      "/* 'a' */ SELECT a, -- b = 'secret'\n b/* é */FROM t WHERE c = '-- no' -- d",
      'SELECT a, \n b FROM t WHERE c = $1',
    ],
    ['SELECT a FROM t -- id 7', 'SELECT a FROM t'],
    ["SELECT 'ü' /* /* 1 */ */, 'a'\n'b'", 'SELECT $1 , $2'],
    ['SELECT 1x FROM t', 'refused'],
    ['SELECT a FROM t', 'SELECT a FROM t'],
  ])('of %s', async (sql, expected) => {
    const text = await normalized(sql);
    expect(text.startsWith('refused') ? 'refused' : text).toBe(expected);
  });

  it('keeps positions, and gives what is grouped by the number of the same expression above', async () => {
    expect(
      await normalized(
        "SELECT date_trunc('month', d), 7, count(*) FROM t GROUP BY date_trunc('month', d), 2 ORDER BY 1",
      ),
    ).toBe('SELECT date_trunc($1, d), $2, count(*) FROM t GROUP BY date_trunc($1, d), 2 ORDER BY 1');
    expect(await normalized("SELECT f.a || 'x' FROM f GROUP BY f.a || 'x', f.b || 'x'")).toBe(
      'SELECT f.a || $1 FROM f GROUP BY f.a || $1, f.b || $2',
    );
  });

  it('hides literals where very many expressions are grouped by', async () => {
    const columns = Array.from({ length: 1_500 }, (_, index) => `'x'||c${index}`);
    const text = await normalized(`SELECT ${columns.join(',')} FROM t GROUP BY ${columns.toReversed().join(',')}`);
    expect(text).toMatch(/^SELECT \$1\|\|c0,\$2\|\|c1/);
    expect(text).not.toContain("'x'");
  });

  it('hides negative numbers beside what only the scanner reads', async () => {
    expect(await normalized("SELECT -1, E'a', - 2.5")).toBe('SELECT $1, $2, $3');
  });

  it('does not depend on the values', async () => {
    const pairs = [
      ["SELECT a || 'x' FROM t GROUP BY a || 'x'", "SELECT a || 'y' FROM t GROUP BY a || 'z'"],
      ['WITH c AS (SELECT 1) SELECT 2 FROM c', "WITH c AS (SELECT E'1\\n') SELECT 3 FROM c"],
    ] as const;
    for (const [left, right] of pairs) expect(await normalized(left)).toBe(await normalized(right));
  });

  it('hides texts that statements keep beside their literals', async () => {
    expect(await normalized("COMMENT ON TABLE t IS 'secret'", admin)).toBe('COMMENT ON TABLE t IS $1');
    expect(await normalized("/* 1 */ COMMENT ON TABLE é IS/* 'secret' */'ü' -- 2", admin)).toBe(
      'COMMENT ON TABLE é IS $1',
    );
    expect(await normalized("CREATE TYPE mood AS ENUM ('sad', U&'\\0061')", admin)).toBe(
      'CREATE TYPE mood AS ENUM ($1, $2)',
    );
  });
});
