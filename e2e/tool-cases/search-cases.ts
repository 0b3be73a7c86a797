import { expect } from 'vitest';
import type { ToolCase } from './tool-case.ts';

/** The tools that connectors of chat products know by name. */
export const searchCases: readonly ToolCase[] = [
  {
    tool: 'search',
    good: [
      {
        what: 'tables by words',
        args: { query: 'customer orders' },
        check: (result) =>
          expect(result['results']).toEqual(
            expect.arrayContaining([
              {
                id: 'schema://retail/retail/orders',
                title: expect.stringContaining('retail.orders'),
                url: 'schema://retail/retail/orders',
              },
            ]),
          ),
      },
      {
        what: 'words that nothing has',
        args: { query: 'zeppelin' },
        check: (result) => expect(result['results']).toEqual([]),
      },
    ],
    bad: [
      { why: 'no words', args: { query: '  ' }, code: 'VALIDATION_ERROR', message: /query is empty/ },
      { why: 'a whole text', args: { query: 'x'.repeat(1_001) }, code: 'VALIDATION_ERROR', message: /query/ },
    ],
    slow: 'schema',
    beyond: [
      {
        what: 'more tables than are told',
        args: { query: 'crowd' },
        check: (result) => expect(result['results']).toHaveLength(20),
      },
    ],
  },
  {
    tool: 'fetch',
    good: [
      {
        what: 'a table with some rows',
        args: { id: 'schema://retail/retail/orders' },
        check: (result) => {
          expect(result).toMatchObject({
            id: 'schema://retail/retail/orders',
            title: 'retail.orders',
            metadata: { database: 'retail' },
          });
          expect(result['text']).toMatch(/customer_id[\s\S]*Some rows as CSV:\norder_id,/);
        },
      },
    ],
    bad: [
      {
        why: 'an id that search never gave',
        args: { id: 'schema://retail/retail/ordrs' },
        code: 'VALIDATION_ERROR',
        message: /take an id that search gave/,
      },
      {
        why: 'no id of a table',
        args: { id: 'file:///etc/passwd' },
        code: 'VALIDATION_ERROR',
        message: /no id of a table/,
      },
      {
        why: 'a database that is not there',
        args: { id: 'schema://nope/a/b' },
        code: 'UNKNOWN_DATABASE',
        message: /Available: retail/,
      },
    ],
    slow: {
      args: { id: 'schema://retail/retail/stores' },
      hold: 'retail.stores',
      statement: '%FROM retail.stores LIMIT%',
    },
    beyond: [
      {
        what: 'a table with more columns than fit',
        args: { id: 'schema://retail/retail/orders' },
        check: (result) => expect(result['text']).toMatch(/shows \d+ of its \d+ columns/),
      },
    ],
  },
];
