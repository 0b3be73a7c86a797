import type { PolicyConfiguration } from '../config/index.ts';

/** What stands in the place of a value. */
export type MaskRule = 'mask' | 'hash';

/** What a policy keeps from callers, for code that reads data with texts of its own: samples, hints, statistics. */
export interface Hiding {
  /** False: nothing is hidden at all. */
  readonly any: boolean;
  /** Whether columns are hidden, besides whole tables. */
  readonly hidesColumns: boolean;
  /** Whether a table, or one of its columns, must not be read or shown. Looks at names only: ask for the real table, not for a view over it. */
  hides(schema: string, table: string, column?: string): boolean;
  /** How a column that may be selected is shown. */
  maskOf(schema: string, table: string, column: string): MaskRule | undefined;
}

type Matcher = (schema: string, table: string) => boolean;

function matcherOf(patterns: readonly string[]): Matcher {
  const names = new Set(patterns);
  return (schema, table) => names.has(`${schema}.${table}`) || names.has(`${schema}.*`);
}

/** Reads what a policy hides. */
export function hidingOf(policy: PolicyConfiguration): Hiding {
  const { allowedTables, deniedTables, deniedColumns, maskedColumns, hashedColumns } = policy;
  const allowed = allowedTables === undefined ? () => true : matcherOf(allowedTables);
  const denied = matcherOf(deniedTables);
  const masked = new Set(maskedColumns);
  const hashed = new Set(hashedColumns);
  const columns = new Set([...deniedColumns, ...masked, ...hashed]);
  return {
    hidesColumns: columns.size > 0,
    any: allowedTables !== undefined || deniedTables.length + columns.size > 0,
    hides: (schema, table, column) =>
      !allowed(schema, table) ||
      denied(schema, table) ||
      (column !== undefined && columns.has(`${schema}.${table}.${column}`)),
    maskOf(schema, table, column) {
      const name = `${schema}.${table}.${column}`;
      // A column on both lists is shown as the stricter one says.
      return masked.has(name) ? 'mask' : hashed.has(name) ? 'hash' : undefined;
    },
  };
}
