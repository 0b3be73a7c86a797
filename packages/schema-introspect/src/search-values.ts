import { checkNotNegative, checkOptions, checkPositive, checkText } from './check-options.ts';
import { qualifiedName, quoteIdentifier } from './names.ts';
import type { Queryable } from './ports.ts';
import { questionPhrases } from './question-phrases.ts';
import { rankTables } from './rank.ts';
import type { Column, DatabaseCatalog, Table } from './schema.ts';
import { canBeValue, holdsText, limitHints, shownValue, type ValueHint } from './value-hints.ts';

/** Bounds of {@link searchValues}. */
export interface SearchValuesOptions {
  /** Tables looked into: the most relevant for the question. Default 5. */
  readonly maxTables?: number;
  /** Tables with more rows by the statistics, or with none, are skipped. Default 100,000. */
  readonly maxRowsPerTable?: number;
  /** Text columns looked into over all tables. Default 20. */
  readonly maxColumns?: number;
  /** Most hints. Default 12. */
  readonly maxHints?: number;
  /** Most hints of one column. Default 3. */
  readonly maxPerColumn?: number;
}

/**
 * Looks for phrases of a question in the data: one statement that compares text columns of the most relevant tables
 * for equality without case. It reads data, so call it only where that is allowed, on a connection with the caller's
 * role, a read-only transaction and a statement timeout (`database.with({ timeoutMs: 1_000 })`).
 *
 * @throws IntrospectionError `INVALID_OPTIONS` for a bound that is not above 0; errors of PostgreSQL pass through
 */
export async function searchValues(
  db: Queryable,
  catalog: DatabaseCatalog,
  question: string,
  options: SearchValuesOptions = {},
): Promise<readonly ValueHint[]> {
  checkOptions('searchValues()', options, ['maxTables', 'maxRowsPerTable', 'maxColumns', 'maxHints', 'maxPerColumn']);
  const { maxTables = 5, maxRowsPerTable = 100_000, maxColumns = 20, maxHints = 12, maxPerColumn = 3 } = options;
  checkText('The question of searchValues()', question);
  checkNotNegative('maxRowsPerTable', maxRowsPerTable);
  for (const [name, bound] of Object.entries({ maxTables, maxColumns, maxHints, maxPerColumn }))
    checkPositive(name, bound);
  const phrases = questionPhrases(question).filter((phrase) => isStorable(phrase.text) && canBeValue(phrase));
  const columns = rankTables(catalog, question)
    .slice(0, maxTables)
    .map(({ table }) => table)
    .filter((table) => table.kind !== 'foreign table' && isSmall(table, maxRowsPerTable))
    .flatMap((table) => table.columns.filter(isSearched).map((column) => ({ table, column })))
    .slice(0, maxColumns);
  if (phrases.length === 0 || columns.length === 0) return [];

  const perColumn = Math.min(Math.ceil(maxPerColumn), MAX_PER_COLUMN);
  const parts = columns.map(({ table, column }, place) => {
    const name = `x.${quoteIdentifier(column.name)}::text`;
    return `(select ${place} as place, ${name} as value from ${qualifiedName(table.schema, table.name)} x
              where pg_catalog.lower(${name}) in (select phrase from wanted) group by 2 limit ${perColumn})`;
  });
  const text = `with wanted as materialized (select pg_catalog.jsonb_array_elements_text($1::jsonb) as phrase)
${parts.join('\nunion all\n')}`;
  const { rows } = await db.query<{ place: number; value: string }>(text, [
    JSON.stringify(phrases.map((phrase) => phrase.text.toLowerCase())),
  ]);
  const hints = rows.flatMap(({ place, value }): ValueHint[] => {
    const found = columns[place];
    if (!found) return [];
    const phrase = phrases.find((each) => each.text.toLowerCase() === value.toLowerCase())?.text ?? value;
    const { table, column } = found;
    return [
      {
        schema: table.schema,
        table: table.name,
        column: column.name,
        value: shownValue(value),
        phrase,
        source: 'search',
        match: 'equal',
      },
    ];
  });
  return limitHints(hints, maxHints, maxPerColumn);
}

/** Most values that are asked of a column, so that even a limit without end is a number that SQL takes. */
const MAX_PER_COLUMN = 1_000;

/** Whether PostgreSQL could hold the text at all: JSON with U+0000 or half a surrogate pair is an error there. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}

function isSmall(table: Table, maxRows: number): boolean {
  return table.estimatedRows !== undefined && table.estimatedRows <= maxRows;
}

function isSearched(column: Column): boolean {
  // The labels of enums are known without looking.
  return column.selectable !== false && column.enumLabels === undefined && holdsText(column);
}
