// How costs grow: with rows, tables, databases and concurrent callers, and with replicas beside what the model says.
//   pnpm --filter @pgmcp/benchmarks scale [--out FOLDER] [CURVE...]
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { keepProcessorsAwake } from '../measure/keep-processors-awake.ts';
import { currentLoad, describeMachine } from '../report/machine.ts';
import { callersCurve } from './callers.ts';
import { bendsAt, type Curve, renderCurve } from './curve.ts';
import { databasesCurve } from './databases.ts';
import { replicasCurve } from './replicas.ts';
import { rowsCurve } from './rows.ts';
import { tablesCurve } from './tables.ts';

const CURVES: Readonly<Record<string, (databaseUrl: string, program: string) => Promise<Curve>>> = {
  rows: rowsCurve,
  tables: tablesCurve,
  databases: databasesCurve,
  callers: callersCurve,
  replicas: replicasCurve,
};

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' } },
});
const chosen = positionals.length === 0 ? Object.keys(CURVES) : positionals;
const program = fileURLToPath(new URL('../../apps/stdio/dist/main.js', import.meta.url));
const date = new Date().toISOString().slice(0, 10);
const letSleep = keepProcessorsAwake();
const server = await startEmbeddedPostgres({ settings: { fsync: 'off', max_connections: '300' } });
try {
  for (const name of chosen) {
    const measure = CURVES[name];
    if (!measure) throw new Error(`There is no curve ${name}: ${Object.keys(CURVES).join(', ')}.`);
    const before = currentLoad();
    const curve = await measure(server.url(), program);
    const { cpu, cores, node, awake } = describeMachine(letSleep !== undefined);
    const text = [
      `# ${curve.title}`,
      `${date}, ${cpu}, ${cores} cores, Node ${node}, processors ${awake ? 'kept awake' : 'free to halt'}, load ${before} before and ${currentLoad()} after.`,
      renderCurve(curve),
      `Bends: ${bendsAt(curve)}`,
    ].join('\n\n');
    console.log(`${text}\n`);
    if (options.out === undefined) continue;
    await mkdir(options.out, { recursive: true });
    await writeFile(`${options.out}/${date}-scale-${name}.md`, `${text}\n`);
  }
} finally {
  letSleep?.();
  await server.stop();
}
