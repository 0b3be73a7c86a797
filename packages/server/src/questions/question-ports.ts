import type { AskPorts, Catalog, SqlParse } from '@pgmcp/nl2sql';
import type { Call } from '../call.ts';
import type { ConnectedDatabase } from '../databases.ts';
import type { Executor } from '../execute.ts';
import { createConfirmedCatalog } from '../execution/confirmed-catalog.ts';
import type { Policies } from '../policy/policies.ts';
import { readableCatalog } from '../policy/visible-catalog.ts';
import type { TableMeanings } from '../semantic/table-meanings.ts';
import type { EncodedTable } from '../values/index.ts';
import { describeSchema } from './schema-slice.ts';

/** What questions to one database reach it through. */
export interface QuestionPortParts {
  readonly executor: Executor;
  readonly policies: Policies;
  readonly database: ConnectedDatabase;
  /** Ranks tables by meaning too; absent without an embedding model. */
  readonly meanings: TableMeanings | undefined;
}

/** The ports of the question pipeline that need no model. */
export interface QuestionPorts extends Pick<AskPorts<EncodedTable>, 'schema' | 'check' | 'runner'> {
  readonly parse: SqlParse;
  readonly catalog: Catalog;
}

/** Binds the ports to a call: structure, guard and session are what its caller may have. */
export function questionPorts(
  { executor, policies, database, meanings }: QuestionPortParts,
  call: Call,
): QuestionPorts {
  const { hiding, guard } = policies.of(database, call.caller);
  const catalog = async () => readableCatalog(await database.catalog(), hiding);
  const confirmed = createConfirmedCatalog();
  const within = (signal: AbortSignal | undefined): Call => (signal === undefined ? call : { ...call, signal });
  return {
    schema: {
      describe: async (question, limit) => {
        const visible = await catalog();
        const similarities = await meanings?.similarities(visible, question, call);
        return describeSchema(visible, question, { ...limit, similarities });
      },
    },
    check: { check: (sql) => executor.check({ database, sql, confirmed }, call) },
    runner: {
      explain: async (sql, { signal } = {}) => {
        const plan = await executor.plan({ database, sql, confirmed }, within(signal));
        return { totalCost: plan.total_cost, rows: plan.estimated_rows };
      },
      run: (sql, { signal, limit, isProbe = false } = {}) =>
        executor.run({ database, sql, limit, keepsRest: !isProbe }, within(signal)),
    },
    parse: { parse: async (sql) => (await guard('read')).parse(sql) },
    catalog: { snapshot: catalog },
  };
}
