// pnpm leaves a platform's binary out of the lockfile without a word when it cannot be had at that moment; a Mac would then
// have none. Compares each installed manifest's optionalDependencies with what the lockfile holds.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Names among `manifests`' optionalDependencies that have no package entry in the lockfile text. */
export function missingPlatforms(manifests, lockfile) {
  const missing = [];
  for (const { name, version, optionalDependencies = {} } of manifests) {
    for (const dependency of Object.keys(optionalDependencies)) {
      const quoted = dependency.startsWith('@') ? `'${dependency}@` : `  ${dependency}@`;
      if (!lockfile.includes(`  ${quoted}`) && !lockfile.includes(quoted))
        missing.push(`${name}@${version} -> ${dependency}`);
    }
  }
  return missing;
}

function* installedManifests() {
  const store = 'node_modules/.pnpm';
  for (const entry of readdirSync(store)) {
    const modules = join(store, entry, 'node_modules');
    let names;
    try {
      names = readdirSync(modules);
    } catch {
      continue;
    }
    for (const name of names) {
      const folders = name.startsWith('@')
        ? readdirSync(join(modules, name)).map((scoped) => join(modules, name, scoped))
        : [join(modules, name)];
      for (const folder of folders) {
        try {
          yield JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
        } catch {
          // A folder without a manifest is not a package.
        }
      }
    }
  }
}

function main() {
  const missing = missingPlatforms([...installedManifests()], readFileSync('pnpm-lock.yaml', 'utf8'));
  if (missing.length > 0) {
    console.error(
      `The lockfile lacks platform packages:\n${[...new Set(missing)].join('\n')}\nInstall again when the registry has them, or choose a version that is complete.`,
    );
    process.exit(1);
  }
  console.log('lockfile: every platform of every optional dependency is there');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
