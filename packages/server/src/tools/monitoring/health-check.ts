import { z } from 'zod';
import { hasScope } from '../../call.ts';
import { severityOf } from '../../monitor/judge-measures.ts';
import type { Services } from '../../services.ts';
import { defineTool, READS_ONLY } from '../define-tool.ts';

const level = z.enum(['ok', 'warning', 'critical']);

/** State of the databases, and of the process for whoever runs it. */
export const healthCheck = defineTool({
  name: 'health_check',
  title: 'Check health',
  description:
    'Says whether each database answers, how fast, how far replicas are behind, and how the server itself does.',
  input: z.strictObject({}),
  output: z.object({
    status: level,
    version: z.string(),
    databases: z.array(
      z.object({
        name: z.string(),
        status: z.enum(['up', 'down']),
        server_version: z.string().optional(),
        latency_ms: z.number().optional(),
        schema_age_s: z.number().optional(),
        replicas: z.array(z.object({ name: z.string(), status: z.string(), lag_ms: z.number().optional() })).optional(),
        pool: z.object({
          open: z.number(),
          idle: z.number(),
          in_use: z.number(),
          waiting: z.number(),
          max: z.number(),
          breaker: z.string(),
        }),
        error: z.string().optional(),
        warning: z.string().optional(),
      }),
    ),
    process: z
      .object({
        uptime_s: z.number(),
        memory_mib: z.number(),
        memory: level,
        event_loop_delay_ms: z.number(),
        event_loop: level,
        cpu_percent: z.number(),
        cpu: level,
        calls_under_way: z.number(),
      })
      .optional(),
    alerts: z.array(
      z.object({ kind: z.string(), severity: z.string(), database: z.string().optional(), message: z.string() }),
    ),
  }),
  annotations: READS_ONLY,
  toolset: 'monitoring',
  scope: 'db:read',
  async run(_, { services, call }) {
    const { version, databases } = await services.health();
    const pools = new Map(services.poolStats().map((stats) => [stats.name, stats]));
    const names = new Set(databases.map(({ name }) => name));
    const seesServer = hasScope(call.caller, 'db:admin');
    const alerts = services.monitor.alerts.filter(({ database }) =>
      database === undefined ? seesServer : names.has(database),
    );
    const state = seesServer ? processState(services) : undefined;
    const worst: readonly z.output<typeof level>[] = [
      ...alerts.map(({ severity }) => severity),
      ...databases.map(({ status }) => (status === 'up' ? ('ok' as const) : ('critical' as const))),
      ...(state ? [state.memory, state.event_loop, state.cpu] : []),
    ];
    const status = (['critical', 'warning'] as const).find((one) => worst.includes(one)) ?? ('ok' as const);
    return {
      status,
      version,
      databases: databases.map(({ replicas, ...database }) => {
        const stats = pools.get(database.name);
        return {
          ...database,
          ...(replicas && { replicas: [...replicas] }),
          pool: {
            open: stats?.total ?? 0,
            idle: stats?.idle ?? 0,
            in_use: stats?.lent ?? 0,
            waiting: stats?.waiting ?? 0,
            max: stats?.max ?? 0,
            breaker: stats?.breaker ?? 'closed',
          },
        };
      }),
      ...(state && { process: state }),
      alerts: alerts.map((alert) => ({ ...alert })),
    };
  },
});

function processState({ processUsage, configuration, inFlight }: Services) {
  const { memoryBytes, eventLoopDelayMs, cpuPercent } = processUsage();
  const limits = configuration.monitoring;
  return {
    uptime_s: Math.round(process.uptime()),
    memory_mib: Math.round(memoryBytes / 1_048_576),
    memory: severityOf(memoryBytes, limits.memoryBytes) ?? ('ok' as const),
    event_loop_delay_ms: eventLoopDelayMs,
    event_loop: severityOf(eventLoopDelayMs, limits.eventLoopDelayMs) ?? ('ok' as const),
    cpu_percent: cpuPercent,
    cpu: severityOf(cpuPercent, limits.cpuPercent) ?? ('ok' as const),
    calls_under_way: inFlight.count,
  };
}
