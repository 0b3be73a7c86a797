import { abortable } from '../abort.ts';
import { nearestAmong } from '../nearest.ts';
import type { AskPorts, ResultTable } from '../ports.ts';
import { quoteName } from '../repair/quote-name.ts';
import { writeTable } from '../repair/write-name.ts';
import { wordsOf } from '../words.ts';
import { coverageOf } from './coverage.ts';

/** What the catalog has near a question that cannot be answered. */
export interface Surroundings {
  readonly unknownWords: readonly string[];
  readonly nearest: readonly string[];
}

const mostColumns = 5;
/** A model may name a thousand words, and a database a hundred thousand columns. */
const mostWanted = 20;
/** No name of PostgreSQL is longer. */
const longestName = 63;

/** Looks for the words that nothing is called, and for columns with names like what is missing. */
export async function lookAround(
  {
    question,
    ports,
    statementOptions,
  }: {
    readonly question: string;
    readonly ports: Pick<AskPorts<ResultTable>, 'catalog'>;
    readonly statementOptions: { readonly signal: AbortSignal | undefined };
  },
  missing: readonly string[],
): Promise<Surroundings> {
  const nothing = { unknownWords: [], nearest: [] };
  const { catalog } = ports;
  const { signal } = statementOptions;
  if (catalog === undefined) return nothing;
  try {
    const snapshot = await abortable(signal, async () => catalog.snapshot());
    const unknownWords = coverageOf(question, snapshot).missing;
    const columns = snapshot.tables.flatMap((table) =>
      table.columns.map(({ name }) => ({ name, written: `${writeTable(table)}.${quoteName(name)}` })),
    );
    const names = [...new Set(columns.map(({ name }) => name))];
    const wanted = [...new Set([...missing, ...missing.flatMap(wordsOf), ...unknownWords])]
      .filter((word) => word.length <= longestName)
      .slice(0, mostWanted);
    const nearestTo = nearestAmong(names);
    const near = [...new Set(wanted.flatMap((word) => nearestTo(word, 2)))];
    const nearest = near.flatMap((name) =>
      columns.filter((column) => column.name === name).map(({ written }) => written),
    );
    return { unknownWords, nearest: nearest.slice(0, mostColumns) };
  } catch (thrown) {
    if (signal?.aborted === true) throw thrown;
    return nothing;
  }
}
