import type { ResultBudget } from './budget.ts';
import type { Cell } from './encode-column.ts';
import type { EncodedTable } from './encode-table.ts';
import { withRemark } from './fence.ts';
import { textCost } from './text-cost.ts';
import { csvLine } from './write-csv.ts';
import { markdownTable } from './write-markdown.ts';

/** How rows are given: lists of cells, or one of the forms that some readers take better. */
export const RESULT_FORMATS = ['rows', 'csv', 'markdown', 'json'] as const;

/** See {@link RESULT_FORMATS}. */
export type ResultFormat = (typeof RESULT_FORMATS)[number];

/** A result in the form that was asked for: `rows` are lists, or objects for `json`; `csv` and `markdown` are one text. */
export type FormattedTable = Omit<EncodedTable, 'rows'> & {
  readonly rows?: (Cell[] | Record<string, Cell>)[];
  readonly text?: string;
};

/**
 * Writes an encoded table in a format. Objects repeat every name in every row, so that fewer of them fit the budget: the rest is
 * left out and said so, as any other cap does.
 */
export function formatTable(
  table: EncodedTable,
  format: ResultFormat,
  budget: Pick<ResultBudget, 'maxTokens' | 'maxBytes'>,
): FormattedTable {
  const { rows, ...facts } = table;
  const names = table.columns.map(({ name }) => name);
  switch (format) {
    case 'rows':
      return table;
    case 'csv':
      return { ...facts, text: [names, ...rows.map((row) => row.map(cellText))].map(csvLine).join('\n') };
    case 'markdown':
      return {
        ...facts,
        text: markdownTable(
          names,
          rows.map((row) => row.map(cellText)),
        ),
      };
    case 'json':
      return asObjects(table, budget);
  }
}

/** A cell in a text: arrays stay JSON, since their elements may hold any character. */
function cellText(cell: Cell): string | null {
  return cell === null || typeof cell === 'string' ? cell : Array.isArray(cell) ? JSON.stringify(cell) : String(cell);
}

function asObjects(
  { columns, rows, ...facts }: EncodedTable,
  { maxTokens, maxBytes = Number.POSITIVE_INFINITY }: Pick<ResultBudget, 'maxTokens' | 'maxBytes'>,
): FormattedTable {
  const keys = distinctNames(columns.map(({ name }) => name));
  const objects: Record<string, Cell>[] = [];
  const spent = { tokens: 0, bytes: 0 };
  for (const row of rows) {
    // fromEntries and not assignment: a column may be called __proto__.
    const object = Object.fromEntries(keys.map((key, index) => [key, row[index] ?? null]));
    const cost = textCost(JSON.stringify(object));
    spent.tokens += cost.tokens;
    spent.bytes += cost.bytes;
    if (spent.tokens > maxTokens || spent.bytes > maxBytes) break;
    objects.push(object);
  }
  if (objects.length === rows.length) return { columns, rows: objects, ...facts };
  const remark = `TRUNCATED: as objects only the first ${objects.length} of ${rows.length} rows fit. format rows or csv holds more.`;
  return {
    columns,
    rows: objects,
    ...facts,
    row_count: objects.length,
    truncated: true,
    notice: withRemark(facts.notice, remark),
  };
}

/** An object holds each key once: the second `id` becomes `id_2`. */
function distinctNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  const all = new Set(names);
  return names.map((name) => {
    let key = name;
    for (let count = 2; used.has(key) || (key !== name && all.has(key)); count += 1) key = `${name}_${count}`;
    used.add(key);
    return key;
  });
}
