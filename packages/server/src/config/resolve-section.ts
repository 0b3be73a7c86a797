import { resolve } from 'node:path';
import type { ConfigurationProblem } from './configuration-error.ts';
import { readTextFile } from './read-text-file.ts';
import { allSettings } from './schema.ts';
import type { Setting } from './setting.ts';
import { fileSuffix, type Section, type Written } from './source.ts';

/**
 * Reads secrets that stand in files and makes paths absolute.
 *
 * @param files - every path that a setting names is added here
 */
export function resolveSection(
  name: string,
  section: Section,
  problems: ConfigurationProblem[],
  files: Set<string>,
): Section {
  const resolved: Section = new Map();
  for (const setting of allSettings) {
    if (setting.section !== name) continue;
    const written = setting.secret ? secret(setting, section, problems, files) : section.get(setting.name);
    if (written === undefined) continue;
    const value = setting.path && written.value !== setting.pathOrWord ? absolute(written) : written;
    if (value !== written && typeof value.value === 'string') files.add(value.value);
    resolved.set(setting.name, value);
  }
  return resolved;
}

function absolute(written: Written): Written {
  if (typeof written.value !== 'string') return written;
  return { ...written, value: resolve(written.source.folder, written.value) };
}

function secret(
  setting: Setting,
  section: Section,
  problems: ConfigurationProblem[],
  files: Set<string>,
): Written | undefined {
  const plain = section.get(setting.name);
  const fromFile = section.get(`${setting.name}${fileSuffix.file}`);
  if (fromFile === undefined) return plain;
  const problem = (message: string) => {
    problems.push({ key: fromFile.source.key, source: fromFile.source.place, message });
    return undefined;
  };
  if (plain !== undefined) return problem(`It says the same as ${plain.source.key}. Keep one of the two.`);
  if (typeof fromFile.value !== 'string') return problem('It must be the path of a file that holds the secret.');
  const path = resolve(fromFile.source.folder, fromFile.value);
  files.add(path);
  const read = readTextFile(path);
  if ('reason' in read) return problem(`The file with the secret cannot be used: ${read.reason}. Correct the path.`);
  // Editors and `echo` end a file with a line break that is no part of the secret.
  const value = read.text.replace(/\r?\n$/, '');
  return value === '' ? problem('The file with the secret is empty.') : { value, source: fromFile.source };
}
