import { createHash } from 'node:crypto';
import { isParserError, type Parser } from './parser.ts';

/** Texts whose answers are fixed for the pinned parser: `digest` is over the JSON of the statements. */
const cases: readonly { readonly sql: string; readonly fingerprint: string; readonly digest: string }[] = [
  {
    sql: 'WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT (sum(n) FILTER (WHERE n % 2 = 0) OVER w)::numeric(10, 2) FROM t WINDOW w AS (ORDER BY n)',
    fingerprint: 'c41ff951669f20f1',
    digest: 'ff5de89ab90814f3c63850836c7f2dfd',
  },
  {
    sql: "SELECT a.\"B\", U&'d\\0061t' || $1, CASE WHEN x IS NOT NULL THEN 'y' ELSE E'\\n' END FROM s.a LEFT JOIN LATERAL f(a.x) AS g(y) ON true WHERE NOT (a.z BETWEEN 1 AND -2.5e10)",
    fingerprint: '1a346a0cbe0a4eed',
    digest: 'f7f22c33dfb7b56c7cd1e4ecd002a317',
  },
  {
    sql: 'DELETE FROM only public.t USING u WHERE t.id = ANY (ARRAY[1, 2]) RETURNING *',
    fingerprint: '1b87c760ff2611e3',
    digest: 'f688b6b7604d34f12c50337bd1cc59b7',
  },
];

/** True when the parser still answers as it was built to. One whose static memory was damaged answers too, but something else. */
export function passesSelfTest(parser: Parser): boolean {
  return cases.every(({ sql, fingerprint, digest }) => {
    const outcome = parser.parse(sql);
    if (isParserError(outcome)) return false;
    const actual = createHash('sha256').update(JSON.stringify(outcome.stmts)).digest('hex').slice(0, 32);
    return actual === digest && parser.fingerprint(sql) === fingerprint;
  });
}
