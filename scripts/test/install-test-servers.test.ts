import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../install-test-servers.sh', import.meta.url));
const EVERYWHERE = [
  'pgbouncer',
  'iptables',
  'haproxy',
  'nginx-light',
  'redis-server',
  'sqlsmith',
  'golang-go',
  'golang-github-masterminds-sprig-dev',
  'golang-github-ghodss-yaml-dev',
];
const EXTENSIONS = ['postgresql-16-hypopg', 'postgresql-15-postgis-3'];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgmcp-servers-'));
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A distribution: the tools of its package manager answer from these lists, and keep what they are told to install. */
function distribution(machine: {
  installed: readonly string[];
  /** Packages of extensions that the distribution has. */
  extensions: readonly string[];
  user?: number;
  browser?: boolean;
}) {
  const program = (name: string, text: string) => {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  };
  const list = (name: string, lines: readonly string[]) =>
    writeFileSync(join(folder, name), lines.map((line) => `${line}\n`).join(''));
  list(
    'installed',
    machine.installed.map((name) => `${name} install ok installed`),
  );
  list(
    'found',
    machine.extensions.map((name) => `${name} - an extension`),
  );
  program('dpkg-query', `cat ${folder}/installed`);
  program('apt-cache', `grep -E "$(echo "$3" | tr -d '$') " ${folder}/found || true`);
  program('apt-get', `echo "$@" >>${folder}/told`);
  program('id', `echo ${machine.user ?? 0}`);
  if (machine.browser) program('browser', '');
}

function install() {
  const { status, stderr } = spawnSync(script, [], {
    encoding: 'utf8',
    env: {
      PATH: `${folder}/bin:/usr/bin:/bin`,
      PGMCP_BROWSERS: `${folder}/bin/browser`,
      PGMCP_POLICY_FILE: `${folder}/policy`,
    },
  });
  return { status, stderr };
}

const told = () => readFileSync(join(folder, 'told'), 'utf8').trim().split('\n');

it.each([
  ['Debian 12', ['postgresql-15-hypopg', 'postgresql-15-postgis-3'], '15'],
  ['Ubuntu 24.04', ['postgresql-16-hypopg', 'postgresql-16-postgis-3', 'postgresql-16-postgis-3-scripts'], '16'],
  [
    'the repository of PostgreSQL',
    ['postgresql-9-hypopg', 'postgresql-18-hypopg', 'postgresql-17-hypopg', 'postgresql-18-postgis-3'],
    '18',
  ],
])('on %s it chooses the extensions of the PostgreSQL that is there', (_, extensions, major) => {
  distribution({ installed: [], extensions });
  expect(install()).toEqual({ status: 0, stderr: '' });
  const [update, installing = ''] = told();
  expect(update).toContain('update');
  expect(installing.split(' ').filter((word) => !word.startsWith('-'))).toEqual([
    'install',
    ...EVERYWHERE,
    'chromium',
    `postgresql-${major}-hypopg`,
    `postgresql-${major}-postgis-3`,
  ]);
});

it('takes a browser that is there for chromium, and installs only what is missing', () => {
  distribution({ installed: [...EVERYWHERE.slice(1), ...EXTENSIONS], extensions: [], browser: true });
  expect(install()).toEqual({ status: 0, stderr: '' });
  expect(told().at(-1)).toMatch(/ pgbouncer$/);
});

it('does nothing where everything is there, whoever runs it', () => {
  distribution({ installed: [...EVERYWHERE, 'chromium', ...EXTENSIONS], extensions: [], user: 1000 });
  expect(install()).toEqual({ status: 0, stderr: '' });
  expect(told).toThrow(/ENOENT/);
});

it('says what is missing to somebody who may not install it', () => {
  distribution({ installed: EVERYWHERE.slice(2), extensions: [], user: 1000 });
  const { status, stderr } = install();
  expect(status).toBe(1);
  expect(stderr).toContain(
    'cannot be installed here: pgbouncer iptables chromium postgresql-*-hypopg postgresql-*-postgis-3',
  );
});

it('says where an extension comes from when the distribution has none', () => {
  distribution({ installed: [...EVERYWHERE, 'chromium', 'postgresql-15-hypopg'], extensions: [] });
  const { status, stderr } = install();
  expect(status).toBe(1);
  expect(stderr).toContain('https://apt.postgresql.org');
});
