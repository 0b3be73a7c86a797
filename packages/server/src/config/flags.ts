import { nearestName } from '../nearest.ts';
import type { ConfigurationProblem } from './configuration-error.ts';
import { write } from './environment.ts';
import { allSettings } from './schema.ts';
import type { Section } from './source.ts';

/** Values of command line flags by their name without dashes: `{ port: '3001' }`. */
export type Flags = Readonly<Record<string, string | undefined>>;

const knownFlags = allSettings.flatMap(({ flag }) => (flag === undefined ? [] : [flag]));

/** Sorts command line flags into sections. */
export function readFlags(flags: Flags, problems: ConfigurationProblem[]): Map<string, Section> {
  const sections = new Map<string, Section>();
  for (const [flag, value] of Object.entries(flags)) {
    if (value === undefined) continue;
    const setting = allSettings.find((candidate) => candidate.flag === flag);
    const source = { kind: 'command line', key: `--${flag}`, place: 'command line', folder: process.cwd() } as const;
    if (setting === undefined) {
      const near = nearestName(flag, knownFlags);
      const cure = near === undefined ? 'See --help.' : `Did you mean --${near}?`;
      problems.push({ key: source.key, source: source.place, message: `There is no such flag. ${cure}` });
      continue;
    }
    write(sections, setting.section, setting.name, { value, source });
  }
  return sections;
}
