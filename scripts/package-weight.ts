// Writes docs/package-weight.md anew from the packages as they would be published:
//
//     pnpm write:package-weight
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureWeights, weightTable } from './measure-weight.ts';
import { installTarballs, packPackages } from './pack-packages.ts';

const PAGE = new URL('../docs/package-weight.md', import.meta.url);

const project = await mkdtemp(join(tmpdir(), 'pgmcp-weight-'));
try {
  const tarballs = await packPackages(join(project, 'tarballs'));
  await installTarballs(project, tarballs);
  const table = weightTable(await measureWeights(project, tarballs));
  const page = await readFile(PAGE, 'utf8');
  await writeFile(PAGE, page.replace(/^\| Package \|.*?(?=\n\n|$(?![\s\S]))/ms, table.trimEnd()));
  console.log(table);
} finally {
  await rm(project, { recursive: true, force: true });
}
