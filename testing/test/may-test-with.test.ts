import { afterEach, expect, test, vi } from 'vitest';
import { mayTestWith } from '../src/programs/index.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test('a program that is there may be tested with, quietly', () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(mayTestWith('a program', true)).toBe(true);
  expect(written).not.toHaveBeenCalled();
});

test('a missing program is an error in CI, and said loudly elsewhere', () => {
  vi.stubEnv('CI', 'true');
  expect(() => mayTestWith('a program', false)).toThrow(/a program is missing: run scripts\/install-test-servers\.sh/);
  vi.stubEnv('CI', '');
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(mayTestWith('a program', false)).toBe(false);
  expect(written).toHaveBeenCalledWith(expect.stringContaining('NOT TESTED'));
});
