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
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgmcp-servers-'));
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A distribution: the tools of its package manager answer from these lists, and keep what they are told to install. */
function distribution(machine: {
  installed: readonly string[];
  hypopg: readonly string[];
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
    machine.hypopg.map((name) => `${name} - hypothetical indexes`),
  );
  program('dpkg-query', `cat ${folder}/installed`);
  program('apt-cache', `cat ${folder}/found`);
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
  ['Debian 12', ['postgresql-15-hypopg'], 'postgresql-15-hypopg'],
  ['Ubuntu 24.04', ['postgresql-16-hypopg'], 'postgresql-16-hypopg'],
  [
    'the repository of PostgreSQL',
    ['postgresql-9-hypopg', 'postgresql-18-hypopg', 'postgresql-17-hypopg'],
    'postgresql-18-hypopg',
  ],
])('on %s it chooses the extension of the PostgreSQL that is there', (_, hypopg, chosen) => {
  distribution({ installed: [], hypopg });
  expect(install()).toEqual({ status: 0, stderr: '' });
  const [update, installing = ''] = told();
  expect(update).toContain('update');
  expect(installing.split(' ').filter((word) => !word.startsWith('-'))).toEqual([
    'install',
    ...EVERYWHERE,
    'chromium',
    chosen,
  ]);
});

it('takes a browser that is there for chromium, and installs only what is missing', () => {
  distribution({ installed: [...EVERYWHERE.slice(1), 'postgresql-16-hypopg'], hypopg: [], browser: true });
  expect(install()).toEqual({ status: 0, stderr: '' });
  expect(told().at(-1)).toMatch(/ pgbouncer$/);
});

it('does nothing where everything is there, whoever runs it', () => {
  distribution({ installed: [...EVERYWHERE, 'chromium', 'postgresql-15-hypopg'], hypopg: [], user: 1000 });
  expect(install()).toEqual({ status: 0, stderr: '' });
  expect(told).toThrow(/ENOENT/);
});

it('says what is missing to somebody who may not install it', () => {
  distribution({ installed: EVERYWHERE.slice(2), hypopg: [], user: 1000 });
  const { status, stderr } = install();
  expect(status).toBe(1);
  expect(stderr).toContain('cannot be installed here: pgbouncer iptables chromium postgresql-*-hypopg');
});

it('says where HypoPG comes from when the distribution has none', () => {
  distribution({ installed: [...EVERYWHERE, 'chromium'], hypopg: [] });
  const { status, stderr } = install();
  expect(status).toBe(1);
  expect(stderr).toContain('https://apt.postgresql.org');
});
