import { describe, expect, it } from 'vitest';
import { nearestName } from '../src/nearest.ts';

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
