import { readdir, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import pg from 'pg';
import { inFlight } from '../measure/in-flight.ts';
import { type LineClient, startLineClient } from '../measure/line-client.ts';
import { serverSettings } from '../measure/server-settings.ts';
import type { Curve, CurvePoint } from './curve.ts';
import { predict, type ScaleModel } from './model.ts';

const REPLICAS = 3;
const CALLS = 2_000;
/** In turns, so that each replica serves alone and in pairs as often as the others: one that is warmer would make a second one look dear. */
const ROUNDS = 9;
const WARM_UP_CALLS = 15_000;
const CALLERS_EACH = 8;
const POOL_SIZE = 10;

/**
 * Calls a second of one, two and three replicas, and what the model says of three from the runs of one and two. A replica is a process with
 * a pool of its own; all of them, PostgreSQL and the client share the processors of this machine.
 */
export async function replicasCurve(databaseUrl: string, program: string): Promise<Curve> {
  const replicas = await Promise.all(
    Array.from({ length: REPLICAS }, () => startLineClient(process.execPath, [program], serverSettings(databaseUrl))),
  );
  const runs = new Map<number, Run[]>([1, 2, 3].map((size) => [size, []]));
  try {
    await callAll(replicas, WARM_UP_CALLS);
    for (let round = 0; round < ROUNDS; round += 1) {
      const turned = replicas.map((_, index) => replicas[(index + round) % REPLICAS] as LineClient);
      for (const [size, done] of runs) done.push(await measure(turned.slice(0, size), databaseUrl));
    }
  } finally {
    await Promise.all(replicas.map((replica) => replica.close()));
  }
  const [one, two, three] = [...runs.values()].map(inTheMiddle);
  if (!one || !two || !three) throw new Error('Every size is measured.');
  const model: ScaleModel = {
    serverMs: one.server,
    mainThreadMs: one.mainThread,
    databaseMs: one.database,
    clientMs: one.client,
    crowdingMs: Math.max(0, costOf(two) - costOf(one)),
    holdMs: one.database,
  };
  const said = predict(model, {
    replicas: 3,
    poolSize: POOL_SIZE,
    callers: 3 * CALLERS_EACH,
    // What others left of the processors while two replicas ran: the model knows nothing of others.
    serverCores: Math.min(cpus().length, (costOf(two) * two.callsPerSecond) / 1_000),
    databaseCores: cpus().length,
    sharedMachine: true,
    maxConnections: 297,
  });
  const costs = Object.entries(model).map(([name, ms]) => `${name} ${ms.toFixed(3)}`);
  return {
    title: 'Replicas on one machine, measured and by the model',
    size: 'replicas',
    columns: ['calls a second', 'processor ms a call', 'processors in use'],
    points: [one, two, three].map(
      (run, index): CurvePoint => ({
        size: index + 1,
        values: [run.callsPerSecond, costOf(run), (costOf(run) * run.callsPerSecond) / 1_000],
      }),
    ),
    reason:
      `One process and its clients already use most of two processors. The model, in processor milliseconds: ${costs.join(', ')}. It says ` +
      `${Math.round(said.callsPerSecond).toLocaleString('en')} calls a second for three replicas (bound: ${said.bound}), ` +
      `${(said.callsPerSecond / three.callsPerSecond).toFixed(2)} of what was measured.`,
  };
}

/** Processor milliseconds of a call, by who uses them, and how many calls there were in a second. */
interface Run extends ProcessorUse {
  readonly callsPerSecond: number;
}

const costOf = ({ server, database, client }: ProcessorUse): number => server + database + client;

async function measure(replicas: readonly LineClient[], databaseUrl: string): Promise<Run> {
  await callAll(replicas, 300);
  const before = await processorUse(replicas, databaseUrl);
  const startedAt = performance.now();
  await callAll(replicas, CALLS);
  const elapsedMs = performance.now() - startedAt;
  const used = difference(await processorUse(replicas, databaseUrl), before);
  return {
    server: used.server / CALLS,
    mainThread: used.mainThread / CALLS,
    database: used.database / CALLS,
    client: used.client / CALLS,
    callsPerSecond: (CALLS / elapsedMs) * 1_000,
  };
}

/** The run whose calls a second are in the middle. */
function inTheMiddle(runs: readonly Run[]): Run | undefined {
  return runs.toSorted((one, other) => one.callsPerSecond - other.callsPerSecond)[Math.floor(runs.length / 2)];
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
