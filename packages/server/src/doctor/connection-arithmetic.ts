import type { Database } from '@pgmcp/pool';
import type { Step } from './step.ts';

const SQL = `
SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
         - coalesce(current_setting('reserved_connections', true)::int, 0) AS available,
       (SELECT count(*)::int FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_catalog.pg_backend_pid()) AS used,
       (SELECT rolconnlimit FROM pg_catalog.pg_roles WHERE rolname = session_user) AS "limit"`;

/**
 * Whether the connections that this server may open fit on the database server, beside those that are open there.
 *
 * @param wanted the pools of all configured databases on that server, together.
 */
export async function countConnections(database: Database, wanted: number): Promise<Step> {
  const [row] = (await database.query<{ available: number; used: number; limit: number }>(SQL)).rows;
  const { available, used, limit } = row ?? { available: 0, used: 0, limit: -1 };
  const numbers = `${wanted} may be opened by each process; ${used} of ${available} are in use now`;
  const cure = 'Lower PG_MCP_DATABASE_MAX_POOL_SIZE, run fewer processes, or put a pooler in front.';
  if (limit >= 0 && wanted > limit)
    return { name: 'connections', status: 'failed', detail: `${numbers}; the role may have ${limit}.`, cure };
  if (wanted > available) return { name: 'connections', status: 'failed', detail: `${numbers}.`, cure };
  if (used + wanted > available)
    return { name: 'connections', status: 'warning', detail: `${numbers}: not enough when all are wanted.`, cure };
  return {
    name: 'connections',
    status: 'ok',
    detail: `${numbers}: room for ${Math.floor((available - used) / Math.max(1, wanted))} processes.`,
  };
}
