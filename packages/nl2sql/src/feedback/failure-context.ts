import { abortable } from '../abort.ts';
import type { Attempt } from '../outcome.ts';
import type { AskPorts, ResultTable, SchemaSlice } from '../ports.ts';
import { indexCatalog } from '../repair/catalog-index.ts';
import type { FailureContext } from './feedback.ts';
import { suggestColumns } from './suggest-columns.ts';
import { suggestJoins } from './suggest-joins.ts';

/** Bound of the lines of columns: with error and advice a failure stays below 300 tokens. */
export const mostColumnCharacters = 800;
/** Bound of further schema text, in tokens. */
const maxTokens = 2_000;

const unknownName = new Set(['42703', '42702', '42P01']);

/**
 * Looks up what the next round should know: columns near the unknown names, and tables of the schema that only those
 * names lead to. What cannot be looked up is left out; a failure here must not hide the failure it is about.
 */
export async function failureContext(
  ports: AskPorts<ResultTable>,
  { sql, error }: Attempt,
  {
    question,
    slice,
    signal,
  }: { readonly question: string; readonly slice: SchemaSlice; readonly signal: AbortSignal | undefined },
): Promise<FailureContext> {
  if (sql === undefined || !unknownName.has(error?.sqlState ?? '')) return { columns: [] };
  const names = await quietly(signal, () => namesFor(ports, sql, question));
  const schema = await quietly(signal, () => relink(ports, slice, `${question} ${namesIn(error?.message ?? '')}`));
  return { ...(names ?? { columns: [] }), schema };
}

async function quietly<Value>(
  signal: AbortSignal | undefined,
  work: () => Promise<Value | undefined>,
): Promise<Value | undefined> {
  try {
    return await abortable(signal, work);
  } catch (thrown) {
    if (signal?.aborted === true) throw thrown;
    return undefined;
  }
}

async function namesFor(
  { parse, catalog }: AskPorts<ResultTable>,
  sql: string,
  question: string,
): Promise<Pick<FailureContext, 'columns' | 'joins'> | undefined> {
  const outcome = await parse?.parse(sql);
  if (catalog === undefined || outcome?.parsed !== true) return undefined;
  const { tree } = outcome;
  const index = indexCatalog(await catalog.snapshot());
  const columns = suggestColumns({ tree, index, question, maxCharacters: mostColumnCharacters });
  return { columns, joins: suggestJoins({ tree, index, columns }) };
}

/** The names that an error is about, as words to search for. */
const namesIn = (message: string): string =>
  (message.match(/"[^"]+"|(?<=column |relation )[\w.]+/g) ?? []).join(' ').replace(/["._]/g, ' ');

async function relink(
  { schema }: AskPorts<ResultTable>,
  slice: SchemaSlice,
  words: string,
): Promise<string | undefined> {
  if (slice.omitted.length === 0) return undefined;
  const again = await schema.describe(words, { maxTokens });
  const shown = new Set(slice.tables.map((table) => `${table.schema}.${table.name}`));
  return again.tables.some((table) => !shown.has(`${table.schema}.${table.name}`)) ? again.text : undefined;
}
