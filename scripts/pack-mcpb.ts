// Builds the bundle that Claude Desktop installs with a click: the stdio program with what it needs, and a manifest.
//
//     pnpm pack:mcpb pgmcp.mcpb
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { installTarballs, packPackages } from './pack-packages.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

/** Writes the bundle to `output`; `tarballs` (from `packPackages`) are packed first where they are not given. */
export async function packMcpb(output: string, tarballs?: Readonly<Record<string, string>>): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'pgmcp-mcpb-'));
  try {
    const packed = tarballs ?? (await packPackages(join(work, 'tarballs')));
    const bundle = await mkdtemp(join(work, 'bundle-'));
    await installTarballs(bundle, packed, {
      only: ['@pgmcp/stdio'],
      flags: ['--omit=dev', '--omit=optional', '--omit=peer'],
    });
    const manifest = JSON.parse(await readFile(join(root, 'distribution/mcpb-manifest.json'), 'utf8'));
    const { version } = JSON.parse(await readFile(join(root, 'apps/stdio/package.json'), 'utf8'));
    // What npm wrote for the installation names this machine's folders.
    await writeFile(
      join(bundle, 'package.json'),
      JSON.stringify({ name: manifest.name, version, private: true, type: 'module' }),
    );
    await rm(join(bundle, 'package-lock.json'), { force: true });
    await rm(join(bundle, 'node_modules/.package-lock.json'), { force: true });
    await writeFile(join(bundle, 'manifest.json'), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
    await mcpb('validate', join(bundle, 'manifest.json'));
    await mcpb('pack', bundle, resolve(output));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Runs the packer of the bundle format. */
export function mcpb(...words: readonly string[]): Promise<unknown> {
  return run(join(root, 'node_modules/.bin/mcpb'), words);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [output = 'pgmcp.mcpb'] = process.argv.slice(2);
  await packMcpb(output);
  console.log(`wrote ${output}`);
}
