import { textCost } from '../../values/index.ts';
import type { DescribedTable } from './describe-table.ts';

/** Described tables that fit a budget, and what had to be left out. */
export interface FittedTables {
  readonly tables: DescribedTable[];
  /** `schema.name` of tables that no longer fit. */
  readonly notShown: readonly string[];
  /** What was left out of the tables that are shown, a sentence each. */
  readonly remarks: readonly string[];
}

/**
 * Keeps descriptions within a token budget: whole tables in the order they were asked for; a table that alone is too large
 * keeps the first of its columns.
 */
export function fitTables(described: readonly DescribedTable[], maxTokens: number): FittedTables {
  const tables: DescribedTable[] = [];
  const notShown: string[] = [];
  const remarks: string[] = [];
  let left = maxTokens;
  for (const table of described) {
    const cost = tokensOf(table);
    const name = `${table.schema}.${table.name}`;
    if (cost <= left) {
      tables.push(table);
      left -= cost;
    } else if (tables.length === 0) {
      const columns = firstColumns(table, left);
      tables.push({ ...table, columns });
      remarks.push(`${name} shows ${columns.length} of its ${table.columns.length} columns.`);
      left = 0;
    } else {
      notShown.push(name);
    }
  }
  return { tables, notShown, remarks };
}

function firstColumns(table: DescribedTable, maxTokens: number): DescribedTable['columns'] {
  const { columns, ...rest } = table;
  let left = maxTokens - tokensOf(rest);
  const kept = columns.findIndex((column) => {
    left -= tokensOf(column);
    return left < 0;
  });
  return kept === -1 ? columns : columns.slice(0, Math.max(1, kept));
}

function tokensOf(value: unknown): number {
  return textCost(JSON.stringify(value)).tokens;
}
