import { isParserError, type Parser } from './parser.ts';
import { StructureHash } from './structure-hash.ts';

/** Texts whose answers are fixed for the pinned parser: `digest` is over the JSON of the statements. */
const cases: readonly { readonly sql: string; readonly digest: string }[] = [
  {
    sql: 'WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT (sum(n) FILTER (WHERE n % 2 = 0) OVER w)::numeric(10, 2) FROM t WINDOW w AS (ORDER BY n)',
    digest: '6918dd54ef9a197a',
  },
  {
    sql: "SELECT a.\"B\", U&'d\\0061t' || $1, CASE WHEN x IS NOT NULL THEN 'y' ELSE E'\\n' END FROM s.a LEFT JOIN LATERAL f(a.x) AS g(y) ON true WHERE NOT (a.z BETWEEN 1 AND -2.5e10)",
    digest: '4c496d11b55965c4',
  },
  {
    sql: 'DELETE FROM only public.t USING u WHERE t.id = ANY (ARRAY[1, 2]) RETURNING *',
    digest: 'e793d4deab3648e0',
  },
];

/** Not a cryptographic one: it looks for damage, not for an attacker, and node:crypto takes longer to load than the parser to answer. */
function digestOf(text: string): string {
  const hash = new StructureHash();
  for (let index = 0; index < text.length; index += 1) hash.add(text.charCodeAt(index));
  return hash.digest();
}

/** True when the parser still answers as it was built to. One whose static memory was damaged answers too, but something else. */
export function passesSelfTest(parser: Parser): boolean {
  return cases.every(({ sql, digest }) => {
    const outcome = parser.parse(sql);
    return !isParserError(outcome) && digestOf(JSON.stringify(outcome.stmts)) === digest;
  });
}
