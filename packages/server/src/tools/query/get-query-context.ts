import { findValueHints, renderValueHints, type SchemaSlice, selectSlice } from '@pgmcp/schema-introspect';
import { z } from 'zod';
import { nearestPairs } from '../../nearest-pairs.ts';
import { visibleCatalog } from '../../policy/visible-catalog.ts';
import { textCost, UNTRUSTED_TEXT_NOTICE } from '../../values/index.ts';
import { defineTool, READS_ONLY, type ToolContext } from '../define-tool.ts';
import { databaseInput, questionInput } from '../inputs.ts';
import { joinsAmong } from './joins-among.ts';
import { readServerClock, serverClockSchema } from './server-clock.ts';

const DEFAULT_MAX_TOKENS = 4_000;
const LEAST_MAX_TOKENS = 200;
const MOST_MAX_TOKENS = 50_000;

/** Part of the budget that is kept for what stands beside the schema. */
const SHARE_BESIDE = 0.3;

const MAX_EXAMPLES = 3;

/** Gives an assistant what it needs to write SQL itself. */
export const getQueryContext = defineTool({
  name: 'get_query_context',
  title: 'Get context for writing SQL',
  description:
    'For writing SQL yourself: the part of the schema that a question needs, ways to join it, stored values that the question ' +
    'names, verified examples, server time and zone. Smaller than reading the whole schema.',
  input: z.strictObject({
    question: questionInput,
    max_tokens: z
      .int()
      .min(LEAST_MAX_TOKENS)
      .max(MOST_MAX_TOKENS)
      .optional()
      .describe('Budget of the answer. Default 4000; the configured cap holds.'),
    database: databaseInput,
  }),
  output: z.object({
    database: z.string(),
    schema: z.string(),
    /** Tables that no longer fit, the most relevant first. */
    omitted: z.array(z.string()).optional(),
    joins: z.array(z.string()).optional(),
    /** Stored values that the question seems to name, `table.column ≈ 'value'` a line. */
    values: z.string().optional(),
    examples: z.array(z.object({ question: z.string(), sql: z.string() })).optional(),
    server: serverClockSchema.optional(),
    notice: z.string(),
  }),
  annotations: READS_ONLY,
  toolset: 'core',
  scope: 'db:read',
  async run({ question, max_tokens: wanted = DEFAULT_MAX_TOKENS, database }, context) {
    const { services, call } = context;
    const connected = services.databases.resolve(database);
    const maxTokens = Math.min(wanted, services.configuration.server.maxResultTokens);
    const [catalog, server, examples] = await Promise.all([
      visibleCatalog(services, connected, call.caller),
      readServerClock(connected, context),
      findExamples(connected, question, context),
    ]);
    const beside = createBudget(Math.floor(maxTokens * SHARE_BESIDE));
    const values = renderValueHints(findValueHints(catalog, question))
      .split('\n')
      .filter((line) => beside.takes(line));
    const shownExamples = examples.filter(({ question: asked, sql }) => beside.takes(`${asked} ${sql}`));
    const similarities = await services.meanings?.similarities(catalog, question, call);
    const slice = selectSlice(catalog, question, {
      ...(similarities && { similarities }),
      maxTokens: Math.max(100, maxTokens - Math.floor(maxTokens * SHARE_BESIDE)),
    });
    const joins = joinsAmong(catalog, slice.tables).filter((join) => beside.takes(join));
    return {
      database: connected.name,
      schema: slice.text,
      ...omittedOf(slice),
      ...(joins.length > 0 && { joins }),
      ...(values.length > 0 && { values: values.join('\n') }),
      ...(shownExamples.length > 0 && { examples: shownExamples }),
      ...(server && { server }),
      notice: `Write one SELECT for PostgreSQL and run it with execute_query. ${UNTRUSTED_TEXT_NOTICE}`,
    };
  },
});

const MAX_OMITTED = 30;

function omittedOf({ omitted }: SchemaSlice): { readonly omitted?: string[] } {
  return omitted.length === 0 ? {} : { omitted: omitted.slice(0, MAX_OMITTED) };
}

/** Verified pairs that are like the question and that this caller may run. */
async function findExamples(
  connected: ReturnType<ToolContext['services']['databases']['resolve']>,
  question: string,
  { services, call }: ToolContext,
): Promise<{ readonly question: string; readonly sql: string }[]> {
  const pairs = nearestPairs(connected.verifiedPairs, question, MAX_EXAMPLES);
  const verdicts = await Promise.all(
    pairs.map(({ sql }) => services.executor.check({ database: connected, sql }, call)),
  );
  return pairs
    .filter((_, index) => verdicts[index]?.allowed)
    .map(({ question: asked, sql }) => ({ question: asked, sql }));
}

/** Counts down what may still be written. */
function createBudget(maxTokens: number): { takes(text: string): boolean } {
  let left = maxTokens;
  return {
    takes(text) {
      const { tokens } = textCost(text);
      if (text === '' || tokens > left) return false;
      left -= tokens;
      return true;
    },
  };
}
