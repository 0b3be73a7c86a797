import { checkOptions } from '../check-options.ts';
import { qualifiedName, quoteIdentifier } from '../names.ts';
import type { Column, DatabaseCatalog, Table } from '../schema.ts';
import type { ForeignKey } from '../schema-constraints.ts';
import { isCatalog, type RenderSource, shownTables } from './render-source.ts';

/** Options of {@link renderDdl}. */
export interface RenderDdlOptions {
  /** `COMMENT ON` statements. Default `true`. */
  readonly comments?: boolean;
  /** Indexes beyond those of constraints. Default `true`. */
  readonly indexes?: boolean;
}

/**
 * SQL that creates the tables: enums, domains and composite types first (of a whole catalog), then tables and views,
 * then foreign keys, indexes and comments, so that it runs in this order whatever points to what.
 *
 * For reading and for models. It leaves out owners, privileges, functions, triggers, policies and partitions: to copy a
 * database use `pg_dump`.
 *
 * @throws IntrospectionError `INVALID_OPTIONS`
 */
export function renderDdl(source: RenderSource, options: RenderDdlOptions = {}): string {
  checkOptions('renderDdl()', options, ['comments', 'indexes']);
  const { comments = true, indexes = true } = options;
  const tables = shownTables(source);
  const statements = [
    ...(isCatalog(source) ? renderTypes(source) : []),
    ...tables.filter(({ kind }) => !isView(kind)).map(createTable),
    ...tables.filter(({ kind }) => isView(kind)).map(createView),
    ...tables.flatMap((table) => table.foreignKeys.map((key) => addForeignKey(table, key))),
    ...(indexes ? tables.flatMap(createIndexes) : []),
    ...(comments ? tables.flatMap(commentOn) : []),
  ];
  return statements.map((statement) => `${statement};\n`).join('');
}

const isView = (kind: Table['kind']): boolean => kind === 'view' || kind === 'materialized view';
const nameOf = (each: { readonly schema: string; readonly name: string }): string =>
  qualifiedName(each.schema, each.name);
const listOf = (columns: readonly string[]): string => columns.map(quoteIdentifier).join(', ');

