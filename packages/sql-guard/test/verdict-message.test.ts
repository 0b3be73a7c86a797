import { afterAll, describe, expect, it } from 'vitest';
import { readHostileCases } from '../src/corpus.ts';
import { createGuard, type Verdict } from '../src/index.ts';
import { decodeVerdict, encodeVerdict } from '../src/verdict-message.ts';
import { readHonestCases } from './corpus-files.ts';

const guard = await createGuard({ engine: 'same-thread', mode: 'admin' });
afterAll(() => guard.close());

const crossed = (verdict: Verdict) => decodeVerdict(encodeVerdict(verdict));

describe('a verdict that crosses a thread', () => {
  it('arrives as it was, whatever was judged', async () => {
    const texts = [
      ...[...readHonestCases(), ...(await readHostileCases())].map(({ sql }) => sql),
      'INSERT INTO app.log (at) SELECT now() FROM s.t, u WHERE lower(v) = pg_catalog.upper($1)',
      'DROP TABLE a.b, c',
      "UPDATE \"ünï\" SET a = 'ö' WHERE b = '\\'",
    ];
    let allowed = 0;
    for (const sql of texts) {
      const verdict = await guard.check(sql);
      if (verdict.allowed) allowed += 1;
      expect(crossed(verdict)).toEqual(verdict);
    }
    expect(allowed).toBeGreaterThan(400);
  });

  it('keeps the columns under a policy', () => {
    const verdict: Verdict = {
      allowed: true,
      statements: [{ kind: 'select', node: 'SelectStmt', readOnly: true }],
      normalized: 'SELECT email FROM customers',
      fingerprint: '0123456789abcdef',
      relations: [{ name: 'customers', access: 'read', position: { line: 1, column: 19, length: 9 } }],
      functions: [],
      columns: [{ schema: 'public', table: 'customers', column: 'email', use: 'output', outputIndex: 0 }],
      parameterCount: 0,
      destructive: false,
      needsCatalog: false,
    };
    expect(crossed(verdict)).toEqual(verdict);
  });
});
