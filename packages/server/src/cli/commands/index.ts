import type { Command } from '../command.ts';
import { queryCommand } from './query.ts';
import { schemaCommand } from './schema.ts';

/** The commands of every program, in the order of `--help`. */
export const COMMANDS: readonly Command[] = [queryCommand, schemaCommand];
