import type { StatementOption } from '../src/index.ts';

/** The options of statements, written anew beside those that the guard takes. */
export const everyOption: readonly StatementOption[] = [
  'select-into',
  'unfiltered-update',
  'unfiltered-delete',
  'truncate',
  'refresh-materialized-view',
  'nextval',
  'create-function',
  'create-trigger',
  'create-rule',
  'create-policy',
  'grant',
  'create-extension',
];
