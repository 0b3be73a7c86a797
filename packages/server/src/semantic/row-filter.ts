import { quoteIdentifier, type Table } from '@pgmcp/schema-introspect';
import { z } from 'zod';
import { PgmcpError } from '../errors.ts';
import { resolveColumn } from './vector-source.ts';

const COMPARISONS = ['=', '<>', '<', '<=', '>', '>=', 'like'] as const;
const OPERATORS = [...COMPARISONS, 'in', 'is null', 'is not null'] as const;

const text = z
  .string()
  .refine((value) => !value.includes('\0') && value.isWellFormed(), 'must be well-formed text without NUL');
const scalar = z.union([text, z.number(), z.boolean()]);

/** Conditions on other columns, all of which hold: structured, because SQL text of a client never becomes part of ours. */
export const rowFilterInput = z
  .array(
    z.strictObject({
      column: z.string().min(1).max(200),
      op: z.enum(OPERATORS).default('='),
      value: z.union([scalar, z.array(scalar).min(1).max(50)]).optional(),
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
    if (op === 'in') return `${column} IN (${(Array.isArray(value) ? value : [value]).map(bind).join(', ')})`;
    if (Array.isArray(value)) throw wrong('takes one value; several go with "in"');
    return `${column} ${op === 'like' ? 'LIKE' : op} ${bind(value)}`;
  });
}
