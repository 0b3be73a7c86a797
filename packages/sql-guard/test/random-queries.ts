/** A relation that queries may name. */
export interface QueryRelation {
  readonly name: string;
  readonly columns: readonly string[];
}

interface Query {
  readonly sql: string;
  readonly columns: readonly string[];
}

const STRAY_COLUMNS = ['id', 'name', 'email', 'note', 'total', 'contact', 'a', 'b', 'secret', 'text'];
const ALIASES = ['c', 'o', 's', 'email', 'name', 'customers', 'orders', 'j', 'p', 'q', 'u', 'unnest'];
const FUNCTIONS = ["unnest(ARRAY['x', 'k2'])", "unnest(ARRAY['x'], ARRAY['z1', 'k1'])", "unnest(ARRAY['k1', 'z3'])"];

/** Columns whose names are nowhere in the text as names. */
const NAMED_BY_SERVER: readonly (readonly [string, readonly string[]])[] = [
  ["(SELECT 'k2'::text, ('k1')::name)", ['text', 'name']],
  ["(SELECT (SELECT 'k2' AS email))", ['email']],
  ["(SELECT (e).email, (e).id FROM (SELECT 'k2' AS email, '1' AS id) AS e)", ['email', 'id']],
];

/** Numbers from 0 to 1, the same for each seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Writes random SELECT statements in which names are reused on purpose: tables, aliases and columns called the same, columns renamed,
 * stars over functions, joins that merge columns. About half of those that a guard lets through run.
 */
