import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/cli/commands/index.ts';
import { groupHelpText, helpText } from '../src/cli/help.ts';
import { parseCommandLine } from '../src/cli/parse-command-line.ts';
import type { Program } from '../src/cli/program.ts';
import { runProgram } from '../src/cli/run-program.ts';

const program: Program = {
  name: 'sample',
  summary: 'a sample.',
  flags: [{ flag: 'port', value: 'PORT', description: 'Port.' }],
  examples: ['sample --port 1'],
  serve: () => Promise.reject(new Error('must not serve')),
};

describe('a command line', () => {
  it.each([
    [[], { action: 'serve', demo: false, file: undefined, flags: {} }],
    [['--port', '80', '--config=x.yaml'], { action: 'serve', demo: false, file: 'x.yaml', flags: { port: '80' } }],
    [['--check-config'], { action: 'check-config', demo: false, file: undefined, flags: {} }],
    [['-h', '--port', '80'], { action: 'help' }],
    [['--version'], { action: 'version' }],
    [
      ['query', 'SELECT 1', '--database', 'x'],
      {
        action: 'command',
        command: expect.objectContaining({ name: 'query' }),
        words: ['SELECT 1'],
        own: { format: 'table' },
        database: 'x',
        demo: false,
        file: undefined,
        flags: {},
      },
    ],
  ])('%j is understood', (argv, expected) => {
    expect(parseCommandLine(program, argv, COMMANDS)).toEqual(expected);
  });

  it.each([
    [['--prot', '80'], /no flag --prot.*--port/],
    [['--port'], /--port needs a value/],
    [['--port', '--check-config'], /--port needs a value/],
    [['--demo'], /no flag --demo/],
    [['--config', '/a', '--config', '/b'], /--config is given twice/],
    [['--port=1', '--port=1'], /--port is given twice/],
    [['--check-config=1'], /takes no value/],
    [['stray'], /no command "stray"/],
    [['qery', 'SELECT 1'], /no command "qery"\. Did you mean "query"/],
    [['--database', 'x'], /--database goes with a command/],
    [['query'], /Give "query" its words as in: query "SQL"\. See sample query --help/],
    [['query', 'SELECT', '1'], /Give "query" its words/],
    [['query', 'SELECT 1', '--databse', 'x'], /no flag --databse\. Did you mean --database\? See sample query --help/],
    [['--constructor'], /no flag --constructor/],
    [['-x'], /no flag -x\. See/],
    [['query', '-- rows\nSELECT 1'], /no flag -- rows…\. What begins with a dash .* goes behind "--"\. See/],
    [['attack', 'node', '-e', '1'], /no flag -e\. What begins with a dash/],
    [['--format', 'csv', 'query', 'SELECT 1'], /--format goes after the command, as in: query --format\./],
    [['--scopes', 'db:read', 'keys', 'create', 'x'], /as in: keys create --scopes\./],
  ])('%j is a usage error', (argv, message) => {
    expect(parseCommandLine(program, argv, COMMANDS)).toMatchObject({
      action: 'usage-error',
      message: expect.stringMatching(message),
    });
  });

  it('tells the commands of a group alone', () => {
    expect(parseCommandLine(program, ['keys', '--help'], COMMANDS)).toEqual({ action: 'help', group: 'keys' });
    const text = groupHelpText(program, 'keys', COMMANDS);
    expect(text).toContain('keys create LABEL');
    expect(text).not.toContain('doctor');
    expect(parseCommandLine(program, ['kyes', '--help'], COMMANDS)).toEqual({ action: 'help' });
  });

  it('has a flag --demo only where there is a demo', () => {
    const withDemo = { ...program, startDemo: () => Promise.reject(new Error('no')) };
    expect(parseCommandLine(withDemo, ['--demo'], COMMANDS)).toMatchObject({ action: 'serve', demo: true });
    expect(helpText(withDemo, COMMANDS)).toContain('--demo');
    expect(helpText(program, COMMANDS)).not.toContain('--demo');
  });
});

describe('a program', () => {
  const run = async (argv: readonly string[], environment: Record<string, string> = {}, served: Program = program) => {
    let stdout = '';
    let stderr = '';
    const code = await runProgram(served, {
      argv,
      environment,
      stdout: (text) => {
        stdout += text;
      },
      stderr: (text) => {
        stderr += text;
      },
      terminate: new AbortController().signal,
    });
    return { code, stdout, stderr };
  };
  const DATABASE_URL = 'postgresql://reader:hunter2@127.0.0.1:1/shop';

  it('ends with 2 for a wrong configuration, on standard error only', async () => {
    const { code, stdout, stderr } = await run([], {});
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('DATABASE_URL');
  });

  /** A path whose folder is a file: nobody can write there, whoever runs the tests. */
  const unwritable = join(import.meta.filename, 'file');

  it('says which setting names a log file that cannot be opened', async () => {
    const { code, stderr } = await run([], { DATABASE_URL, PG_MCP_TELEMETRY_LOG_FILE: unwritable });
    expect(code).toBe(2);
    expect(stderr).toMatch(/telemetry\.logFile .*cannot be opened \(E\w+\)\. Correct the path/);
  });

  it('tells the person at the terminal why the audit log cannot be written', async () => {
    const { code, stderr } = await run(['query', 'SELECT 1'], { DATABASE_URL, PG_MCP_AUDIT_FILE: unwritable });
    expect(code).toBe(1);
    expect(stderr).toMatch(/audit log cannot be written.*\(E\w+: .*\)/);
    expect(stderr).not.toContain('hunter2');
  });

  it('shows the configuration without serving and without secrets', async () => {
    const { code, stdout } = await run(['--check-config'], { DATABASE_URL });
    expect(code).toBe(0);
    expect(stdout).not.toContain('hunter2');
  });

  it.each([
    ['a password that would be taken for a host', { DATABASE_URL: 'postgresql://u:hun/ter2@h/shop' }],
    ['an unknown parameter of the URL', { DATABASE_URL: `${DATABASE_URL}?sslmod=require` }],
    ['a TLS mode that does not exist', { DATABASE_URL: `${DATABASE_URL}?sslmode=hunter2` }],
    ['a file of verified queries that is none', { DATABASE_URL, PG_MCP_SERVER_VERIFIED_QUERIES: import.meta.filename }],
  ])('refuses in the check what could not start, and shows no secret: %s', async (_, environment) => {
    const { code, stdout, stderr } = await run(['--check-config'], environment);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('The configuration has one problem');
    expect(stderr).not.toMatch(/hun|ter2/);
  });

  it('ends with 1 when serving fails, and with 0 when the client has gone', async () => {
    const failed = await run([], { DATABASE_URL, PG_MCP_SERVER_LOG_LEVEL: 'silent' });
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('must not serve') });
    let closed = false;
    const gone: Program = {
      ...program,
      serve: () =>
        Promise.resolve({
          ended: Promise.resolve(),
          close: async () => {
            closed = true;
          },
        }),
    };
    expect(await run([], { DATABASE_URL, PG_MCP_SERVER_LOG_LEVEL: 'silent' }, gone)).toMatchObject({ code: 0 });
    expect(closed).toBe(true);
  });

  it('stops the demo database even when serving fails', async () => {
    let stopped = false;
    const demo: Program = {
      ...program,
      startDemo: () =>
        Promise.resolve({
          environment: { DATABASE_URL },
          stop: async () => {
            stopped = true;
          },
        }),
    };
    expect((await run(['--demo', '--port', '1'], { PG_MCP_SERVER_LOG_LEVEL: 'silent' }, demo)).code).toBe(1);
    expect(stopped).toBe(true);
  });
});
