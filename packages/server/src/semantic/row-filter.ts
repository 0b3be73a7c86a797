import { quoteIdentifier, type Table } from '@pgmcp/schema-introspect';
import { z } from 'zod';
import { PgmcpError } from '../errors.ts';
import { resolveColumn } from './vector-source.ts';

const COMPARISONS = ['=', '<>', '<', '<=', '>', '>=', 'like'] as const;
const OPERATORS = [...COMPARISONS, 'in', 'is null', 'is not null'] as const;

type Scalar = string | number | boolean;

const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string'
    ? !value.includes('\0') && value.isWellFormed()
    : typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));

const isValue = (value: unknown): value is Scalar | readonly Scalar[] | undefined =>
  value === undefined ||
  isScalar(value) ||
  (Array.isArray(value) && value.length > 0 && value.length <= 50 && value.every(isScalar));

/** Conditions on other columns, all of which hold: structured, because SQL text of a client never becomes part of ours. */
export const rowFilterInput = z
  .array(
    z.strictObject({
      column: z.string().min(1).max(200),
      op: z.enum(OPERATORS).default('='),
      // Listed without its type, which would cost every client a hundred tokens: what a value must be, its refusal says.
      value: z
        .unknown()
        .refine(isValue, 'must be a text without NUL, a number, a boolean, or 1 to 50 of these')
        .optional(),
    }),
  )
  .max(10);

/** See {@link rowFilterInput}. */
export type RowFilter = z.output<typeof rowFilterInput>;

/**
 * Writes the conditions for the table called `alias`. Names come from the catalog, values are bound.
 *
 * @param bind keeps a value and gives its `$n`
 * @throws PgmcpError `VALIDATION_ERROR` for an unknown column, a missing value or one too many
 */
export function rowFilterSql(
  filter: RowFilter,
  table: Table,
  alias: string,
  bind: (value: unknown) => string,
): string[] {
  return filter.map(({ column: name, op, value }) => {
    const column = `${alias}.${quoteIdentifier(resolveColumn(table, name).name)}`;
    const wrong = (what: string) => new PgmcpError('VALIDATION_ERROR', `The filter on ${name}: "${op}" ${what}.`);
    if (op === 'is null' || op === 'is not null') {
      if (value !== undefined) throw wrong('takes no value');
      return `${column} ${op.toUpperCase()}`;
    }
    if (value === undefined) throw wrong('needs a value');
    if (!isValue(value)) throw wrong('has a value that is neither text, number nor boolean');
    if (op === 'in') return `${column} IN (${[value].flat().map(bind).join(', ')})`;
    if (Array.isArray(value)) throw wrong('takes one value; several go with "in"');
    return `${column} ${op === 'like' ? 'LIKE' : op} ${bind(value)}`;
  });
}
