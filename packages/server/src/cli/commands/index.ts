import type { AnyCommand } from '../command.ts';
import { embedCommand } from './embed.ts';
import { queryCommand } from './query.ts';
import { schemaCommand } from './schema.ts';
import { storeBackupCommand, storeCheckCommand, storeMigrateCommand, storeRestoreCommand } from './store.ts';

/** The commands of every program, in the order of `--help`. */
export const COMMANDS: readonly AnyCommand[] = [
  embedCommand,
  queryCommand,
  schemaCommand,
  storeCheckCommand,
  storeMigrateCommand,
  storeBackupCommand,
  storeRestoreCommand,
];
