import { type DatabaseCatalog, type SearchHit, searchCatalog } from '@pgmcp/schema-introspect';
import { z } from 'zod';
import { visibleCatalog } from '../../policy/visible-catalog.ts';
import { schemaUri } from '../../resources/schema-uri.ts';
import { UNTRUSTED_TEXT_NOTICE } from '../../values/index.ts';
import { defineTool, READS_ONLY, type ToolContext } from '../define-tool.ts';
import { cutText } from '../schema/cut.ts';

/** Most results in all databases together. */
const MAX_RESULTS = 20;

const MAX_TITLE = 160;

/** Hits that are looked at in one database; several may be columns of one table. */
const MAX_HITS = 200;

/** What `fetch` cannot describe. */
const OTHER_KINDS = new Set(['function', 'type', 'sequence']);

/**
 * Finds tables by words, in the shape that the connectors of chat products expect: they know these two tools by name.
 *
 * @see https://platform.openai.com/docs/mcp
 */
export const search = defineTool({
  name: 'search',
  title: 'Search tables',
  description:
    'Finds tables and views of all databases by words in names, columns and comments. fetch takes the id of a result.',
  input: z.strictObject({
    query: z.string().trim().min(1, 'write words to search for: query is empty').max(1_000),
  }),
  output: z.object({
    results: z.array(z.object({ id: z.string(), title: z.string(), url: z.string() })),
    notice: z.string(),
  }),
  annotations: READS_ONLY,
  toolset: 'search',
  scope: 'db:read',
  async run({ query }, context) {
    const found = await Promise.all(
      context.services.databases.names.map((name) => searchDatabase(name, query, context)),
    );
    const results = found.flat().sort((left, right) => right.score - left.score);
    return {
      results: results.slice(0, MAX_RESULTS).map(({ id, title }) => ({ id, title, url: id })),
      notice: UNTRUSTED_TEXT_NOTICE,
    };
  },
});

interface Found {
  readonly id: string;
  readonly title: string;
  readonly score: number;
}

/** A database that cannot be reached has nothing to find; the others still answer. */
async function searchDatabase(name: string, query: string, { services, call }: ToolContext): Promise<Found[]> {
  const database = services.databases.resolve(name);
  const catalog = await visibleCatalog(services, database, call.caller).catch(() => undefined);
  call.signal.throwIfAborted();
  if (!catalog) return [];
  const best = new Map<string, Found>();
  for (const { schema, name: of, score } of hitsOf(catalog, query)) {
    const id = schemaUri.table(name, schema, of);
    if ((best.get(id)?.score ?? -1) >= score) continue;
    const comment = catalog.tables.find((each) => each.schema === schema && each.name === of)?.comment;
    best.set(id, { id, title: cutText(`${schema}.${of}${comment ? `: ${comment}` : ''}`, MAX_TITLE), score });
  }
  return [...best.values()];
}

/** By words; a query without any, such as `a_b%`, by the name as it stands. */
function hitsOf(catalog: DatabaseCatalog, query: string): readonly SearchHit[] {
  const found = (by: 'words' | 'pattern') => {
    try {
      return searchCatalog(catalog, { [by]: query, limit: MAX_HITS }).hits;
    } catch {
      return [];
    }
  };
  const byWords = found('words');
  return (byWords.length > 0 ? byWords : found('pattern')).filter(({ kind }) => !OTHER_KINDS.has(kind));
}
