import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { readHostileCases, splitCorpus } from '../src/corpus.ts';
import { createGuard, type Guard, type GuardMode, type Violation } from '../src/index.ts';

const changes = ['never', 'unfiltered', 'row-attacks', 'structure-attacks', 'listed-tables', 'migrations'].flatMap(
  (name) => splitCorpus(readFileSync(new URL(`../corpus/changes/${name}.sql`, import.meta.url), 'utf8')),
);
const texts = ['', ' ', 'x'.repeat(40_000), '\ufeffSELECT 1', 'SELECT 1; SELECT 2', 'SELECT $2', 'SELEC 1']
  .concat((await readHostileCases()).map(({ sql }) => sql))
  .concat(changes.map(({ sql }) => sql));

const modes: readonly GuardMode[] = ['read-only', 'standard', 'admin'];
const guards = new Map<GuardMode, Guard>();
for (const mode of modes)
  guards.set(mode, await createGuard({ engine: 'same-thread', mode, tables: { deny: ['hr.salaries'] } }));
afterAll(() => Promise.all([...guards.values()].map((guard) => guard.close())));

async function violationsOf(mode: GuardMode, sql: string): Promise<readonly Violation[]> {
  const verdict = await guards.get(mode)?.check(sql);
  return verdict === undefined || verdict.allowed ? [] : verdict.violations;
}

describe('a violation', { timeout: 60_000 }, () => {
  it.each(modes)('is a sentence that a program can end, with a node, a place and a whole hint, in %s', async (mode) => {
    let seen = 0;
    for (const sql of texts) {
      for (const { message, hint, node, position, option } of await violationsOf(mode, sql)) {
        seen += 1;
        expect(message, sql).toMatch(/[^.!?\s]$/);
        expect(message, sql).not.toMatch(/undefined|\[object|NaN| {2}/);
        if (hint !== undefined) expect(hint, `${message}: ${sql}`).toMatch(/^[A-Z].*\.$/s);
        expect(node, sql).not.toBe('');
        expect(Math.min(position.line, position.column, position.length), sql).toBeGreaterThan(0);
        expect(option, sql).not.toBe('');
      }
    }
    expect(seen).toBeGreaterThan(1_000);
  });

  it('is one of at most eight, in the order of the text', async () => {
    const sql = `SELECT ${Array.from({ length: 30 }, (_, index) => `f${index}()`).join(',\n')}`;
    const lines = (await violationsOf('read-only', sql)).map(({ position }) => position.line);
    expect(lines).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('never shows what else a list of the policy holds', async () => {
    const guard = await createGuard({
      engine: 'same-thread',
      functions: { allow: ['app.total'], deny: ['app.hidden'] },
      tables: { allow: ['app.orders'], deny: ['app.hidden_table'] },
      types: { allow: ['app.tier'] },
      settings: { allow: ['app.colour'] },
    });
    for (const sql of [
      'SELECT app.f()',
      'SELECT * FROM app.t',
      'SELECT 1::app.x',
      'SHOW app.size',
      'SELECT app.h(1)',
    ]) {
      const verdict = await guard.check(sql);
      expect(verdict.allowed, sql).toBe(false);
      expect(JSON.stringify(verdict), sql).not.toMatch(/total|hidden|orders|tier|colour/);
    }
    await guard.close();
  });
});
