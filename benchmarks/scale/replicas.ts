import { readdir, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import pg from 'pg';
import { inFlight } from '../measure/in-flight.ts';
import { type LineClient, startLineClient } from '../measure/line-client.ts';
import { serverSettings } from '../measure/server-settings.ts';
import type { Curve, CurvePoint } from './curve.ts';
import { predict, type ScaleModel } from './model.ts';

const CALLS = 3_000;
const CALLERS_EACH = 8;
const POOL_SIZE = 10;

/**
 * Calls a second of one to three replicas, beside what the model says from the costs of one. A replica is a process with a pool of its own;
 * all of them, PostgreSQL and the client share the processors of this machine.
 */
export async function replicasCurve(databaseUrl: string, program: string): Promise<Curve> {
  const points: CurvePoint[] = [];
  let model: ScaleModel | undefined;
  for (const size of [1, 2, 3]) {
    const replicas = await Promise.all(
      Array.from({ length: size }, () => startLineClient(process.execPath, [program], serverSettings(databaseUrl))),
    );
    try {
      await callAll(replicas, 600);
      const before = await processorUse(replicas, databaseUrl);
      const startedAt = performance.now();
      await callAll(replicas, CALLS);
      const elapsedMs = performance.now() - startedAt;
      const used = difference(await processorUse(replicas, databaseUrl), before);
      model ??= {
        serverMs: used.server / CALLS,
        mainThreadMs: used.mainThread / CALLS,
        databaseMs: used.database / CALLS,
        clientMs: used.client / CALLS,
        holdMs: used.database / CALLS,
      };
      const measured = (CALLS / elapsedMs) * 1_000;
      const usable = (used.server + used.database + used.client) / elapsedMs;
      const said = predict(model, {
        replicas: size,
        poolSize: POOL_SIZE,
        callers: size * CALLERS_EACH,
        // What others left of the processors while this ran: the model knows nothing of them.
        serverCores: Math.min(cpus().length, usable),
        databaseCores: cpus().length,
        sharedMachine: true,
        maxConnections: 297,
      });
      points.push({ size, values: [measured, said.callsPerSecond, said.callsPerSecond / measured, usable] });
    } finally {
      await Promise.all(replicas.map((replica) => replica.close()));
    }
  }
  const costs = Object.entries(model ?? {}).map(([name, ms]) => `${name} ${ms.toFixed(3)}`);
  return {
    title: 'Replicas on one machine, measured and by the model',
    size: 'replicas',
    columns: ['calls a second', 'by the model', 'model / measured', 'processors in use'],
    points,
    reason: `Costs of a call by one replica, in processor milliseconds: ${costs.join(', ')}.`,
  };
}

async function callAll(replicas: readonly LineClient[], calls: number): Promise<void> {
  await Promise.all(
    replicas.map((replica) =>
      inFlight(CALLERS_EACH, Math.round(calls / replicas.length), () =>
        replica.callTool('execute_query', { sql: 'SELECT 1' }),
      ),
    ),
  );
}

interface ProcessorUse {
  readonly server: number;
  readonly mainThread: number;
  readonly database: number;
  readonly client: number;
}

const difference = (after: ProcessorUse, before: ProcessorUse): ProcessorUse => ({
  server: after.server - before.server,
  mainThread: after.mainThread - before.mainThread,
  database: after.database - before.database,
  client: after.client - before.client,
});

/** Processor time so far, in milliseconds; of PostgreSQL, of the processes that hold a connection now. */
async function processorUse(replicas: readonly LineClient[], databaseUrl: string): Promise<ProcessorUse> {
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  const { rows } = await admin.query<{ pid: number }>(
    "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
  );
  await admin.end();
  const sum = async (paths: readonly string[]) =>
    (await Promise.all(paths.map(threadMs))).reduce((total, each) => total + each, 0);
  const threads = async (pid: number) =>
    (await readdir(`/proc/${pid}/task`)).map((thread) => `/proc/${pid}/task/${thread}`);
  const serverThreads = (await Promise.all(replicas.map(({ process: { pid = 0 } }) => threads(pid)))).flat();
  const own = process.cpuUsage();
  return {
    server: await sum(serverThreads),
    mainThread: await sum(replicas.map(({ process: { pid } }) => `/proc/${pid}/task/${pid}`)),
    database: await sum(rows.map(({ pid }) => `/proc/${pid}/task/${pid}`)),
    client: (own.user + own.system) / 1_000,
  };
}

/** Time that a thread has run, from nanoseconds. */
async function threadMs(path: string): Promise<number> {
  const text = await readFile(`${path}/schedstat`, 'utf8').catch(() => '0');
  return Number(text.split(' ')[0]) / 1e6;
}
