import type { Configuration, ConfigurationEntry } from './configuration.ts';
import { readConnectionUrl, showTarget } from './connection-url.ts';
import { allSettings } from './schema.ts';
import type { Setting } from './setting.ts';
import type { Section, Written } from './source.ts';

function entry(key: string, setting: Setting, written: Written | undefined): ConfigurationEntry[] {
  if (written === undefined) {
    return setting.default === undefined ? [] : [{ key, text: String(setting.default), source: 'default' }];
  }
  const { kind, key: name, place } = written.source;
  const text = setting.secret ? hidden(written.value) : shown(written.value);
  return [{ key, text, source: kind === 'file' ? `file ${place}` : `${kind} ${name}` }];
}

/** A mapping of the file as JSON; a list as it is written in the environment. */
const shown = (value: unknown): string =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : String(value);

/** Shows of a connection string what tells databases apart, and nothing that opens one. */
function hidden(value: unknown): string {
  const read = typeof value === 'string' ? readConnectionUrl(value) : undefined;
  const target = read !== undefined && 'url' in read ? showTarget(read.url) : undefined;
  return target === undefined ? '[secret]' : `[secret], at ${target}`;
}

/** Lists every setting that is in force, in the order of the documentation. */
export function listEntries(
  sections: ReadonlyMap<string, Section>,
  databases: readonly Section[],
): readonly ConfigurationEntry[] {
  const ofDatabases = databases.flatMap((section, index) =>
    allSettings
      .filter((setting) => setting.section === 'databases')
      .flatMap((setting) => entry(`databases[${index}].${setting.name}`, setting, section.get(setting.name))),
  );
  const others = allSettings
    .filter((setting) => setting.section !== 'databases')
    .flatMap((setting) => {
      const written = sections.get(setting.section)?.get(setting.name);
      return entry(`${setting.section}.${setting.name}`, setting, written);
    });
  return [...ofDatabases, ...others];
}

/**
 * The configuration in force as text for a person: each setting, its value, its source. Secrets are hidden.
 *
 * @example `server.maxResultRows = 1000   (default)`
 */
export function describeConfiguration(configuration: Configuration): string {
  const written = configuration.entries.map(({ key, text, source }) => ({ left: `${key} = ${text}`, source }));
  const width = Math.min(70, Math.max(...written.map(({ left }) => left.length)));
  const lines = written.map(({ left, source }) => `${left.padEnd(width)}  (${source})`);
  const model =
    configuration.openai === undefined
      ? 'none: questions are handed over to the calling assistant'
      : configuration.openai.model;
  const names = configuration.databases.map(({ name }) => name).join(', ');
  const notices = configuration.notices.map((notice) => `Note: ${notice}`);
  return [`Databases: ${names}`, `Model: ${model}`, ...notices, '', ...lines, ''].join('\n');
}
