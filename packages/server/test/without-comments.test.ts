import { describe, expect, it } from 'vitest';
import { withoutComments } from '../src/observe/without-comments.ts';

describe('a statement without its comments', () => {
  it.each([
    ['SELECT 1', 'SELECT 1'],
    ['/* a */ SELECT $1 -- b', 'SELECT $1'],
    ['SELECT $1 /* a /* nested */ b */ AS v', 'SELECT $1   AS v'],
    ['SELECT $1 --a\nFROM t', 'SELECT $1  \nFROM t'],
    ['SELECT "a--b", "c/*d", "e""/*f"', 'SELECT "a--b", "c/*d", "e""/*f"'],
    ["SELECT '/* kept' AS v", "SELECT '/* kept' AS v"],
    ['SELECT 1 /* never closed', 'SELECT 1'],
    ['', ''],
  ])('%s', (sql, expected) => {
    expect(withoutComments(sql)).toBe(expected);
  });
});
