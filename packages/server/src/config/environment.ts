import { nameWithWords, nearestName } from '../nearest.ts';
import type { ConfigurationProblem } from './configuration-error.ts';
import { allSettings } from './schema.ts';
import type { Setting } from './setting.ts';
import { type Environment, fileSuffix, profileVariable, type Section, type Source, type Written } from './source.ts';

/** The variable that holds several databases as a JSON list. */
export const databasesVariable = 'PG_MCP_DATABASES';

const prefix = 'PG_MCP_';

/** Where the variable `key` stands. */
export function environmentSource(key: string): Source {
  return { kind: 'environment', key, place: 'environment', folder: process.cwd() };
}

/** Every variable that means something, with the setting it belongs to. */
const variables: ReadonlyMap<string, { readonly setting: Setting; readonly name: string }> = new Map(
  allSettings.flatMap((setting) => {
    const plain = [setting.environment, { setting, name: setting.name }] as const;
    const fromFile = [
      `${setting.environment}${fileSuffix.environment}`,
      { setting, name: `${setting.name}${fileSuffix.file}` },
    ] as const;
    return setting.secret ? [plain, fromFile] : [plain];
  }),
);

/** Names of every variable that is read, besides DATABASE_URL and OPENAI_API_KEY. */
export const knownVariables: readonly string[] = [...variables.keys(), databasesVariable, profileVariable];

/**
 * Sorts the environment into sections. An empty variable counts as absent: compose files and client configurations
 * pass empty text for what was not filled in.
 */
export function readEnvironment(environment: Environment, problems: ConfigurationProblem[]): Map<string, Section> {
  const sections = new Map<string, Section>();
  for (const [key, value] of Object.entries(environment)) {
    if (!key.startsWith(prefix) || value === undefined || value === '') continue;
    if (key === databasesVariable || key === profileVariable) continue;
    const variable = variables.get(key);
    if (variable === undefined) {
      problems.push({ key, source: 'environment', message: unknownVariable(key) });
      continue;
    }
    write(sections, variable.setting.section, variable.name, { value, source: environmentSource(key) });
  }
  return sections;
}

function unknownVariable(key: string): string {
  const written = key.slice(prefix.length);
  const known = knownVariables.map((variable) => variable.slice(prefix.length));
  const near = nearestName(written, known) ?? nameWithWords(written, known);
  const cure = near === undefined ? 'docs/configuration.md lists every key.' : `Did you mean ${prefix}${near}?`;
  return `There is no such key. ${cure}`;
}

/** Puts one written value into its section. */
export function write(sections: Map<string, Section>, section: string, name: string, written: Written): void {
  const values = sections.get(section) ?? new Map<string, Written>();
  values.set(name, written);
  sections.set(section, values);
}
