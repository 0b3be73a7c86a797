import { COMMANDS } from './commands/index.ts';
import type { Program } from './program.ts';

/** The text of `--help`. */
export function helpText(program: Program): string {
  const flags: [string, string][] = [
    ...program.flags.map(({ flag, value, description }): [string, string] => [`--${flag} ${value}`, description]),
    ['--config FILE', 'Read settings from a YAML or JSON file. The environment wins over the file, flags over both.'],
    ['--check-config', 'Say what is configured and where each value comes from, then exit. Secrets are hidden.'],
    ...(program.startDemo
      ? [
          ['--demo', 'Serve a retail database with sample data on an embedded PostgreSQL; nothing to set up.'] as [
            string,
            string,
          ],
        ]
      : []),
    ['--database NAME', 'The database a command works on, when several are configured.'],
    ['--help, -h', 'Show this text.'],
    ['--version, -v', 'Show the version.'],
  ];
  const commands = COMMANDS.map(({ name, argument, summary }): [string, string] => [`${name} ${argument}`, summary]);
  const width = Math.max(...[...flags, ...commands].map(([left]) => left.length));
  return [
    `${program.name}: ${program.summary}`,
    '',
    `Usage: ${program.name} [flags]             serve MCP`,
    `       ${program.name} [flags] COMMAND ...  do one thing in this terminal`,
    '',
    'Commands:',
    ...commands.map(([command, summary]) => `  ${command.padEnd(width)}  ${summary}`),
    '',
    'Flags:',
    ...flags.map(([flag, description]) => `  ${flag.padEnd(width)}  ${description}`),
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
