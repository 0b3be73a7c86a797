import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AnyCommand, defineCommand } from '../src/cli/command.ts';
import { parseCommandLine } from '../src/cli/parse-command-line.ts';
import type { Program } from '../src/cli/program.ts';
import { ConfigurationError } from '../src/config/index.ts';
import { runCommand } from './run-command.ts';

const program: Program = {
  name: 'sample',
  summary: 'a sample.',
  flags: [{ flag: 'log-level', value: 'LEVEL', description: 'Least level.' }],
  examples: ['sample'],
  serve: () => Promise.reject(new Error('must not serve')),
};

const commands: readonly AnyCommand[] = [
  defineCommand({
    name: 'echo',
    argument: '[WORD ...]',
    words: { least: 0, most: 3 },
    summary: 'Say it.',
    needs: 'nothing',
    flags: {
      loud: { description: 'In capitals.' },
      times: { value: 'N', description: 'How often.', schema: z.coerce.number().int().min(1).max(9).default(1) },
      prefix: { value: 'TEXT', description: 'Goes before.' },
    },
    exitCodes: { 3: 'nothing to say' },
    async run({ words, flags, print, progress }) {
      if (words.length === 0) return 3;
      progress(`saying it ${flags.times} times`);
      const text = `${flags.prefix ?? ''}${words.join(' ')}\n`;
      for (let said = 0; said < flags.times; said += 1) print(flags.loud ? text.toUpperCase() : text);
      return 0;
    },
  }),
  defineCommand({
    name: 'list names',
    argument: '',
    words: { least: 0, most: 0 },
    summary: 'List the databases.',
    needs: 'configuration',
    flags: {},
    async run({ configuration, database, print }) {
      print(`${configuration.databases.map(({ name }) => name).join(' ')} ${database ?? 'any'}\n`);
      return 0;
    },
  }),
  defineCommand({
    name: 'facts',
    argument: '',
    words: { least: 0, most: 0 },
    summary: 'Ask the server.',
    needs: 'services',
    flags: {},
    async run({ services, call, database }) {
      call.progress('asking');
      await services.databases.resolve(database).facts();
      return 0;
    },
  }),
];

const late = defineCommand({
  name: 'late',
  argument: '',
  words: { least: 0, most: 0 },
  summary: 'Find out late.',
  needs: 'services',
  flags: {},
  run: () =>
    Promise.reject(
      new ConfigurationError([{ key: 'store.directory', source: '/x', message: 'A package is missing.' }]),
    ),
});

const run = (argv: readonly string[], environment: Record<string, string> = {}) =>
  runCommand(argv, environment, program, commands);

describe('a command', () => {
  it('gets its flags checked and typed, writes results and progress apart, and returns an exit code', async () => {
    expect(await run(['echo', '--times', '2', 'a', '--loud', 'b', '--prefix=c '])).toEqual({
      code: 0,
      stdout: 'C A B\nC A B\n',
      stderr: 'saying it 2 times\n',
    });
    expect(await run(['echo'])).toEqual({ code: 3, stdout: '', stderr: '' });
  });

  it('that needs nothing runs without a configuration', async () => {
    expect(await run(['echo', 'a'], { PG_MCP_DATABASE_PORT: 'x' })).toMatchObject({ code: 0, stdout: 'a\n' });
  });

  it('that needs the configuration alone runs while the database is down', async () => {
    const environment = { DATABASE_URL: 'postgresql://reader@127.0.0.1:1/shop' };
    expect(await run(['list', 'names', '--database', 'shop'], environment)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/ shop\n$/),
    });
    expect(await run(['list', 'names'])).toMatchObject({ code: 2, stdout: '' });
  });

  it('that needs services fails with the reason when the database is down', async () => {
    const environment = { DATABASE_URL: 'postgresql://reader@127.0.0.1:1/shop' };
    const { code, stdout, stderr } = await run(['facts'], environment);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^asking\n[A-Z_]+: /);
  });

  it('that finds the configuration wrong says so as the start does', async () => {
    const DATABASE_URL = 'postgresql://reader@127.0.0.1:1/shop';
    expect(await runCommand(['late'], { DATABASE_URL }, program, [late])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'The configuration has one problem:\n- store.directory (/x): A package is missing.\n',
    });
  });

  it('shows its own flags and exit codes in its own help, and no flags of the configuration where it needs none', async () => {
    const { code, stdout } = await run(['echo', '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^sample echo: Say it\./);
    expect(stdout).toMatch(/--times N\s+How often\./);
    expect(stdout).toMatch(/--loud\s+In capitals\./);
    expect(stdout).toContain('3 nothing to say');
    expect(stdout).not.toContain('--config');
    expect((await run(['list', 'names', '--help'])).stdout).toContain('--config FILE');
    expect((await run(['--help'])).stdout).toMatch(/list names\s+List the databases\./);
  });

  it.each([
    [['echo', '--lod', 'a'], /There is no flag --lod\. Did you mean --loud\? See sample echo --help/],
    [['echo', '--loud=yes', 'a'], /--loud takes no value/],
    [['echo', '--prefix'], /--prefix needs a value/],
    [['echo', '--times', '0', 'a'], /--times: has to be at least 1/],
    [['echo', '--times', 'often', 'a'], /--times: has to be a number/],
    [['echo', 'a', 'b', 'c', 'd'], /Give "echo" its words as in: echo \[WORD \.\.\.\]/],
    [['list', 'names', 'x'], /Give "list names" no further words/],
    [['list'], /"list" wants one more word: "list names"/],
    [['--times', '2', 'echo', 'a'], /--times goes after the command, as in: echo --times/],
    [['echo', '--database', 'x', 'a'], /"echo" asks no database/],
    [['list', 'names', '--loud'], /There is no flag --loud/],
    [['echo', '--check-config', 'a'], /--check-config stands alone: leave "echo" out/],
  ])('%j is a usage error', (argv, message) => {
    expect(parseCommandLine(program, argv, commands)).toMatchObject({
      action: 'usage-error',
      message: expect.stringMatching(message),
    });
  });
});
