import { adviceFor } from '../../feedback/advice.ts';
import { mostColumnCharacters } from '../../feedback/failure-context.ts';
import { describeFailure } from '../../feedback/feedback.ts';
import { suggestColumns } from '../../feedback/suggest-columns.ts';
import { suggestJoins } from '../../feedback/suggest-joins.ts';
import type { CatalogSnapshot, ParseTree } from '../../ports.ts';
import { indexCatalog } from '../../repair/catalog-index.ts';
import { usedColumns } from './used-columns.ts';

/** What the feedback on a statement with an unknown column says of the columns that it lacks. */
export interface FeedbackQuality {
  /** Columns of the right statement that this one does not use; never 0. */
  readonly missing: number;
  /** Those of them that the feedback names, each with its table. */
  readonly named: number;
  /** The feedback, without the schema. */
  readonly text: string;
}

/**
 * Whether the feedback names what a statement lacks. `undefined` when it lacks nothing.
 *
 * @param wanted Columns of the right statement, as `table.column` in lower case.
 */
export function judgeFeedback(
  tree: ParseTree,
  {
    snapshot,
    question,
    wanted,
  }: { readonly snapshot: CatalogSnapshot; readonly question: string; readonly wanted: Iterable<string> },
): FeedbackQuality | undefined {
  const used = usedColumns(tree, snapshot);
  const missing = [...new Set(wanted)].filter((column) => !used.has(column));
  if (missing.length === 0) return undefined;
  const index = indexCatalog(snapshot);
  const columns = suggestColumns({ tree, index, question, maxCharacters: mostColumnCharacters });
  const joins = suggestJoins({ tree, index, columns });
  const error = { sqlState: '42703', message: 'column does not exist' };
  const attempt = { round: 0, source: 'model', stage: 'explain', error, durationsMs: {} } as const;
  const text = `${describeFailure(attempt, { columns, joins })}\n${adviceFor(error)}`;
  const named = new Set(columns.flatMap(namesOfLine));
  return { missing: missing.length, named: missing.filter((column) => named.has(column)).length, text };
}

function namesOfLine(line: string): string[] {
  const end = line.indexOf(': ');
  const table = line.slice(0, end).replaceAll('"', '');
  const names = line.slice(end + 2).match(/"(?:[^"]|"")*"|[^,\s"]+/g) ?? [];
  return names.map((name) => `${table}.${name.replace(/^"|"$/g, '')}`.toLowerCase());
}
