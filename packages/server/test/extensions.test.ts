import { extensionNames } from '@pgmcp/sql-guard';
import { expect, it } from 'vitest';
import { EXTENSIONS } from '../src/policy/extensions.ts';

it('the configuration knows the extensions that the guard has lists of', () => {
  expect(EXTENSIONS).toEqual([...extensionNames].sort());
});
