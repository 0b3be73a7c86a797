import { ALIASES } from './aliases.ts';
import type { SectionText } from './define-section.ts';
import { allSettings } from './schema.ts';
import { databasesText } from './sections/databases.ts';
import { sectionList } from './sections/index.ts';
import type { Setting } from './setting.ts';

/** Headings in order: the databases, then each section with those inside it. */
const sections: readonly (SectionText & { readonly name: string })[] = [
  { name: 'databases', ...databasesText },
  ...sectionList.flatMap(([name, { title, about, nested = {} }]) => [
    { name, title, about },
    ...Object.entries(nested).map(([inner, text]) => ({ name: `${name}.${inner}`, ...text })),
  ]),
];

const aliasTable = `## Names of similar servers

A deployment of another server can start as it is: these names are accepted, each with a notice at the start that names the one to
use instead. They are below the file and below this server's own variables; those of a database count only when nothing else names
one. A value that this server would not take is an error under the name that was used.

| Name | Stands for | Reading |
|---|---|---|
${ALIASES.map(({ name, target, reading = '' }) => `| \`${name}\` | \`${target}\` | ${reading} |`).join('\n')}
`;

const cell = (text: string): string => text.replaceAll('|', '\\|');

function row(setting: Setting): string {
  const variables = [setting.environment, ...(setting.secret ? [`${setting.environment}_FILE`] : [])];
  const keys = [setting.name, ...(setting.secret ? [`${setting.name}File`] : [])];
  const flag = setting.flag === undefined ? '' : ` Flag: \`--${setting.flag}\`.`;
  const fallback = setting.default === undefined ? '' : `\`${setting.default}\``;
  const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(' ');
  return `| ${code(variables)} | ${code(keys)} | ${fallback} | ${cell(setting.description)} Must be ${cell(setting.expected)}.${flag} |`;
}

const introduction = `# Configuration

<!-- Generated from packages/server/src/config/sections by pnpm --filter @pgmcp/server write:configuration. -->

Every setting can stand in the environment or in a YAML or JSON file given with \`--config FILE\`; a few have a command line flag.
The order is: flags before environment before file before defaults. \`pgmcp --check-config\` shows what is in force and where each
value comes from, with secrets hidden, and refuses with exit code 2 what could not start: connection settings, also those that the
\`PG*\` variables of libpq complete, and the file of verified queries included. It connects to nothing.

- An unknown \`PG_MCP_*\` variable, an unknown key of the file and an unknown flag are errors that name the nearest known one.
- An empty variable, or an empty value in the file, counts as absent.
- A length of time is a plain number of seconds, or a number with \`ms\`, \`s\`, \`m\` or \`h\`.
- Every secret can stand in a file of its own: \`..._FILE\` in the environment, \`...File\` in the file.
- In a URL, / ? # @ : and % inside the user or the password are written as %2F %3F %23 %40 %3A and %25.
- \`\${NAME}\` and \`\${NAME:default}\` in any text of the file stand for an environment variable; \`$\${\` stands for \`\${\` itself.
- \`profiles\` in the file holds further settings by name, as the file itself does. \`PG_MCP_PROFILE\` names the one that is laid over
  the rest; its list of databases replaces the list of the file.
- While the server runs, the file and every file that it names are looked at each second: docs/operations.md.
- A relative path starts at the folder of the configuration file that names it, or at the working directory.
`;

const exampleFile = `## The file

\`\`\`yaml
databases:
  - name: shop
    host: db.example.com
    dbname: shop
    user: reader
    passwordFile: /run/secrets/shop-password
    sslMode: verify-full
    verifiedQueries: ./shop-queries.yaml
  - name: warehouse
    urlFile: /run/secrets/warehouse-url
server:
  maxResultRows: 500
  queryTimeout: 20s
openai:
  model: gpt-5-mini
  apiKeyFile: /run/secrets/openai-key
\`\`\`
`;

/** The text of `docs/configuration.md`. */
export function renderConfigurationDocument(): string {
  const tables = sections.map(({ name, title, about }) => {
    const rows = allSettings.filter((setting) => setting.section === name).map(row);
    const head = '| Environment | File | Default | Meaning |\n|---|---|---|---|';
    return `## ${title} (\`${name}\` in the file)\n\n${about}\n\n${head}\n${rows.join('\n')}\n`;
  });
  return [introduction, exampleFile, ...tables, aliasTable].join('\n');
}

const comment = (text: string): string => `# ${text}`;

/** The text of `.env.example`: every variable, commented out, with its default or an example. */
export function renderEnvironmentExample(): string {
  const head = [
    'Copy to .env and fill in what you need; an empty value counts as absent. docs/configuration.md explains every key.',
    'pgmcp reads the environment only: load this file with your process manager, or `node --env-file=.env`.',
  ].map(comment);
  const start = [
    '',
    comment('The shortest start: one connection string.'),
    'DATABASE_URL=',
    comment('A profile of the configuration file, laid over the rest of it.'),
    comment('PG_MCP_PROFILE='),
  ];
  const parts = sections.flatMap(({ name, title }) => [
    '',
    comment(`--- ${title} ---`),
    ...allSettings.filter((setting) => setting.section === name).flatMap(lines),
    ...(name === 'databases'
      ? [
          comment('Several databases, as a JSON list instead of the above.'),
          comment(`PG_MCP_DATABASES='[{"name":"shop","host":"db.example.com","dbname":"shop","user":"reader"}]'`),
        ]
      : []),
  ]);
  return `${[...head, ...start, ...parts].join('\n')}\n`;
}

function lines(setting: Setting): readonly string[] {
  const value = setting.default ?? setting.example ?? '';
  const fromFile = setting.secret ? [comment(`${setting.environment}_FILE=`)] : [];
  return [comment(setting.description), comment(`${setting.environment}=${value}`), ...fromFile];
}
