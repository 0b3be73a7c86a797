import { z } from 'zod';
import { databaseSchema } from './sections/databases.ts';
import { sectionList } from './sections/index.ts';
import { listSettings, type Setting } from './setting.ts';

const sectionSchemas = Object.fromEntries(sectionList.map(([name, { schema }]) => [name, z.prefault(schema, {})]));

/** Everything an operator can set, in the form of the configuration file. */
export const settingsSchema = z.strictObject({ databases: z.array(databaseSchema), ...sectionSchemas });

/**
 * Every setting, in the order of the documentation. A mapping inside a database has no section of its own: the list knows
 * databases as flat, `security.mode` beside `host`.
 */
export const allSettings: readonly Setting[] = listSettings(settingsSchema).map((setting) => {
  const [section, ...inner] = setting.section.split('.');
  if (section !== 'databases' || inner.length === 0) return setting;
  return { ...setting, section, name: [...inner, setting.name].join('.') };
});
