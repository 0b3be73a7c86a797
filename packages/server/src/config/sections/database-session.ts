import { z } from 'zod';
import { byteSize, choice, toggle, wholeNumber } from '../kinds.ts';
import { setting } from '../setting.ts';

/** What PostgreSQL is told at the beginning of every transaction; the mapping `session` of a database. */
export const sessionSchema = z.strictObject({
  workMem: setting(byteSize('64KiB', '64GiB'), {
    environment: 'PG_MCP_DATABASE_SESSION_WORK_MEM',
    description: 'work_mem of every transaction. Without it: that of the role or the server.',
    example: '16MiB',
  }),
  jit: setting(toggle(), {
    environment: 'PG_MCP_DATABASE_SESSION_JIT',
    description:
      'jit of every transaction. Compiling costs more than it gains for short statements on small data. Without it: that of the server.',
    example: false,
  }),
  maxParallelWorkersPerGather: setting(wholeNumber(0, 1_024), {
    environment: 'PG_MCP_DATABASE_SESSION_MAX_PARALLEL_WORKERS_PER_GATHER',
    description: 'max_parallel_workers_per_gather of every transaction. Without it: that of the server.',
    example: 2,
  }),
  planCacheMode: setting(choice(['auto', 'force_custom_plan', 'force_generic_plan']), {
    environment: 'PG_MCP_DATABASE_SESSION_PLAN_CACHE_MODE',
    description: 'plan_cache_mode of every transaction. Without it: that of the server.',
    example: 'force_custom_plan',
  }),
});

/** The same, as PostgreSQL takes it. */
export type SessionConfiguration = Readonly<Record<string, string>>;

/** Settings by PostgreSQL's names and in its units. */
export function sessionConfiguration(settings: z.output<typeof sessionSchema>): SessionConfiguration {
  const { workMem, jit, maxParallelWorkersPerGather, planCacheMode } = settings;
  return {
    ...(workMem !== undefined && { work_mem: `${Math.round(workMem / 1_024)}kB` }),
    ...(jit !== undefined && { jit: jit ? 'on' : 'off' }),
    ...(maxParallelWorkersPerGather !== undefined && {
      max_parallel_workers_per_gather: String(maxParallelWorkersPerGather),
    }),
    ...(planCacheMode !== undefined && { plan_cache_mode: planCacheMode }),
  };
}
