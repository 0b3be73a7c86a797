import { nearestName } from '../nearest.ts';

/** Names for one thing, here and in other servers: a model that knows one of them writes it everywhere. */
const SAME_MEANING: readonly (readonly string[])[] = [
  ['sql', 'query', 'queries', 'statement', 'statements', 'sql_query'],
  ['question', 'query', 'prompt', 'text', 'q'],
  ['params', 'params_list', 'parameters', 'values', 'args', 'bindings'],
  ['limit', 'max_rows', 'max_results', 'row_limit', 'top_k'],
  ['table', 'tables', 'table_name', 'table_names'],
  ['schema', 'schema_name'],
  ['database', 'database_name', 'db', 'dbname'],
];

/**
 * The argument that an unknown one was probably meant to be: one of nearly the same letters, or else of the same meaning.
 *
 * @returns `undefined` when nothing is near enough
 */
export function meantArgument(name: string, known: readonly string[]): string | undefined {
  const near = nearestName(name, known);
  if (near !== undefined) return near;
  const written = name.toLowerCase().replaceAll('-', '_');
  return SAME_MEANING.filter((names) => names.includes(written))
    .flat()
    .find((each) => known.includes(each));
}
