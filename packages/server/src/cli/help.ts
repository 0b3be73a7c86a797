import type { AnyCommand } from './command.ts';
import type { Program } from './program.ts';

/** The text of `--help`. */
export function helpText(program: Program, commands: readonly AnyCommand[]): string {
  const flags = generalFlags(program);
  const listed = commands.map((command): [string, string] => [signature(command), command.summary]);
  const width = widest([...flags, ...listed]);
  return [
    `${program.name}: ${program.summary}`,
    '',
    `Usage: ${program.name} [flags]             serve MCP`,
    `       ${program.name} [flags] COMMAND ...  do one thing in this terminal`,
    '',
    `Commands (${program.name} COMMAND --help tells their own flags):`,
    ...lines(listed, width),
    '',
    'Flags:',
    ...lines(flags, width),
    '',
    'Environment (docs/configuration.md has every key):',
    '  DATABASE_URL                  postgresql://user:password@host:5432/dbname: enough to start.',
    '  PG_MCP_DATABASE_*             One database by parts. PG_MCP_DATABASES: several, as a JSON list.',
    '  PG_MCP_OPENAI_MODEL, _API_KEY The language model that writes SQL. Without one, the calling assistant does.',
    '  PG_MCP_SERVER_*               Row cap, timeout, retries, log level.',
    '',
    'Examples:',
    ...program.examples.map((example) => `  ${example}`),
    '',
    'Exit codes: 0 ended as asked, 1 failed, 2 wrong flags or configuration.',
    '',
  ].join('\n');
}

/** The text of `GROUP --help`: the commands that begin with one word. */
export function groupHelpText(program: Program, group: string, commands: readonly AnyCommand[]): string {
  const listed = commands
    .filter(({ name }) => name.startsWith(`${group} `))
    .map((command): [string, string] => [signature(command), command.summary]);
  return [
    `Usage: ${program.name} [flags] ${group} COMMAND ...`,
    '',
    `Commands (${program.name} ${group} COMMAND --help tells their own flags):`,
    ...lines(listed, widest(listed)),
    '',
  ].join('\n');
}

/** The text of `COMMAND --help`. */
export function commandHelpText(program: Program, command: AnyCommand): string {
  const own = Object.entries(command.flags).map(([name, { value, description }]): [string, string] => [
    value === undefined ? `--${name}` : `--${name} ${value}`,
    description,
  ]);
  const flags = [...own, ...(command.needs === 'nothing' ? [HELP] : flagsBeside(program))];
  const codes = Object.entries(command.exitCodes ?? {}).map(([code, meaning]) => `, ${code} ${meaning}`);
  return [
    `${program.name} ${command.name}: ${command.summary}`,
    '',
    `Usage: ${program.name} [flags] ${signature(command)}${own.length > 0 ? ' [flags]' : ''}`,
    '',
    'Flags:',
    ...lines(flags, widest(flags)),
    '',
    `Exit codes: 0 ended as asked, 1 failed, 2 wrong flags or configuration${codes.join('')}.`,
    '',
  ].join('\n');
}

const HELP: [string, string] = ['--help, -h', 'Show this text.'];

/** What every program has whatever it does. */
function generalFlags(program: Program): [string, string][] {
  return [...settingFlags(program), CHECK, ...demoFlag(program), DATABASE, HELP, VERSION];
}

/** What goes with a command. */
function flagsBeside(program: Program): [string, string][] {
  return [...settingFlags(program), ...demoFlag(program), DATABASE, HELP];
}

function settingFlags(program: Program): [string, string][] {
  return [
    ...program.flags.map(({ flag, value, description }): [string, string] => [`--${flag} ${value}`, description]),
    ['--config FILE', 'Read settings from a YAML or JSON file. The environment wins over the file, flags over both.'],
  ];
}

const demoFlag = (program: Program): [string, string][] => (program.startDemo ? [DEMO] : []);

const CHECK: [string, string] = [
  '--check-config',
  'Say what is configured and where each value comes from, then exit. Secrets are hidden.',
];

const DATABASE: [string, string] = ['--database NAME', 'The database a command works on, when several are configured.'];

const VERSION: [string, string] = ['--version, -v', 'Show the version.'];

const DEMO: [string, string] = [
  '--demo',
  'Serve a retail database with sample data on an embedded PostgreSQL; nothing to set up.',
];

function signature({ name, argument }: AnyCommand): string {
  return argument === '' ? name : `${name} ${argument}`;
}

function widest(pairs: readonly (readonly [string, string])[]): number {
  return Math.max(...pairs.map(([left]) => left.length));
}

function lines(pairs: readonly (readonly [string, string])[], width: number): string[] {
  return pairs.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
