import { describe, expect, it } from 'vitest';
import { nameWithWords, nearestName } from '../src/nearest.ts';

describe('the nearest name', () => {
  it.each([
    ['prot', ['port', 'host'], 'port'],
    ['hst', ['port', 'host'], 'host'],
    ['ssl_mode', ['sslMode'], 'sslMode'],
    ['VERIFY_FULL', ['verify-ca', 'verify-full'], 'verify-full'],
    ['oder_itms', ['order_items', 'orders'], 'order_items'],
    ['qery', ['query', 'schema'], 'query'],
  ])('of %s among %j is %s', (name, known, nearest) => {
    expect(nearestName(name, known)).toBe(nearest);
  });

  it.each([
    ['__proto__', ['port', 'host']],
    ['x', ['url', 'a']],
    ['ab', ['cd', 'abcd']],
    ['pert', ['part_of', 'sort']],
    ['', ['a', 'ab']],
    ['anything', []],
  ])('is not guessed for %j among %j', (name, known) => {
    expect(nearestName(name, known)).toBeUndefined();
  });
});

describe('the name that holds every word of another', () => {
  const known = [
    'SERVER_MAX_RESULT_ROWS',
    'SERVER_MAX_RESULT_BYTES',
    'OPENAI_API_KEY',
    'OPENAI_API_KEY_FILE',
    'HTTP_PORT',
  ];

  it.each([
    ['SERVER_MAX_ROWS', 'SERVER_MAX_RESULT_ROWS'],
    ['MAX_ROW', 'SERVER_MAX_RESULT_ROWS'],
    ['OPENAI_KEY', 'OPENAI_API_KEY'],
  ])('of %s is %s', (name, meant) => {
    expect(nameWithWords(name, known)).toBe(meant);
  });

  it('is found in words that run together', () => {
    expect(nameWithWords('maxRows', ['maxResultRows', 'maxResultBytes'])).toBe('maxResultRows');
  });

  it.each(['SERVER_MAX', 'PORT', '__', 'SERVER_MAX_COLUMNS'])('is not guessed for %s', (name) => {
    expect(nameWithWords(name, known)).toBeUndefined();
  });
});
