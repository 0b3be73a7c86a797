import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import { interleave, percentile } from '../measure/interleave.ts';
import { startLineClient } from '../measure/line-client.ts';
import { residentBytes } from '../measure/resident-bytes.ts';
import { serverSettings } from '../measure/server-settings.ts';
import type { Suite } from '../suite.ts';

const floorFile = (name: string) => fileURLToPath(new URL(`../floors/${name}.mjs`, import.meta.url));

/** From starting the process to the first answer of the database. */
export const coldStart: Suite = {
  name: 'cold-start',
  title: 'Cold start over stdio: from starting the process to the first result',
  goal: 'pgmcp <= 1.3x of an echo by the SDK bundled alike (P4), <= 110 MB resident',
  async run({ databaseUrl, stdioProgram, rounds }) {
    const folder = await mkdtemp(join(tmpdir(), 'pgmcp-cold-start-'));
    const memory = new Map<string, number[]>();
    const settings = { ...serverSettings(databaseUrl), XDG_CACHE_HOME: folder };
    const bundled = await bundleEcho(folder);
    const contestants: readonly (readonly [name: string, args: readonly string[], settings: Record<string, string>])[] =
      [
        ['echo by the SDK, bundled, no database', [bundled], {}],
        ['echo by the SDK, no database', [floorFile('echo-by-sdk')], {}],
        ['by hand with the driver', [floorFile('echo-by-hand')], settings],
        ['pgmcp', [stdioProgram], settings],
      ];
    const start = async (name: string, args: readonly string[], environment: Readonly<Record<string, string>>) => {
      const client = await startLineClient(process.execPath, args, environment);
      await client.callTool('execute_query', { sql: 'SELECT 1' });
      memory.set(name, [...(memory.get(name) ?? []), await residentBytes(client.process)]);
      return client;
    };
    try {
      // Ended in peace once, so that compiled code is kept: the first start ever is not what a user waits for every day.
      for (const contestant of contestants) await (await start(...contestant)).close();
      const measurements = await interleave(
        contestants.map(([name, ...rest]) => ({
          name,
          call: async () => void (await start(name, ...rest)).process.kill('SIGKILL'),
        })),
        { rounds, calls: 1, warmUpCalls: 1 },
      );
      return {
        measurements,
        facts: Object.fromEntries(
          [...memory].map(([name, bytes]) => [
            `resident memory, ${name}`,
            `${(percentile(bytes, 0.5) / 1e6).toFixed(0)} MB`,
          ]),
        ),
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** The echo as pgmcp is built: in one file, compiled code kept. */
async function bundleEcho(folder: string): Promise<string> {
  await build({
    entry: { echo: floorFile('echo-by-sdk') },
    outDir: folder,
    format: ['esm'],
    platform: 'node',
    target: 'node22',
    config: false,
    silent: true,
    minifyWhitespace: true,
    noExternal: [/./],
    outExtension: () => ({ js: '.mjs' }),
    banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
  });
  const main = join(folder, 'main.mjs');
  await writeFile(
    main,
    `import { enableCompileCache } from 'node:module';\nenableCompileCache(${JSON.stringify(join(folder, 'echo-cache'))});\nawait import('./echo.mjs');\n`,
  );
  return main;
}
