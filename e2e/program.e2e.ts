import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HTTP_PROGRAM, STDIO_PROGRAM } from './running-server.ts';

const URL_WITH_SECRET = 'postgresql://reader:hunter2-secret@127.0.0.1:1/shop';

function run(
  program: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
) {
  const { PATH = '', HOME = '' } = process.env;
  const done = spawnSync(process.execPath, [...flags, program, ...args], {
    env: { PATH, HOME, ...settings },
    encoding: 'utf8',
    input: '',
    timeout: 20_000,
  });
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}

describe.each([
  ['pgmcp', STDIO_PROGRAM],
  ['pgmcp-http', HTTP_PROGRAM],
])('%s as a program', (name, program) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pgmcp-program-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('explains itself with --help', () => {
    const { code, stdout, stderr } = run(program, ['--help']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain(`Usage: ${name}`);
    for (const flag of ['--config FILE', '--check-config', '--version']) expect(stdout).toContain(flag);
    expect(stdout.includes('--demo')).toBe(name === 'pgmcp');
  });

  it('starts on a Node that cannot keep compiled code', () => {
    const older = `data:text/javascript,${encodeURIComponent(
      "import m from 'node:module'; delete m.enableCompileCache; delete m.flushCompileCache; m.syncBuiltinESMExports();",
    )}`;
    expect(run(program, ['--version'], {}, ['--import', older])).toMatchObject({ code: 0, stderr: '' });
  });

  it('tells its version', () => {
    expect(run(program, ['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^pgmcp(-http)? \d+\.\d+\.\d+\n$/),
    });
  });

  it.each([
    ['an unknown flag', ['--chek-config'], /no flag --chek-config.*--check-config/],
    ['a flag without its value', ['--config'], /--config needs a value/],
    ['a value for a switch', ['--help=yes'], /takes no value/],
    ['a stray word', ['serve'], /no command "serve"/],
  ])('refuses %s', (_why, args, message) => {
    const { code, stdout, stderr } = run(program, args, { DATABASE_URL: URL_WITH_SECRET });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
  });

  it('says the ways to name a database when there is none', () => {
    const { code, stdout, stderr } = run(program, []);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/DATABASE_URL/);
    expect(stderr).toMatch(/PG_MCP_DATABASE_/);
    expect(stderr).toMatch(/--config/);
  });

  it('refuses an unknown key of the environment, naming the nearest', () => {
    const { code, stderr } = run(program, [], { DATABASE_URL: URL_WITH_SECRET, PG_MCP_SERVER_MAX_RESULT_ROW: '5' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/PG_MCP_SERVER_MAX_RESULT_ROW .*PG_MCP_SERVER_MAX_RESULT_ROWS/);
    expect(stderr).not.toContain('hunter2');
  });

  it('shows what is configured and from where, without secrets', () => {
    const file = join(folder, 'pgmcp.yaml');
    writeFileSync(file, 'server:\n  maxResultRows: 77\n');
    const { code, stdout, stderr } = run(program, ['--config', file, '--check-config'], {
      DATABASE_URL: URL_WITH_SECRET,
      PG_MCP_OPENAI_MODEL: 'some-model',
      PG_MCP_OPENAI_API_KEY: 'sk-very-secret-key-1234567890',
    });
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/maxResultRows.*77/);
    expect(stdout).toContain(file);
    expect(stdout).not.toMatch(/hunter2|sk-very/);
  });

  it('refuses a file with an unknown key', () => {
    const file = join(folder, 'wrong.yaml');
    writeFileSync(file, 'server:\n  maxResultRow: 77\n');
    const { code, stderr } = run(program, ['--config', file], { DATABASE_URL: URL_WITH_SECRET });
    expect(code).toBe(2);
    expect(stderr).toMatch(/maxResultRow.*maxResultRows/s);
  });
});
