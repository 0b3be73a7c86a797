import type { AnyCommand } from '../command.ts';
import { askCommand } from './ask.ts';
import { attackCommand } from './attack.ts';
import { auditVerifyCommand } from './audit.ts';
import { doctorCommand } from './doctor.ts';
import { embedCommand } from './embed.ts';
import { evalCommand } from './eval.ts';
import {
  examplesAddCommand,
  examplesCheckCommand,
  examplesExportCommand,
  examplesImportCommand,
  examplesListCommand,
  examplesRemoveCommand,
} from './examples.ts';
import { keysCreateCommand, keysListCommand, keysRevokeCommand } from './keys.ts';
import { queryCommand } from './query.ts';
import { schemaCommand } from './schema.ts';
import { storeBackupCommand, storeCheckCommand, storeMigrateCommand, storeRestoreCommand } from './store.ts';

/** The commands of every program, in the order of `--help`. */
export const COMMANDS: readonly AnyCommand[] = [
  auditVerifyCommand,
  askCommand,
  attackCommand,
  doctorCommand,
  embedCommand,
  evalCommand,
  examplesListCommand,
  examplesAddCommand,
  examplesRemoveCommand,
  examplesExportCommand,
  examplesImportCommand,
  examplesCheckCommand,
  queryCommand,
  schemaCommand,
  storeCheckCommand,
  storeMigrateCommand,
  storeBackupCommand,
  storeRestoreCommand,
  keysCreateCommand,
  keysListCommand,
  keysRevokeCommand,
];
