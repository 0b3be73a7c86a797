import { dirname, resolve } from 'node:path';
import { nameWithWords, nearestName } from '../nearest.ts';
import type { ConfigurationProblem } from './configuration-error.ts';
import { describeValue } from './describe-value.ts';
import { expandVariables } from './expand-variables.ts';
import { parseYaml } from './parse-yaml.ts';
import { readTextFile } from './read-text-file.ts';
import { allSettings } from './schema.ts';
import {
  type Environment,
  fileSuffix,
  overlay,
  profileVariable,
  type Section,
  type Source,
  type WrittenSettings,
} from './source.ts';

/** Reads the configuration file into sections and databases. */
export function readConfigurationFile(
  file: string,
  environment: Environment,
  problems: ConfigurationProblem[],
): WrittenSettings {
  const path = resolve(file);
  const nothing: WrittenSettings = { sections: new Map(), databases: [] };
  const read = readTextFile(path);
  const parsed = 'text' in read ? parseYaml(read.text) : read;
  if ('reason' in parsed) {
    const verb = 'text' in read ? 'The file is' : 'The file cannot be used:';
    problems.push({
      key: '--config',
      source: path,
      message: `${verb} ${parsed.reason}. Correct the file or the path.`,
    });
    return nothing;
  }
  if (parsed.value === null || parsed.value === undefined) return nothing;
  const at = { place: path, folder: dirname(path), prefix: '' };
  if (!isMapping(parsed.value)) return sortSettings(parsed.value, at, problems);
  const { profiles, ...base } = parsed.value;
  const own = sortSettings(expandVariables(base, environment, at, problems), at, problems);
  return withProfile(own, profiles, environment, at, problems);
}

/** Lays the chosen profile over the rest of the file. The others are looked at too, so that a misspelt key is found at once. */
function withProfile(
  own: WrittenSettings,
  profiles: unknown,
  environment: Environment,
  at: Place,
  problems: ConfigurationProblem[],
): WrittenSettings {
  const all = entries(profiles, { ...at, prefix: 'profiles.' }, problems);
  const chosen = environment[profileVariable] || undefined;
  const sorted = new Map(
    Object.entries(all).map(([name, content]) => {
      const place = { ...at, prefix: `profiles.${name}.` };
      const expanded =
        name === chosen ? expandVariables(content, environment, at, problems, `profiles.${name}`) : content;
      return [name, sortSettings(expanded, place, problems)];
    }),
  );
  if (chosen === undefined) return own;
  const profile = sorted.get(chosen);
  if (profile === undefined) {
    const known = [...sorted.keys()];
    const cure =
      known.length === 0 ? `The file has none: write them under \`profiles\`.` : `There are: ${known.join(', ')}.`;
    problems.push({ key: profileVariable, source: 'environment', message: `The file has no such profile. ${cure}` });
    return own;
  }
  const names = new Set([...own.sections.keys(), ...profile.sections.keys()]);
  const layered = [...names].map((name): [string, Section] => [
    name,
    overlay([own.sections, profile.sections].map((layer) => layer.get(name) ?? new Map())),
  ]);
  return {
    sections: new Map(layered),
    databases: profile.databases.length > 0 ? profile.databases : own.databases,
  };
}

/** Where a structure stands whose keys are to be sorted. */
interface Place {
  readonly place: string;
  readonly folder: string;
  /** Written before each key in messages. */
  readonly prefix: string;
}

function sourceAt(at: Place, key: string): Source {
  const kind = at.place === 'environment' ? 'environment' : 'file';
  return { kind, key: `${at.prefix}${key}`, place: at.place, folder: at.folder };
}

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function sortSettings(value: unknown, at: Place, problems: ConfigurationProblem[]): WrittenSettings {
  const sections = new Map<string, Section>();
  let databases: readonly Section[] = [];
  const top = entries(value, { ...at, prefix: at.prefix || 'the file ' }, problems);
  const known = [...new Set(allSettings.map(({ section }) => section.split('.')[0] ?? section))];
  const visit = (section: string, content: unknown): void => {
    const inner = allSettings.flatMap((setting) =>
      setting.section.startsWith(`${section}.`) ? [setting.section] : [],
    );
    const nested = new Map(inner.map((name) => [name.slice(section.length + 1), name]));
    const place = { ...at, prefix: `${at.prefix}${section}.` };
    const own = Object.entries(entries(content, place, problems));
    sections.set(
      section,
      sortSection(
        section,
        own.filter(([key]) => !nested.has(key)),
        [...nested.keys()],
        place,
        problems,
      ),
    );
    for (const [key, member] of own) {
      const name = nested.get(key);
      if (name !== undefined) visit(name, member);
    }
  };
  for (const [key, content] of Object.entries(top)) {
    if (!known.includes(key)) problems.push(unknownKey(key, known, sourceAt(at, key)));
    else if (key === 'databases') databases = sortDatabases(content, at, problems);
    else visit(key, content);
  }
  return { sections, databases };
}

/** Sorts a list of databases, from the file or from the JSON of the environment. */
export function sortDatabases(value: unknown, at: Place, problems: ConfigurationProblem[]): readonly Section[] {
  if (!Array.isArray(value)) {
    const message = `It must be a list of databases, but it is ${describeValue(value, true)}.`;
    problems.push({ key: `${at.prefix}databases`, source: at.place, message });
    return [];
  }
  return value.flatMap((database: unknown, index) => {
    const place = { ...at, prefix: `${at.prefix}databases[${index}].` };
    const written = entries(database, place, problems);
    return isMapping(database) ? [sortSection('databases', flattened(written), [], place, problems)] : [];
  });
}

const mappingsOfDatabase = new Set(
  allSettings.flatMap(({ section, name }) =>
    section === 'databases' && name.includes('.') ? [name.slice(0, name.lastIndexOf('.'))] : [],
  ),
);

/** A database's mappings, such as `security: { mode: ... }`, as the flat keys by which its settings are known. */
function flattened(written: Readonly<Record<string, unknown>>, prefix = ''): (readonly [string, unknown])[] {
  return Object.entries(written).flatMap(([key, value]) => {
    const name = `${prefix}${key}`;
    return mappingsOfDatabase.has(name) && isMapping(value) ? flattened(value, `${name}.`) : [[name, value] as const];
  });
}

function entries(value: unknown, at: Place, problems: ConfigurationProblem[]): Readonly<Record<string, unknown>> {
  if (isMapping(value)) return value;
  if (value === null || value === undefined) return {};
  const message = `It must be a mapping of keys to values, but it is ${describeValue(value, true)}.`;
  problems.push({ key: at.prefix.replace(/[. ]$/, ''), source: at.place, message });
  return {};
}

function sortSection(
  section: string,
  written: readonly (readonly [string, unknown])[],
  nested: readonly string[],
  at: Place,
  problems: ConfigurationProblem[],
): Section {
  const known = allSettings
    .filter((setting) => setting.section === section)
    .flatMap(({ name, secret }) => (secret ? [name, `${name}${fileSuffix.file}`] : [name]));
  const values: Section = new Map();
  for (const [key, value] of written) {
    const source = sourceAt(at, key);
    if (!known.includes(key)) problems.push(unknownKey(key, [...known, ...nested], source));
    else if (value !== null && value !== undefined && value !== '') values.set(key, { value, source });
  }
  return values;
}

function unknownKey(key: string, known: readonly string[], source: Source): ConfigurationProblem {
  const near = nearestName(key, known) ?? nameWithWords(key, known);
  const cure = near === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean ${near}?`;
  return { key: source.key, source: source.place, message: `There is no such key. ${cure}` };
}
