import { checkOneOf, checkOptions } from '../check-options.ts';
import { plainText } from '../plain-text.ts';
import type { Column, Table } from '../schema.ts';
import type { ForeignKey } from '../schema-constraints.ts';
import { createTableLookup } from '../table-lookup.ts';
import { selectableColumns } from './compact.ts';
import { type RenderSource, shownTables } from './render-source.ts';
import { shortType } from './short-type.ts';

/** Options of {@link renderMermaid}. */
export interface RenderMermaidOptions {
  /** Columns shown: `all`, only those of keys, or none. Default `all`. */
  readonly columns?: 'all' | 'keys' | 'none';
}

/**
 * An entity-relationship diagram in Mermaid's text form: tables with their columns, and a line per foreign key whose
 * ends say whether the key may be NULL and whether it is unique.
 *
 * @throws IntrospectionError `INVALID_OPTIONS`
 * @see https://mermaid.js.org/syntax/entityRelationshipDiagram.html
 */
export function renderMermaid(source: RenderSource, options: RenderMermaidOptions = {}): string {
  checkOptions('renderMermaid()', options, ['columns']);
  const { columns = 'all' } = options;
  checkOneOf('columns', columns, ['all', 'keys', 'none']);
  const tables = shownTables(source);
  const lines = ['erDiagram'];
  for (const table of tables) lines.push(...renderEntity(table, columns));
  const lookUp = createTableLookup(tables);
  for (const table of tables) {
    for (const key of table.foreignKeys) {
      const target = lookUp(key.references.schema, key.references.table);
      if (target) lines.push(renderRelationship(table, key, target));
    }
  }
  return lines.join('\n');
}

function renderEntity(table: Table, shown: 'all' | 'keys' | 'none'): string[] {
  const primary = new Set(table.primaryKey?.columns);
  const foreign = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
  const unique = new Set(
    table.uniqueConstraints.flatMap(({ columns: [first, ...more] }) => (first && more.length === 0 ? [first] : [])),
  );
  const columns = shown === 'none' ? [] : selectableColumns(table);
  const lines = columns
    .filter(({ name }) => shown === 'all' || primary.has(name) || foreign.has(name))
    .map((column) => {
      const keys = [
        ...(primary.has(column.name) ? ['PK'] : []),
        ...(foreign.has(column.name) ? ['FK'] : []),
        ...(unique.has(column.name) ? ['UK'] : []),
      ];
      return `    ${renderAttribute(column)}${keys.length > 0 ? ` ${keys.join(', ')}` : ''}${renderRemark(column)}`;
    });
  return lines.length > 0 ? [`  ${entityName(table)} {`, ...lines, '  }'] : [`  ${entityName(table)}`];
}

/** Types and attribute names of the diagram are letters, digits and a few signs; anything else becomes an underscore. */
function renderAttribute(column: Column): string {
  const word = (text: string, fallback: string): string => {
    const cleaned = text.replace(/[^\p{L}\p{N}_[\]]+/gu, '_');
    return /^[\p{L}_]/u.test(cleaned) ? cleaned : `${fallback}${cleaned}`;
  };
  return `${word(shortType(column.type), 'type_')} ${word(column.name, 'column_')}`;
}

function renderRemark({ comment }: Column): string {
  return comment === undefined ? '' : ` "${plainText(comment, 60).replaceAll('"', "'")}"`;
}

/** A quoted name may hold anything but quotes, line breaks and the signs of its own syntax. */
function entityName({ schema, name }: Table): string {
  const full = schema === 'public' ? name : `${schema}.${name}`;
  return `"${plainText(full, 128).replaceAll('"', "'").replace(/[%\\]/g, '_')}"`;
}

function renderRelationship(table: Table, key: ForeignKey, target: Table): string {
  const columns = key.columns.map((name) => table.columns.find((column) => column.name === name));
  const optional = columns.some((column) => column?.nullable === true);
  const unique = [table.primaryKey, ...table.uniqueConstraints].some(
    (constraint) =>
      constraint?.columns.length === key.columns.length &&
      constraint.columns.every((name) => key.columns.includes(name)),
  );
  const label = plainText(key.columns.join(', '), 128).replaceAll('"', "'");
  return `  ${entityName(target)} ${optional ? '|o' : '||'}--${unique ? 'o|' : 'o{'} ${entityName(table)} : "${label}"`;
}