/** A string constant; with an escape where a backslash would depend on the server's settings. */
function quoteLiteral(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

function renderTypes({ enums, domains, composites }: DatabaseCatalog): string[] {
  // Domains over domains: types were created in the order of their oids.
  const byAge = <Item extends { readonly oid: number }>(items: readonly Item[]): Item[] =>
    [...items].sort((one, other) => one.oid - other.oid);
  const own = <Item extends { readonly extension?: string }>(items: readonly Item[]): Item[] =>
    items.filter(({ extension }) => extension === undefined);
  return [
    ...own(byAge(enums)).map(
      (type) => `CREATE TYPE ${nameOf(type)} AS ENUM (${type.labels.map(quoteLiteral).join(', ')})`,
    ),
    ...own(byAge(domains)).map((domain) => {
      const parts = [`CREATE DOMAIN ${nameOf(domain)} AS ${domain.underlyingType}`];
      if (domain.default !== undefined) parts.push(`DEFAULT ${domain.default}`);
      if (domain.notNull) parts.push('NOT NULL');
      for (const check of domain.checks)
        parts.push(`CONSTRAINT ${quoteIdentifier(check.name)} CHECK (${check.expression})`);
      return parts.join(' ');
    }),
    ...own(byAge(composites)).map(
      (type) =>
        `CREATE TYPE ${nameOf(type)} AS (${type.attributes.map(({ name, type: of }) => `${quoteIdentifier(name)} ${of}`).join(', ')})`,
    ),
  ];
}

function createTable(table: Table): string {
  const lines = table.columns.map((column) => defineColumn(column));
  const { primaryKey, uniqueConstraints, checks, exclusions } = table;
  const named = (name: string, text: string): string => `CONSTRAINT ${quoteIdentifier(name)} ${text}`;
  const overlaps = (key: { readonly withoutOverlaps?: true }): string =>
    key.withoutOverlaps ? ' WITHOUT OVERLAPS' : '';
  if (primaryKey)
    lines.push(named(primaryKey.name, `PRIMARY KEY (${listOf(primaryKey.columns)}${overlaps(primaryKey)})`));
  for (const key of uniqueConstraints) {
    const nulls = key.nullsNotDistinct ? 'NULLS NOT DISTINCT ' : '';
    lines.push(named(key.name, `UNIQUE ${nulls}(${listOf(key.columns)}${overlaps(key)})`));
  }
  for (const check of checks) {
    lines.push(named(check.name, `CHECK (${check.expression})${check.notEnforced ? ' NOT ENFORCED' : ''}`));
  }
  for (const exclusion of exclusions) lines.push(named(exclusion.name, exclusion.definition));
  const kind =
    table.kind === 'foreign table' ? 'FOREIGN TABLE' : table.persistence === 'unlogged' ? 'UNLOGGED TABLE' : 'TABLE';
  const body = lines.length > 0 ? `(\n  ${lines.join(',\n  ')}\n)` : '()';
  const partition = table.partitioning ? ` PARTITION BY ${table.partitioning.key}` : '';
  const server = table.server === undefined ? '' : ` SERVER ${quoteIdentifier(table.server)}`;
  return `CREATE ${kind} ${nameOf(table)} ${body}${partition}${server}`;
}

function defineColumn(column: Column): string {
  const parts = [quoteIdentifier(column.name), column.type];
  if (column.generated) {
    parts.push(`GENERATED ALWAYS AS (${column.generated.expression})${column.generated.stored ? ' STORED' : ''}`);
  } else if (column.identity) parts.push(`GENERATED ${column.identity.toUpperCase()} AS IDENTITY`);
  else if (column.default !== undefined) parts.push(`DEFAULT ${column.default}`);
  if (!column.nullable) parts.push('NOT NULL');
  return parts.join(' ');
}

function createView(table: Table): string {
  const kind = table.kind === 'view' ? 'VIEW' : 'MATERIALIZED VIEW';
  const options = table.options.length > 0 ? ` WITH (${table.options.join(', ')})` : '';
  return `CREATE ${kind} ${nameOf(table)}${options} AS${(table.definition ?? '').replace(/;\s*$/, '').replace(/^(?=\S)/, ' ')}`;
}

function addForeignKey(table: Table, key: ForeignKey): string {
  const { schema, table: target, columns } = key.references;
  const parts = [
    `ALTER TABLE ${nameOf(table)} ADD CONSTRAINT ${quoteIdentifier(key.name)} FOREIGN KEY (${listOf(key.columns)})`,
    `REFERENCES ${qualifiedName(schema, target)} (${listOf(columns)})`,
  ];
  if (key.matchFull) parts.push('MATCH FULL');
  if (key.onUpdate !== 'no action') parts.push(`ON UPDATE ${key.onUpdate.toUpperCase()}`);
  if (key.onDelete !== 'no action') parts.push(`ON DELETE ${key.onDelete.toUpperCase()}`);
  if (key.deferrable) parts.push(`DEFERRABLE ${key.deferrable.toUpperCase()}`);
  if (key.notEnforced) parts.push('NOT ENFORCED');
  else if (key.notValidated) parts.push('NOT VALID');
  return parts.join(' ');
}

function createIndexes(table: Table): string[] {
  const constraints = new Set(
    [table.primaryKey, ...table.uniqueConstraints, ...table.exclusions].flatMap((each) => (each ? [each.name] : [])),
  );
  return table.indexes.filter(({ name }) => !constraints.has(name)).map(({ definition }) => definition);
}

const KIND_NAMES: Readonly<Record<Table['kind'], string>> = {
  table: 'TABLE',
  'partitioned table': 'TABLE',
  view: 'VIEW',
  'materialized view': 'MATERIALIZED VIEW',
  'foreign table': 'FOREIGN TABLE',
};

function commentOn(table: Table): string[] {
  const statements: string[] = [];
  if (table.comment !== undefined) {
    statements.push(`COMMENT ON ${KIND_NAMES[table.kind]} ${nameOf(table)} IS ${quoteLiteral(table.comment)}`);
  }
  for (const { name, comment } of table.columns) {
    if (comment !== undefined) {
      statements.push(`COMMENT ON COLUMN ${nameOf(table)}.${quoteIdentifier(name)} IS ${quoteLiteral(comment)}`);
    }
  }
  return statements;
}
