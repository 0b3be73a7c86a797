import { seededRandom } from './random-queries.ts';

interface Query {
  readonly sql: string;
  readonly columns: readonly string[];
}

/** How many forms of expressions there are. */
const FORMS = 15;

const quoted = (name: string): string => `"${name}"`;

/**
 * Writes random queries inside queries whose columns are named again and again: under names that the server chooses, as whole rows, by
 * stars, through column lists, joins, laterals, unions and common table expressions, and beside clauses that keep a query apart and clauses
 * that look as if they did. All columns are integers.
 *
 * @param table a table of the columns a, b and c
 */
export function nestedQueries(table: string, seed: number): () => string {
  const random = seededRandom(seed);
  const chance = (share: number): boolean => random() < share;
  const pick = <Item>(...items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  let names = 0;
  /** One statement uses few forms and endings again and again, so that what is not counted of one of them shows. */
  let formsOfStatement: ReadonlySet<number> = new Set();
  let endings: readonly string[] = [];
  let isNamed = 0;
  const fresh = (prefix: string): string => {
    names += 1;
    return `${prefix}${names}`;
  };

  function base(): Query {
    return pick<Query>(
      { sql: `SELECT a, b FROM ${table}`, columns: ['a', 'b'] },
      { sql: `SELECT * FROM ${table}`, columns: ['a', 'b', 'c'] },
      { sql: `SELECT a AS x FROM ${table}`, columns: ['x'] },
      { sql: `TABLE ${table}`, columns: ['a', 'b', 'c'] },
      { sql: `SELECT a + 1 FROM ${table}`, columns: ['?column?'] },
    );
  }

  /** An expression, and the name that its column has without an alias. */
  function expression(columns: readonly string[], alias: string): { readonly text: string; readonly name: string } {
    const column = (): string => (chance(0.3) ? `${alias}.` : '') + quoted(pick(...columns));
    const sum = (): string => Array.from({ length: 2 + Math.floor(random() * 4) }, column).join(' + ');
    const forms = [
      { text: sum(), name: '?column?' },
      { text: sum(), name: '?column?' },
      { text: `coalesce(${sum()}, ${column()})`, name: 'coalesce' },
      { text: `greatest(${column()}, ${sum()})`, name: 'greatest' },
      { text: `nullif(${sum()}, 7)`, name: 'nullif' },
      { text: `abs(${sum()})`, name: 'abs' },
      { text: `CASE WHEN ${column()} > 0 THEN ${sum()} ELSE ${column()} END`, name: 'case' },
      { text: `(SELECT ${sum()})`, name: '?column?' },
      { text: `(SELECT ${sum()} AS y)`, name: 'y' },
      { text: `length((${alias})::text)`, name: 'length' },
      { text: `length((${alias}.*)::text)`, name: 'length' },
      { text: `length(ROW(${alias}.*, ${column()})::text)`, name: 'length' },
      { text: `(ARRAY[${column()}, ${sum()}])[1]`, name: 'array' },
      { text: `(${sum()})::int`, name: 'int4' },
      { text: `length((${alias})::text) + length((${alias})::text)`, name: '?column?' },
    ];
    return pick(
      ...forms.filter((_form, index) => formsOfStatement.has(index)),
      forms[0] ?? { text: '1', name: '?column?' },
    );
  }

  /** A select list over one FROM item, with names that are its own. */
  function list(
    columns: readonly string[],
    alias: string,
  ): { readonly text: string; readonly columns: readonly string[] } {
    const made: string[] = [];
    const items: string[] = [];
    if (chance(0.2)) {
      items.push(chance(0.5) ? '*' : `${alias}.*`);
      made.push(...columns);
    }
    for (let count = 1 + Math.floor(random() * 3); count > 0; count -= 1) {
      const { text, name } = expression(columns, alias);
      const own = made.includes(name) || chance(isNamed) ? fresh('x') : undefined;
      items.push(own === undefined ? text : `${text} AS ${own}`);
      made.push(own ?? name);
    }
    return { text: items.join(', '), columns: made };
  }

  function around(inner: Query): Query {
    const alias = fresh('t');
    const renamed = chance(0.2) ? inner.columns.map(() => fresh('c')) : undefined;
    const columns = renamed ?? inner.columns;
    const item = `(${inner.sql}) AS ${alias}${renamed ? ` (${renamed.join(', ')})` : ''}`;
    const { text, columns: made } = list(columns, alias);
    const ending = pick(...endings);
    switch (Math.floor(random() * 7)) {
      case 0:
        return { sql: `WITH ${alias} AS (SELECT * FROM ${item}) SELECT ${text} FROM ${alias}${ending}`, columns: made };
      case 1: {
        const lateral = fresh('l');
        const next = list(made, lateral);
        return {
          sql: `SELECT ${next.text} FROM ${item}, LATERAL (SELECT ${text}${ending.startsWith(' W') ? '' : ending}) AS ${lateral}`,
          columns: next.columns,
        };
      }
      case 2:
        return {
          sql: `SELECT ${text} FROM ${item} UNION ALL SELECT ${made.map((_name, index) => index).join(', ')}`,
          columns: made,
        };
      case 3: {
        const joined = fresh('j');
        const shared = columns[0] ?? 'a';
        const join = `${item} FULL JOIN (SELECT a AS ${quoted(shared)} FROM ${table}) AS ${joined} USING (${quoted(shared)})`;
        return {
          sql: `SELECT ${quoted(shared)} + ${quoted(shared)} AS ${alias}x FROM ${join}`,
          columns: [`${alias}x`],
        };
      }
      case 4:
        return { sql: `SELECT ${text} FROM ${item} CROSS JOIN (SELECT 1) AS ${fresh('o')}${ending}`, columns: made };
      default:
        return { sql: `SELECT ${text} FROM ${item}${ending}`, columns: made };
    }
  }

  return () => {
    formsOfStatement = new Set([Math.floor(random() * FORMS), Math.floor(random() * FORMS)]);
    endings = pick<readonly string[]>(
      ['', ' WHERE true'],
      [' WINDOW w AS (ORDER BY 1)'],
      ['', '', ' ORDER BY 1', ' OFFSET 0', ' LIMIT ALL'],
    );
    isNamed = pick(0, 0.3, 1);
    let query = base();
    for (let depth = 2 + Math.floor(random() * 6); depth > 0; depth -= 1) query = around(query);
    return query.sql;
  };
}
