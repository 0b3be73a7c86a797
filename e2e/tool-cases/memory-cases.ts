import { expect } from 'vitest';
import type { ToolCase } from './tool-case.ts';

const question = 'How many shops are there?';
const sql = 'SELECT count(*) AS shops FROM retail.stores';

/** The tool that remembers answers. */
export const memoryCases: readonly ToolCase[] = [
  {
    tool: 'confirm_answer',
    good: [
      {
        what: 'an example, since no client here shows forms',
        args: { question, sql },
        check: (result) => expect(result).toMatchObject({ status: 'example', database: 'retail' }),
      },
    ],
    bad: [
      { why: 'no question', args: { question: ' ', sql }, code: 'VALIDATION_ERROR', message: /question is empty/ },
      { why: 'no statement', args: { question, sql: '' }, code: 'VALIDATION_ERROR', message: /sql is empty/ },
      {
        why: 'a statement that writes',
        args: { question, sql: 'DELETE FROM retail.stores' },
        code: 'UNSAFE_SQL',
        message: /refused/,
      },
      {
        why: 'a statement that does not bind',
        args: { question, sql: 'SELECT shoe_size FROM retail.stores' },
        code: 'SYNTAX_ERROR',
        message: /shoe_size/,
      },
    ],
    slow: {
      args: { question: 'How many remember slowly?', sql: 'SELECT count(*) AS remember_slowly FROM retail.stores' },
      hold: 'retail.stores',
      statement: '%remember_slowly%',
    },
    beyond: { never: 'It returns a state.' },
  },
];
