import { z } from 'zod';
import { databaseSchema } from './sections/databases.ts';
import { sectionList } from './sections/index.ts';
import { listSettings } from './setting.ts';

const sectionSchemas = Object.fromEntries(sectionList.map(([name, { schema }]) => [name, z.prefault(schema, {})]));

/** Everything an operator can set, in the form of the configuration file. */
export const settingsSchema = z.strictObject({ databases: z.array(databaseSchema), ...sectionSchemas });

/** Every setting, in the order of the documentation. */
export const allSettings = listSettings(settingsSchema);
