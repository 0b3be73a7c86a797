import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { interleave } from '../measure/interleave.ts';
import { startLineClient } from '../measure/line-client.ts';
import type { Suite } from '../suite.ts';

const floorFile = (name: string) => fileURLToPath(new URL(`../floors/${name}.mjs`, import.meta.url));

/** From starting the process to the first answer of the database. */
export const coldStart: Suite = {
  name: 'cold-start',
  title: 'Cold start over stdio: from starting the process to the first result',
  goal: 'pgmcp <= 1.3x of an echo by the SDK (P4), <= 110 MB resident',
  async run({ databaseUrl, stdioProgram, rounds }) {
    const memory = new Map<string, number>();
    const start = async (name: string, args: readonly string[], environment: Readonly<Record<string, string>>) => {
      const client = await startLineClient(process.execPath, args, environment);
      await client.callTool('execute_query', { sql: 'SELECT 1' });
      memory.set(name, await residentBytes(client.process.pid ?? 0));
      client.process.kill('SIGKILL');
    };
    const settings = { DATABASE_URL: databaseUrl, PG_MCP_SERVER_LOG_LEVEL: 'error' };
    const measurements = await interleave(
      [
        { name: 'echo by the SDK, no database', call: () => start('sdk', [floorFile('echo-by-sdk')], {}) },
        { name: 'echo by hand, no database', call: () => start('hand', [floorFile('echo-by-hand')], {}) },
        { name: 'by hand with the driver', call: () => start('driver', [floorFile('echo-by-hand')], settings) },
        { name: 'pgmcp', call: () => start('pgmcp', [stdioProgram], settings) },
      ],
      { rounds, calls: 1, warmUpCalls: 1 },
    );
    return {
      measurements,
      facts: Object.fromEntries(
        [...memory].map(([name, bytes]) => [`resident memory, ${name}`, `${(bytes / 1e6).toFixed(0)} MB`]),
      ),
    };
  },
};

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024;
}
