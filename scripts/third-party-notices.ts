// The licences of everything that a bundled program holds: who hands a copy on must hand them on too.
import { readdir, readFile, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** The part of esbuild's metafile that names what went in. */
export interface BuildInputs {
  readonly inputs: Readonly<Record<string, unknown>>;
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
}

/**
 * Writes the notices of every package that is in a bundle, our own left out.
 *
 * @param builds what went in, by paths that begin at `folder`
 * @throws Error for a package that names no licence
 */
export async function thirdPartyNotices(builds: readonly BuildInputs[], folder: string): Promise<string> {
  const packages = new Set<string>();
  for (const path of builds.flatMap(({ inputs }) => Object.keys(inputs))) {
    const root = packageRoot(resolve(folder, path));
    if (root !== undefined) packages.add(await realpath(root));
  }
  const notices = await Promise.all([...packages].map(noticeOf));
  const unique = [...new Map(notices.map((notice) => [notice.title, notice])).values()];
  return unique
    .sort((one, other) => (one.title < other.title ? -1 : 1))
    .map(({ title, text }) => `${title}\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function packageRoot(path: string): string | undefined {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path)?.[0];
}

async function noticeOf(root: string): Promise<{ readonly title: string; readonly text: string }> {
  const { name, version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;
  if (license === undefined) throw new Error(`${name} names no licence, so that it cannot be bundled.`);
  const files = (await readdir(root)).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')));
  return {
    title: `${name} ${version} (${license})`,
    text: texts.map((text) => text.trim()).join('\n\n') || `Licensed under ${license}.`,
  };
}
