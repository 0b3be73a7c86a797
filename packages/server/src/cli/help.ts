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
    ['--help, -h', 'Show this text.'],
    ['--version, -v', 'Show the version.'],
  ];
  const width = Math.max(...flags.map(([flag]) => flag.length));
  return [
    `${program.name}: ${program.summary}`,
    '',
    `Usage: ${program.name} [flags]`,
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
    'Exit codes: 0 ended as asked, 1 failed while serving, 2 wrong flags or configuration.',
    '',
  ].join('\n');
}
