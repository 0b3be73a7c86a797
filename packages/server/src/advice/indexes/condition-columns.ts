/** Columns that a condition compares, by what an index can do with the comparison. */
export interface ConditionColumns {
  /** `=`, `= ANY`, `IS NULL`: first in an index. */
  readonly equal: readonly string[];
  /** `<`, `>=` and the like: last in an index. */
  readonly range: readonly string[];
}

const IDENTIFIER = String.raw`(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\d_$]*)`;

/** `alias.column`, also as `(alias.column)::text`, which the planner prints for varchar and which an index on the column serves. */
const COLUMN = String.raw`(?<![\p{L}\d_$."])(?:\((?:(${IDENTIFIER})\.)?(${IDENTIFIER})\)::(?:text|bpchar)|(?:(${IDENTIFIER})\.)?(${IDENTIFIER}))`;

const COMPARISON = new RegExp(String.raw`${COLUMN}\s+(=|<=|>=|<|>|IS NULL|IS NOT DISTINCT FROM)(?=\s|\))`, 'gu');
const COLUMN_BEHIND = new RegExp(String.raw`\s(=|<=|>=|<|>)\s+${COLUMN}(?=\))`, 'gu');

/**
 * Reads a condition as `EXPLAIN` prints it. PostgreSQL has parsed it before, so that its form is regular; what is not understood is left
 * out, which costs a suggestion and never makes a wrong one that goes unproven.
 *
 * @param alias the scan's own alias: columns of others in a join condition are left out.
 */
export function conditionColumns(condition: string, alias: string | undefined): ConditionColumns {
  const plain = withoutLiterals(condition);
  // One index serves a conjunction; a disjunction needs several, and subplans are no constants.
  if (/\sOR\s|SubPlan|hashed/.test(plain)) return { equal: [], range: [] };
  const equal = new Set<string>();
  const range = new Set<string>();
  const add = (operator: string, qualifier: string | undefined, column: string | undefined) => {
    if (column === undefined) return;
    if (qualifier !== undefined && alias !== undefined && unquoted(qualifier) !== alias) return;
    (/^[<>]/.test(operator) ? range : equal).add(unquoted(column));
  };
  for (const [, castQualifier, castColumn, qualifier, column, operator = ''] of plain.matchAll(COMPARISON))
    add(operator, castQualifier ?? qualifier, castColumn ?? column);
  for (const [, operator = '', castQualifier, castColumn, qualifier, column] of plain.matchAll(COLUMN_BEHIND))
    add(operator, castQualifier ?? qualifier, castColumn ?? column);
  return { equal: [...equal], range: [...range].filter((column) => !equal.has(column)) };
}

/** The column of a sort key such as `o.created_at DESC`; undefined for an expression. */
export function sortColumn(key: string, alias: string | undefined): string | undefined {
  const match = new RegExp(
    String.raw`^(?:(${IDENTIFIER})\.)?(${IDENTIFIER})(?: DESC)?(?: NULLS (?:FIRST|LAST))?$`,
    'u',
  ).exec(key);
  const [, qualifier, column] = match ?? [];
  if (column === undefined) return undefined;
  return qualifier !== undefined && alias !== undefined && unquoted(qualifier) !== alias ? undefined : unquoted(column);
}

function withoutLiterals(condition: string): string {
  // Quoted names are passed over: an apostrophe in one is the beginning of no text.
  return condition.replaceAll(/("(?:[^"]|"")*")|'(?:[^']|'')*'/g, (_, name?: string) => name ?? "''");
}

function unquoted(identifier: string): string {
  return identifier.startsWith('"') ? identifier.slice(1, -1).replaceAll('""', '"') : identifier;
}
