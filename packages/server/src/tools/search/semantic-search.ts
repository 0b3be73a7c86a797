import type { Column } from '@pgmcp/schema-introspect';
import { z } from 'zod';
import type { Call } from '../../call.ts';
import { PgmcpError } from '../../errors.ts';
import { copiesHidden } from '../../policy/copies-hidden.ts';
import { visibleCatalog } from '../../policy/visible-catalog.ts';
import { rowFilterInput } from '../../semantic/row-filter.ts';
import { anyWord, writeSearch } from '../../semantic/search-sql.ts';
import { findVectors, isText, isVector, resolveColumn, type VectorSource } from '../../semantic/vector-source.ts';
import type { Services } from '../../services.ts';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { databaseInput } from '../inputs.ts';
import { tableShape } from '../query/table-result.ts';

const MAX_RESULTS = 100;

/** Finds rows whose vectors are near to the meaning of a text. */
export const semanticSearch = defineTool({
  name: 'semantic_search',
  title: 'Search by meaning',
  description: 'Finds rows by meaning in a pgvector column, or by meaning and words in a text column with embeddings.',
  input: z.strictObject({
    query: z.string().min(1, 'write what to search for: query is empty').max(100_000),
    table: z.string().min(1).max(200),
    column: z.string().min(1).max(200),
    text_column: z.string().min(1).max(200).optional().describe('Match its words too.'),
    limit: z.int().min(1).max(MAX_RESULTS).default(10),
    similarity_threshold: z.number().min(0).max(100).optional().describe('Percent.'),
    filter: rowFilterInput.optional(),
    database: databaseInput,
  }),
  output: z.object({ database: z.string(), ...tableShape }),
  annotations: { ...READS_ONLY, openWorldHint: true },
  toolset: 'search',
  scope: 'db:read',
  available: ({ embedder }) => embedder !== undefined,
  async run(
    { query, table, column, text_column, limit, similarity_threshold, filter = [], database },
    { services, call },
  ) {
    const connected = services.databases.resolve(database);
    const source = findVectors(await visibleCatalog(services, connected, call.caller), table, column);
    const text = text_column === undefined ? source.text : resolveColumn(source.table, text_column);
    if (text !== undefined && !isText(text))
      throw new PgmcpError('VALIDATION_ERROR', `${text.name} is ${text.type}: words are matched in text columns only.`);
    const hasKey = source.table.primaryKey !== undefined;
    if (text_column !== undefined && !hasKey)
      throw new PgmcpError(
        'VALIDATION_ERROR',
        'Words are matched in tables with a primary key only: leave text_column out.',
      );
    const words = text !== undefined && hasKey ? anyWord(query) : undefined;
    const { hiding } = services.policies.of(connected, call.caller);
    const { schema, name } = source.table;
    // The order of rows by a hidden text would tell what the text is about, though no statement names it.
    const isKept = (each: Column) => hiding.hides(schema, name, each.name) || copiesHidden(hiding, source.table, each);
    if (hiding.hides(schema, name, column) || (text !== undefined && isKept(text)))
      throw new PgmcpError(
        'ACCESS_DENIED',
        `${schema}.${name}.${column} is kept from assistants: it cannot be searched.`,
      );
    const shown = source.table.columns.filter(
      (each) => each.selectable !== false && !isVector(each) && each.type !== 'tsvector' && !isKept(each),
    );
    const search = {
      source,
      columns: shown,
      vector: await embedQuery(query, source, services, call),
      filter,
      limit,
      threshold: similarity_threshold,
      words: text !== undefined && words !== undefined ? { column: text, text: words } : undefined,
    };
    const { sql, parameters } = writeSearch(search);
    const result = await services.executor.read({ database: connected, sql, parameters, limit }, call);
    return { database: connected.name, ...result };
  },
});

async function embedQuery(query: string, source: VectorSource, { embedder }: Services, call: Call) {
  if (embedder === undefined)
    throw new PgmcpError(
      'VALIDATION_ERROR',
      'No embedding model is configured: the operator sets PG_MCP_EMBEDDINGS_MODEL.',
    );
  if (source.model !== undefined && source.model !== embedder.model) {
    throw new PgmcpError(
      'VALIDATION_ERROR',
      `These embeddings were made by ${source.model}, and the configured model is ${embedder.model}: vectors of two models do not compare. The operator runs \`pgmcp embed\` again, or configures the other model.`,
    );
  }
  const [vector = []] = await embedder.embed([query], { caller: call.caller, signal: call.signal });
  if (source.dimensions !== undefined && source.dimensions !== vector.length) {
    throw new PgmcpError(
      'VALIDATION_ERROR',
      `The column holds vectors of ${source.dimensions} dimensions, and the model ${embedder.model} gives ${vector.length}. The operator names the model that made them, or sets PG_MCP_EMBEDDINGS_DIMENSIONS.`,
    );
  }
  return vector;
}
