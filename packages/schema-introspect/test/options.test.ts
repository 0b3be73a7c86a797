import { describe, expect, it } from 'vitest';
import {
  createCatalogCache,
  ddlNotifierSql,
  findValueHints,
  IntrospectionError,
  introspect,
  renderCompact,
  renderDdl,
  renderMermaid,
  renderMSchema,
  searchCatalog,
  searchValues,
  selectSlice,
  watchDdl,
} from '../src/index.ts';
import { catalogOf } from './catalog-value.ts';

const catalog = catalogOf([]);
const silent = { query: () => Promise.reject(new Error('asked')) };
const listener = { listen: () => Promise.reject(new Error('listened')) };
// Misspelt as by somebody without a type checker.
const wrong = { maxTokns: 5 } as never;

describe('options that do not exist are refused, with the nearest one', () => {
  it.each<[string, () => unknown]>([
    ['introspect', () => introspect(silent, wrong)],
    ['renderCompact', () => renderCompact(catalog, wrong)],
    ['selectSlice', () => selectSlice(catalog, 'x', wrong)],
    ['renderDdl', () => renderDdl(catalog, wrong)],
    ['renderMSchema', () => renderMSchema(catalog, wrong)],
    ['renderMermaid', () => renderMermaid(catalog, wrong)],
    ['createCatalogCache', () => createCatalogCache(wrong)],
    ['searchCatalog', () => searchCatalog(catalog, wrong)],
    ['findValueHints', () => findValueHints(catalog, 'x', wrong)],
    ['searchValues', () => searchValues(silent, catalog, 'x', wrong)],
    ['watchDdl', () => watchDdl(listener, { check: () => Promise.reject(new Error()) }, wrong)],
    ['ddlNotifierSql', () => ddlNotifierSql(wrong)],
  ])('%s', async (name, call) => {
    const error = await Promise.resolve()
      .then(call)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(IntrospectionError);
    expect(error).toMatchObject({ code: 'INVALID_OPTIONS', retryable: false });
    expect((error as Error).message).toContain(`${name}() has no option "maxTokns"`);
  });

  it('guesses what was meant', () => {
    expect(() => renderCompact(catalog, wrong)).toThrow('Did you mean maxTokens?');
  });

  it('refuses schemas that are no list of names', async () => {
    await expect(introspect(silent, { schemas: 'public' as never })).rejects.toThrow(/list of schema names/);
    await expect(introspect(silent, { schemas: [1] as never })).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  });
});

describe('answers that are no catalog', () => {
  it.each([[[]], [[{}]], [[{ set: 'settings', facts: 'null' }]], [[{ set: 'settings', facts: '{"database":[1]}' }]]])(
    'refuses %j',
    async (rows) => {
      await expect(introspect({ query: async () => ({ rows: rows as never[] }) })).rejects.toMatchObject({
        code: 'UNEXPECTED_ANSWER',
      });
    },
  );

  it('lets errors of the driver pass through', async () => {
    await expect(introspect(silent)).rejects.toThrow('asked');
  });
});
