import { z } from 'zod';
import { askDatabase } from '../../advice/ask-database.ts';
import { countParameters } from '../../advice/indexes/count-parameters.ts';
import { type IndexAdvice, recommendIndexes } from '../../advice/indexes/recommend.ts';
import { readWorkload } from '../../advice/indexes/workload.ts';
import { hasScope } from '../../call.ts';
import { databaseText } from '../../database-text.ts';
import type { ConnectedDatabase } from '../../databases.ts';
import { PgmcpError } from '../../errors.ts';
import { UNTRUSTED_TEXT_NOTICE } from '../../values/index.ts';
import { defineTool, READS_ONLY, type ToolContext } from '../define-tool.ts';
import { databaseInput, paramsInput, sqlInput } from '../inputs.ts';

/** How many statements of a workload are looked at. */
const WORKLOAD_SIZE = 20;

const output = z.object({
  database: z.string(),
  recommendations: z.array(
    z.object({
      create: z.string(),
      reason: z.string(),
      evidence: z.enum(['hypopg', 'estimate']),
      cost_before: z.number().optional(),
      cost_after: z.number().optional(),
      size_bytes: z.number().optional(),
      statements: z.array(z.object({ sql: z.string(), calls: z.number(), total_ms: z.number() })).optional(),
    }),
  ),
  not_helpful: z.array(z.string()),
  withheld: z.array(z.string()),
  notice: z.string(),
});

type Advice = z.output<typeof output>;

/** Finds indexes that would make statements faster. */
export const recommendIndexesTool = defineTool({
  name: 'recommend_indexes',
  title: 'Recommend indexes',
  description:
    'Finds indexes that would help one SQL statement or, without sql, the statements that took most time (pg_stat_statements). ' +
    'Proven with HypoPG where installed, else labelled estimates. Creates nothing.',
  input: z.strictObject({
    sql: sqlInput.optional().describe('Default: the workload.'),
    params: paramsInput,
    database: databaseInput,
  }),
  output,
  annotations: READS_ONLY,
  toolset: 'advice',
  scope: 'db:read',
  async run({ sql, params, database }, context) {
    const connected = context.services.databases.resolve(database);
    if (sql !== undefined) return ofStatement(connected, sql, params, context);
    if (params !== undefined) throw new PgmcpError('VALIDATION_ERROR', 'params go with sql: give the statement too.');
    if (!hasScope(context.call.caller, 'db:admin'))
      throw new PgmcpError(
        'ACCESS_DENIED',
        'The workload holds statements of everybody: it needs the scope db:admin. Name one statement in sql instead.',
      );
    return ofWorkload(connected, context);
  },
});

async function ofStatement(
  connected: ConnectedDatabase,
  sql: string,
  params: readonly unknown[] | undefined,
  { services, call }: ToolContext,
): Promise<Advice> {
  const advice = await recommendIndexes(services.executor, { database: connected, sql, parameters: params }, call);
  return {
    database: connected.name,
    recommendations: [...advice.indexes],
    not_helpful: [...advice.useless],
    withheld: [...advice.withheld],
    notice: noticeOf(advice.indexes),
  };
}

type Recommendation = Advice['recommendations'][number];

async function ofWorkload(connected: ConnectedDatabase, { services, call }: ToolContext): Promise<Advice> {
  const catalog = await connected.catalog();
  const ask = askDatabase(connected, await connected.sessionOf(call.caller), call.signal);
  const extension = catalog.extensions.find(({ name }) => name === 'pg_stat_statements');
  const workload = await readWorkload(ask, extension, WORKLOAD_SIZE);
  const empty = { database: connected.name, recommendations: [], not_helpful: [] };
  if ('unknown' in workload) return { ...empty, withheld: [workload.unknown], notice: noticeOf([]) };
  const byIndex = new Map<string, Recommendation>();
  const withheld = new Set<string>();
  let notPlanned = 0;
  if (workload.invisible > 0)
    withheld.add(
      `${workload.invisible} of the ${WORKLOAD_SIZE} slowest statements belong to other roles: GRANT pg_read_all_stats to see them.`,
    );
  for (const [position, { sql, calls, totalMs }] of workload.statements.entries()) {
    call.progress(`planning statement ${position + 1} of ${workload.statements.length}`);
    const shown = { sql: databaseText(sql).slice(0, 300), calls, total_ms: Math.round(totalMs) };
    const count = countParameters(sql);
    if (count === undefined) {
      notPlanned += 1;
      continue;
    }
    try {
      const advice = await recommendIndexes(
        services.executor,
        { database: connected, sql, generic: count > 0, parameters: new Array(count).fill(null) },
        call,
      );
      for (const index of advice.indexes) {
        const known = byIndex.get(index.create) ?? { ...index, statements: [] };
        known.statements?.push(shown);
        byIndex.set(index.create, known);
      }
      for (const reason of advice.withheld) withheld.add(reason);
    } catch (error) {
      if (call.signal.aborted) throw error;
      notPlanned += 1;
    }
  }
  if (notPlanned > 0)
    withheld.add(`${notPlanned} statements that the policy of this server refuses, or that PostgreSQL cannot plan.`);
  const weight = ({ statements = [] }: Recommendation) =>
    statements.reduce((total, { total_ms }) => total + total_ms, 0);
  const recommendations = [...byIndex.values()].sort((a, b) => weight(b) - weight(a)).slice(0, 10);
  return { ...empty, recommendations, withheld: [...withheld], notice: noticeOf(recommendations) };
}

function noticeOf(indexes: readonly Pick<IndexAdvice, 'evidence'>[]): string {
  if (indexes.length === 0) return 'No index is recommended. Every index slows writes; that is an answer too.';
  const isProven = indexes.every(({ evidence }) => evidence === 'hypopg');
  return `${isProven ? 'The planner would use these (HypoPG); costs are its estimates, not times.' : 'Estimates are reckoned from row counts and unproven: try them on a copy, or install HypoPG.'} Every index takes space and slows writes; a person decides and creates it. ${UNTRUSTED_TEXT_NOTICE}`;
}
