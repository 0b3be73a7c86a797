import type { Transaction } from '@pgmcp/pool';

/** One object of the database that a transaction has made, changed or dropped. */
export interface ChangedObject {
  readonly change: 'created' | 'altered' | 'dropped';
  /** `table`, `index`, `column`, `constraint`, `type` ... */
  readonly kind: string;
  /** As SQL names it: `shop.orders`, `orders_pkey on shop.orders`. */
  readonly name: string;
}

interface ObjectRow {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly touched: boolean;
}

const OWN_SCHEMAS = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

/** `xmin` of a catalog row that this transaction has written; subtransactions of a function have ids of their own, hence the age. */
const TOUCHED = (row: string) => `pg_catalog.age(${row}.xmin) <= 0`;

/** Objects outside the system schemas, each with a key that stays while it lives. */
const OBJECTS = `
SELECT 'schema ' || n.oid AS key, 'schema' AS kind, pg_catalog.quote_ident(n.nspname) AS name, ${TOUCHED('n')} AS touched
FROM pg_catalog.pg_namespace n WHERE ${OWN_SCHEMAS}
UNION ALL
SELECT 'relation ' || c.oid, CASE c.relkind WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view'
  WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'type' ELSE 'table' END,
  pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname), ${TOUCHED('c')}
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind <> 't' AND ${OWN_SCHEMAS}
UNION ALL
SELECT 'constraint ' || k.oid, 'constraint', pg_catalog.quote_ident(k.conname) || COALESCE(' on ' || NULLIF(k.conrelid, 0)::regclass::text, ''),
  ${TOUCHED('k')}
FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_namespace n ON n.oid = k.connamespace WHERE ${OWN_SCHEMAS}
UNION ALL
SELECT 'type ' || t.oid, 'type', pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.typname), ${TOUCHED('t')}
FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype IN ('d', 'e', 'r', 'm') AND ${OWN_SCHEMAS}
UNION ALL
SELECT 'value ' || e.oid, 'value', pg_catalog.quote_literal(e.enumlabel) || ' of ' || e.enumtypid::regtype::text, ${TOUCHED('e')}
FROM pg_catalog.pg_enum e
UNION ALL
SELECT 'function ' || p.oid, 'function', p.oid::regprocedure::text, ${TOUCHED('p')}
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE ${OWN_SCHEMAS}
UNION ALL
SELECT 'trigger ' || g.oid, 'trigger', pg_catalog.quote_ident(g.tgname) || ' on ' || g.tgrelid::regclass::text, ${TOUCHED('g')}
FROM pg_catalog.pg_trigger g WHERE NOT g.tgisinternal
UNION ALL
SELECT 'policy ' || o.oid, 'policy', pg_catalog.quote_ident(o.polname) || ' on ' || o.polrelid::regclass::text, ${TOUCHED('o')}
FROM pg_catalog.pg_policy o
UNION ALL
SELECT 'extension ' || x.oid, 'extension', pg_catalog.quote_ident(x.extname), ${TOUCHED('x')} FROM pg_catalog.pg_extension x`;

/** Columns are too many to list before and after: those that were written, or dropped, in this transaction. */
const COLUMNS = `
SELECT CASE WHEN a.attisdropped THEN 'dropped' ELSE 'altered' END AS change, 'column' AS kind,
  pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) || '.' ||
  CASE WHEN a.attisdropped THEN 'column ' || a.attnum ELSE pg_catalog.quote_ident(a.attname) END AS name, c.oid::text AS relation
FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE a.attnum > 0 AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND ${TOUCHED('a')} AND ${OWN_SCHEMAS}`;

/** Objects by key, as they were before. */
export type Objects = ReadonlyMap<string, ObjectRow>;

/** Lists the objects of the database. */
export async function readObjects(transaction: Transaction): Promise<Objects> {
  const { rows } = await transaction.query<ObjectRow>(OBJECTS);
  return new Map(rows.map((row) => [row.key, row]));
}

/** What has changed since the objects were listed. */
export async function readChangedObjects(transaction: Transaction, before: Objects): Promise<readonly ChangedObject[]> {
  const after = await readObjects(transaction);
  const { rows: columns } = await transaction.query<ChangedObject & { readonly relation: string }>(COLUMNS);
  const changes: ChangedObject[] = [];
  for (const [key, { kind, name, touched }] of after) {
    const known = before.get(key);
    if (known === undefined) changes.push({ change: 'created', kind, name });
    else if (known.name !== name) changes.push({ change: 'altered', kind, name: `${known.name}, now ${name}` });
    else if (touched) changes.push({ change: 'altered', kind, name });
  }
  for (const [key, { kind, name }] of before) if (!after.has(key)) changes.push({ change: 'dropped', kind, name });
  // The columns of a new table are part of it.
  const old = columns.filter(({ relation }) => before.has(`relation ${relation}`));
  changes.push(...old.map(({ change, kind, name }) => ({ change, kind, name })));
  return changes.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
