import { abortable } from '../abort.ts';
import type { Catalog } from '../ports.ts';
import { quoteName } from '../repair/quote-name.ts';
import { writeTable } from '../repair/write-name.ts';
import { findValues } from './find-values.ts';
import { indexValues } from './value-index.ts';

/** More would crowd out the question; in recorded questions two are the mean. */
const maxHits = 10;
const longestShown = 50;

/** What is needed to look values up. */
interface HintContext {
  readonly question: string;
  readonly valueHints: boolean;
  readonly ports: { readonly catalog?: Catalog | undefined };
  readonly statementOptions: { readonly signal: AbortSignal | undefined };
}

/** Lines `table.column = 'Value'` for the stored values that the question seems to mention. */
export async function hintValues({ question, valueHints, ports, statementOptions }: HintContext): Promise<string[]> {
  const { catalog } = ports;
  if (!valueHints || catalog === undefined) return [];
  const { signal } = statementOptions;
  try {
    const snapshot = await abortable(signal, async () => catalog.snapshot());
    return findValues(indexValues(snapshot), question, { maxHits })
      .filter(({ value }) => value.length <= longestShown)
      .map(
        ({ table, column, value }) => `${writeTable(table)}.${quoteName(column)} = '${value.replaceAll("'", "''")}'`,
      );
  } catch (thrown) {
    // Hints help; without them the question is asked all the same.
    if (signal?.aborted === true) throw thrown;
    return [];
  }
}
