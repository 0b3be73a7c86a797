// Gives every package its new version and changelog, and what registries are told the same version.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

execFileSync('pnpm', ['exec', 'changeset', 'version'], { stdio: 'inherit' });
const { version } = JSON.parse(readFileSync('apps/stdio/package.json', 'utf8'));
for (const file of ['distribution/server.json', 'distribution/mcpb-manifest.json']) {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replaceAll(/"version": "[^"]+"/g, `"version": "${version}"`));
}
execFileSync('pnpm', ['install', '--lockfile-only'], { stdio: 'inherit' });