export function randomQueries(relations: readonly QueryRelation[], seed: number): () => string {
  const random = seededRandom(seed);
  const chance = (share: number): boolean => random() < share;
  const pick = <Item>(...items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const times = <Item>(count: number, make: () => Item): Item[] => Array.from({ length: count }, make);
  const isTable = (name: string) => relations.some((relation) => relation.name === name);
  let withItems: readonly QueryRelation[] = [];
  let scope: QueryRelation[] = [];

  function inInnerScope<Result>(start: readonly QueryRelation[], work: () => Result): Result {
    const outer = scope;
    scope = [...start];
    const result = work();
    scope = outer;
    return result;
  }

  function reference(): string {
    // Mostly what is near; what a place cannot see is looked for around the query.
    const last =
      chance(0.2) && scope.length > 0 ? pick(...scope) : (scope.at(-1 - Math.floor(random() * 3)) ?? scope.at(-1));
    if (last === undefined || chance(0.06))
      return pick('', 'c.', 'customers.', 'public.customers.') + pick(...STRAY_COLUMNS);
    const column = pick(...(last.columns.length > 0 ? last.columns : ['id']));
    const qualifiers = ['', `${last.name}.`, `${last.name}.`, ...(isTable(last.name) ? [`public.${last.name}.`] : [])];
    return pick(...qualifiers) + column;
  }

  function alias(item: string, columns: readonly string[], ownName?: string): string {
    if (ownName !== undefined && chance(0.45)) {
      scope.push({ name: ownName, columns });
      return item;
    }
    const name = pick(...ALIASES);
    const names = [
      ...new Set(times(Math.ceil(random() * columns.length), () => pick('a', 'b', 'c', 'd', 'email', 'id'))),
    ];
    if (names.length === 0 || chance(0.75)) {
      scope.push({ name, columns });
      return `${item} AS ${name}`;
    }
    scope.push({ name, columns: columns.map((column, index) => names[index] ?? column) });
    return `${item} AS ${name} (${names.join(', ')})`;
  }

  function fromItem(depth: number): string {
    const kind = depth <= 0 ? 0 : random();
    if (kind < 0.5) {
      const relation = withItems.length > 0 && chance(0.45) ? pick(...withItems) : pick(...relations);
      const shown = isTable(relation.name) && chance(0.5) ? `public.${relation.name}` : relation.name;
      const item = alias(shown, relation.columns, relation.name);
      return isTable(relation.name) && chance(0.04) ? `${item} TABLESAMPLE SYSTEM (${sample()}) REPEATABLE (1)` : item;
    }
    if (kind < 0.56) return alias(pick(...FUNCTIONS), ['unnest']);
    if (kind < 0.63) return rowsOf();
    if (kind < 0.78) {
      const lateral = chance(0.4);
      const query = inInnerScope(lateral ? scope : [], () => select(depth - 1));
      return alias(`${lateral ? 'LATERAL ' : ''}(${query.sql})`, query.columns);
    }
    return join(depth);
  }

  const sample = (): string => (chance(0.5) ? '100' : `length(${reference()}) * 30`);

  /** A row of something in scope, spread into columns of names that PostgreSQL makes. */
  function rowsOf(): string {
    const outer = scope.at(-1);
    if (outer === undefined || chance(0.5)) return alias(...pick(...NAMED_BY_SERVER));
    const row = pick(`${outer.name}.*`, `(${outer.name}).*`);
    const query = chance(0.5) ? `SELECT ${row}` : `VALUES (${row})`;
    return alias(`LATERAL (${query})`, outer.columns);
  }

  function join(depth: number): string {
    const first = scope.length;
    const left = fromItem(depth - 1);
    const middle = scope.length;
    const right = fromItem(depth - 1);
    if (chance(0.1)) scope.push({ name: 'u', columns: scope[first]?.columns ?? [] });
    const columnsOf = (items: readonly QueryRelation[]) => items.flatMap(({ columns }) => columns);
    const [leftColumns, rightColumns] = [columnsOf(scope.slice(first, middle)), columnsOf(scope.slice(middle))];
    const both = leftColumns.filter((column) => rightColumns.includes(column));
    const joined = pick(
      `${left} CROSS JOIN ${right}`,
      `${left} NATURAL JOIN ${right}`,
      `${left} JOIN ${right} ON ${condition(depth - 1)}`,
      ...(both.length > 0 ? [`${left} JOIN ${right} USING (${pick(...both)})`] : []),
      ...(both.length > 0 ? [`${left} LEFT JOIN ${right} USING (${pick(...both)}) AS u`] : []),
    );
    if (chance(0.65)) return joined;
    scope = scope.slice(0, first);
    return alias(`(${joined})`, [...leftColumns, ...rightColumns]);
  }

  function condition(depth: number): string {
    const kind = random();
    if (kind < 0.5) return 'true';
    if (kind < 0.75) return `${reference()} > 'k2'`;
    if (kind < 0.85 || depth <= 0) return `${reference()} = ${reference()}`;
    const inner = inInnerScope(scope, () => select(depth - 1)).sql;
    return kind < 0.95 ? `EXISTS (${inner})` : `${reference()} IN (${inner})`;
  }

  function target(depth: number, own: readonly QueryRelation[]): Query {
    const kind = random();
    const item = pick(...own);
    if (kind < 0.12) return { sql: '*', columns: own.flatMap(({ columns }) => columns) };
    if (kind < 0.2) return { sql: `(${item.name}).*`, columns: item.columns };
    if (kind < 0.28) {
      const schema = isTable(item.name) && chance(0.3) ? 'public.' : '';
      return { sql: `${schema}${item.name}.*`, columns: item.columns };
    }
    const value = reference();
    const column = value.split('.').at(-1) ?? '';
    if (kind < 0.7) return { sql: value, columns: [column] };
    if (kind < 0.8) return renamed(value);
    if (kind < 0.92 && depth > 0) return renamed(`(${inInnerScope(scope, () => select(depth - 1)).sql} LIMIT 1)`);
    return renamed(
      pick(
        `${value} || ''`,
        `${value}::text`,
        '1::oid',
        `(${item.name})::text`,
        item.name,
        `to_jsonb(${item.name})`,
        "'k1'",
        `max(${value})`,
      ),
    );
  }

  function renamed(sql: string): Query {
    const name = pick(...STRAY_COLUMNS);
    return { sql: `${sql} AS ${name}`, columns: [name] };
  }

  function simpleSelect(depth: number): Query {
    const outer = scope.length;
    return inInnerScope(scope, () => {
      const from = times(chance(0.25) ? 2 : 1, () => fromItem(depth)).join(', ');
      const own = scope.slice(outer);
      const targets = times(1 + Math.floor(random() * 2.5), () => target(depth, own));
      const where = chance(0.25) ? ` WHERE ${condition(depth)}` : '';
      const list = targets.map(({ sql }) => sql).join(', ');
      const distinct = chance(0.04) ? `DISTINCT ON (${reference()}) ` : '';
      return {
        sql: `SELECT ${distinct}${list} FROM ${from}${where}`,
        columns: targets.flatMap(({ columns }) => columns),
      };
    });
  }

  function select(depth: number): Query {
    const first = simpleSelect(depth);
    const order = chance(0.08) ? ` ORDER BY ${pick('1', '2', ...first.columns)}` : '';
    if (depth <= 0 || chance(0.8)) return { ...first, sql: first.sql + order };
    const operation = pick('UNION ALL', 'UNION ALL', 'UNION ALL', 'UNION');
    return { ...first, sql: `${first.sql} ${operation} ${simpleSelect(depth - 1).sql}${order}` };
  }

  return () => (chance(0.04) ? `EXPLAIN ${statement()}` : statement());

  function statement(): string {
    withItems = [];
    scope = [];
    if (chance(0.65)) return select(2).sql;
    const name = pick('t', 'customers', 'orders');
    const { sql, columns } = select(1);
    const names = chance(0.3) ? ['a', 'b', 'c', 'd'].slice(0, columns.length) : [];
    withItems = [{ name, columns: columns.map((column, index) => names[index] ?? column) }];
    const list = names.length > 0 ? ` (${names.join(', ')})` : '';
    const numbered = chance(0.1) ? ' SEARCH DEPTH FIRST BY i SET o' : '';
    const series = `(SELECT 1 AS i UNION ALL SELECT i + 1 FROM series WHERE i < 2)${numbered}`;
    if (chance(0.12)) {
      withItems = [{ name: 'series', columns: ['i'] }];
      return `WITH RECURSIVE series AS ${series} ${select(2).sql}`;
    }
    return `WITH ${name}${list} AS (${sql}) ${select(2).sql}`;
  }
}
