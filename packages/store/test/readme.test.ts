import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import * as pglite from '@electric-sql/pglite';
import { describe, expect, it } from 'vitest';
import * as store from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('has an example that runs and prints the slow question', { timeout: 60_000 }, async () => {
    const example = /```ts\n(import[\s\S]*?)```/.exec(readme)![1]!;
    const body = stripTypeScriptTypes(example).replaceAll(/^import .*$/gm, '');
    const printed: unknown[][] = [];
    const run = new Function('PGlite', 'createStore', 'console', `return (async () => {${body}})()`);
    await run(pglite.PGlite, store.createStore, { log: (...values: unknown[]) => printed.push(values) });
    expect(printed).toEqual([[['Who ordered most?'], undefined]]);
  });

  it('stays within 200 lines', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(200);
  });
});
