import type { GuardMode } from '@pgmcp/sql-guard';
import type { Services } from '../services.ts';

/** Whether some database is configured with one of these modes: a tool that no database allows is not there at all. */
export const someDatabaseHas =
  (...modes: readonly GuardMode[]) =>
  ({ databases }: Services): boolean =>
    databases.all.some(({ policy }) => modes.includes(policy.mode));
