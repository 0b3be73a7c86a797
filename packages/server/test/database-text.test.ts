import { expect, it } from 'vitest';
import { databaseText } from '../src/database-text.ts';

it('cuts the text of a database between characters', () => {
  for (const before of [998, 999, 1_000, 1_001]) {
    const text = databaseText(`${'a'.repeat(before)}${'\u{1F418}'.repeat(600)}`);
    expect(text.isWellFormed(), `${before}`).toBe(true);
    expect(text.length).toBeLessThanOrEqual(1_001);
    expect(text.endsWith('…')).toBe(true);
  }
  expect(databaseText('\u{1F418}'.repeat(500))).toBe('\u{1F418}'.repeat(500));
});

it('leaves out what steers a terminal', () => {
  expect(databaseText('a\u001b[31mb\u202ec\nd\ud800')).toBe('a[31mbc\nd');
});
