import { afterEach, describe, expect, it } from 'vitest';
import { type CatalogSnapshot, createGuard, type GuardOptions } from '../src/index.ts';

const empty: CatalogSnapshot = {
  fingerprint: 'empty',
  searchPath: ['public'],
  relations: [],
  functions: [],
  operators: [],
  casts: [],
  types: [],
};
const table = { schema: 'public', name: 't', kind: 'table', columns: [], parents: [] };
const routine = {
  schema: 'public',
  name: 'f',
  argumentTypes: [],
  kind: 'function',
  volatility: 'stable',
  securityDefiner: false,
  changesSettings: false,
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
async function guardOf(options: GuardOptions) {
  const guard = await createGuard(options);
  closing.push(guard.close);
  return guard;
}

describe('a catalog of the wrong shape', () => {
  const wrong: readonly [string, unknown, RegExp][] = [
    ['null', null, /^catalog.* must be an object/],
    ['a text', 'public', /must be an object/],
    ['nothing in it', {}, /\.fingerprint must be a text/],
    ['no fingerprint', { ...empty, fingerprint: '' }, /\.fingerprint must be a text/],
    ['no list of casts', { ...empty, casts: undefined }, /\.casts must be a list/],
    ['a number in its path', { ...empty, searchPath: [1] }, /\.searchPath\[0\] must be a text/],
    [
      'a kind of relation that is none',
      { ...empty, relations: [{ ...table, kind: 'foreign_table' }] },
      /\.relations\[0\]\.kind/,
    ],
    [
      'a relation without parents',
      { ...empty, relations: [{ ...table, parents: undefined }] },
      /\.parents must be a list/,
    ],
    [
      'a column without a type',
      { ...empty, relations: [{ ...table, columns: [{ name: 'a' }] }] },
      /\.columns\[0\]\.typeSchema/,
    ],
    // Without the word it would be taken for a function that runs as its caller.
    [
      'a function that may be SECURITY DEFINER',
      { ...empty, functions: [{ ...routine, securityDefiner: undefined }] },
      /\.securityDefiner must be true or false/,
    ],
  ];
  for (const [name, catalog, message] of wrong) {
    it(`is an error wherever it is given: ${name}`, async () => {
      const expected = { code: 'INVALID_OPTIONS', message: expect.stringMatching(message) };
      await expect(createGuard({ catalog: catalog as never })).rejects.toMatchObject(expected);
      const asked = await guardOf({ engine: 'same-thread', catalog: () => catalog as never });
      await expect(asked.check('SELECT 1')).rejects.toMatchObject(expected);
      const guard = await guardOf({ engine: 'same-thread' });
      await expect(guard.check('SELECT 1', { catalog: catalog as never })).rejects.toMatchObject(expected);
    });
  }

  it('never stops the guard: one that no thread can be sent fails its own text only', async () => {
    const guard = await guardOf({});
    const catalog = { ...empty, refresh: () => undefined };
    const asked = [
      guard.check('SELECT 1', { catalog }),
      guard.check('SELECT 2'),
      guard.check('SELECT 3', { catalog: empty }),
    ];
    const [first, second, third] = await Promise.allSettled(asked);
    expect(first).toMatchObject({ status: 'rejected', reason: { code: 'INVALID_OPTIONS' } });
    expect(second).toMatchObject({ status: 'fulfilled', value: { allowed: true } });
    expect(third).toMatchObject({ status: 'fulfilled', value: { allowed: true } });
  });
});
