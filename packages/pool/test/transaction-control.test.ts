import { expect, test } from 'vitest';
import { endsTransaction } from '../src/transaction-control.ts';

test.each([
  'COMMIT',
  'commit and chain',
  'END',
  'End;',
  'ABORT WORK',
  'ROLLBACK',
  'ROLLBACK AND CHAIN',
  'ROLLBACK WORK AND CHAIN',
  'rollback/**/transaction',
  "PREPARE TRANSACTION 'x'",
  "PREPARE /* a */ -- b\n TRANSACTION 'x'",
  '  ;;\n\t\f\v;COMMIT',
  '-- a\nCOMMIT',
  '-- a\rCOMMIT',
  '/* a /* nested */ b */COMMIT',
  '/**/ --\n/* -- */ ; COMMIT',
])('%j ends a transaction', (text) => {
  expect(endsTransaction(text)).toBe(true);
});

test.each([
  '',
  ';',
  '--',
  '/*',
  '/* COMMIT',
  '-- COMMIT',
  'SELECT 1',
  'SELECT 1 -- COMMIT',
  'ROLLBACK TO a',
  'ROLLBACK WORK TO SAVEPOINT a',
  'rollback /* x */ transaction /* y */ to a',
  'PREPARE transaction_list AS SELECT 1',
  'PREPARE p AS SELECT 1',
  'commit_all()',
  '"commit"',
  'ENDLESS',
  'RELEASE a',
  '(SELECT 1)',
])('%j does not', (text) => {
  expect(endsTransaction(text)).toBe(false);
});
