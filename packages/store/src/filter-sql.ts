import { type FieldSql, fieldSql, indexedPrefix } from './field-sql.ts';
import type { Field } from './fields.ts';
import type { FilterNode } from './filter.ts';
import { type Json, writeJson } from './json.ts';
import { arrayText, type Parameters } from './sql-text.ts';

const OPERATORS = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' };
// A text that is greater may share its indexed part, so the comparison of the parts includes equality.
const PREFIX_OPERATORS = { $gt: '>=', $gte: '>=', $lt: '<=', $lte: '<=' };

/** The text of an operand for a parameter of the field's key type. */
function keyText(field: Field, value: Json): string {
  if (field.type === 'date') {
    const iso = new Date(value as number).toISOString();
    return field.kind === 'column' ? iso : iso.slice(0, -1);
  }
  if (field.kind === 'column' || field.type === 'string') return String(value);
  return writeJson(value, 'operand');
}

function equalsSql(field: Field, sql: FieldSql, value: Json, parameters: Parameters): string {
  if (value === null) return `${sql.value} = 'null'::jsonb`;
  return inSql(field, sql, [value], parameters);
}

function inSql(field: Field, sql: FieldSql, values: readonly Json[], parameters: Parameters): string {
  const present = values.filter((value) => value !== null);
  const parts: string[] = [];
  if (present.length < values.length) parts.push(`${sql.value} = 'null'::jsonb`);
  if (present.length > 0) {
    const texts = present.map((value) => keyText(field, value));
    const any = (each: readonly string[]): string =>
      each.length === 1
        ? `= ${parameters.add(each[0] as string, sql.keyType)}`
        : `= any(${parameters.add(arrayText(each), `${sql.keyType}[]`)})`;
    const conditions = [`${sql.key} ${any(texts)}`];
    if (sql.prefix !== undefined) conditions.push(`${sql.prefix} ${any(texts.map(indexedPrefix))}`);
    if (field.kind === 'path' && field.type !== 'json') conditions.push(sql.guard);
    parts.push(`(${conditions.join(' and ')})`);
  }
  return parts.length === 0 ? 'false' : `(${parts.join(' or ')})`;
}

/**
 * Writes a checked filter as a boolean expression. Operands are bound; paths are constants from the declaration, because a bound path
 * matches no index. The expression may be NULL where it is not true; only `$not` needs to know.
 */
export function filterSql(node: FilterNode, schema: string, parameters: Parameters): string {
  switch (node.kind) {
    case '$and':
      return node.nodes.length === 0
        ? 'true'
        : `(${node.nodes.map((each) => filterSql(each, schema, parameters)).join(' and ')})`;
    case '$or':
      return node.nodes.length === 0
        ? 'false'
        : `(${node.nodes.map((each) => filterSql(each, schema, parameters)).join(' or ')})`;
    case '$not':
      return `not coalesce(${filterSql(node.node, schema, parameters)}, false)`;
    default:
      break;
  }
  const { field } = node;
  const sql = fieldSql(field, schema);
  switch (node.kind) {
    case '$eq':
      return equalsSql(field, sql, node.value, parameters);
    case '$in':
      return inSql(field, sql, node.values, parameters);
    case '$exists':
      return `${sql.value} is ${node.exists ? 'not null' : 'null'}`;
    case '$like':
      return `(${sql.key} like ${parameters.add(node.pattern, 'text')} and ${sql.guard})`;
    case '$contains':
      return field.type === 'json'
        ? `${sql.value} @> ${parameters.add(writeJson(node.value, 'operand'), 'jsonb')}`
        : `(strpos(${sql.key}, ${parameters.add(String(node.value), 'text')}) > 0 and ${sql.guard})`;
    default: {
      const text = keyText(field, node.value);
      const conditions = [`${sql.key} ${OPERATORS[node.kind]} ${parameters.add(text, sql.keyType)}`];
      if (sql.prefix !== undefined) {
        const bound = parameters.add(indexedPrefix(text), sql.keyType);
        conditions.push(`${sql.prefix} ${PREFIX_OPERATORS[node.kind]} ${bound}`);
      }
      if (field.kind === 'path') conditions.push(sql.guard);
      return `(${conditions.join(' and ')})`;
    }
  }
}
