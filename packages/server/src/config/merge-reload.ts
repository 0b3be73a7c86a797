import { comparable } from './comparable.ts';
import type { Configuration, ResolvedSections } from './configuration.ts';

/** Sections that take effect at once; what the others say is read when the process starts. */
const LIVE_SECTIONS: ReadonlySet<string> = new Set([
  'server',
  'openai',
  'questions',
  'security',
  'connections',
  'monitoring',
]);

/** Settings of live sections that are read at the start all the same. */
const FIXED_SETTINGS: ReadonlySet<string> = new Set([
  'server.toolsets',
  'security.hashKey',
  'security.confirmationTtlMs',
]);

/** A configuration that can take the place of another while calls run. */
export interface MergedReload {
  /** The next configuration where it can change, the current one elsewhere. */
  readonly configuration: Configuration;
  /** Keys that differ and hold only after a restart: `http.port`. */
  readonly restartNeeded: readonly string[];
}

/** Sorts what may change live from what may not. */
export function mergeReload(current: Configuration, next: Configuration): MergedReload {
  const { databases, entries, notices, files, ...sections } = next;
  const restartNeeded: string[] = [];
  const merged = Object.entries(sections).map(([name, value]) => {
    const before: unknown = Reflect.get(current, name);
    if (!LIVE_SECTIONS.has(name)) {
      restartNeeded.push(...differing(name, before, value));
      return [name, before];
    }
    const fixed = differing(name, before, value).filter((key) => FIXED_SETTINGS.has(key));
    restartNeeded.push(...fixed);
    const kept = fixed.map((key) => key.slice(name.length + 1)).map((key) => [key, member(before, key)]);
    return [name, kept.length === 0 ? value : { ...asObject(value), ...Object.fromEntries(kept) }];
  });
  const configuration = { ...(Object.fromEntries(merged) as ResolvedSections), databases, entries, notices, files };
  return { configuration, restartNeeded };
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const member = (value: unknown, key: string): unknown => asObject(value)[key];

function differing(section: string, before: unknown, after: unknown): string[] {
  const [left, right] = [asObject(before), asObject(after)];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])]
    .filter((key) => comparable([left[key]]) !== comparable([right[key]]))
    .map((key) => `${section}.${key}`);
}
