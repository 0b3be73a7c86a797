import { afterAll, describe, expect, it } from 'vitest';
import { grammar } from '../src/grammar.ts';
import { createGuard, type Guard, type GuardMode, type StatementOption } from '../src/index.ts';
import { isParserError } from '../src/parser.ts';
import { compileParser } from '../src/parser-code.ts';
import { createParser } from '../src/parser-instance.ts';
import { everyOption } from './every-option.ts';
import type { StatementExample } from './statement-example.ts';
import { statementExamples } from './statement-examples.ts';

/** Statements that stand inside others only, or that the analyser makes. */
const inner = ['RawStmt', 'SetOperationStmt', 'ReturnStmt', 'PLAssignStmt', 'ReplicaIdentityStmt'];
const modes: readonly GuardMode[] = ['read-only', 'standard', 'admin'];
const parser = await createParser(await compileParser());

const guards = new Map<string, Guard>();
afterAll(() => Promise.all([...guards.values()].map((guard) => guard.close())));
async function guardOf(mode: GuardMode, allow: readonly StatementOption[]): Promise<Guard> {
  const key = JSON.stringify([mode, allow]);
  const known = guards.get(key) ?? (await createGuard({ engine: 'same-thread', mode, statements: { allow } }));
  guards.set(key, known);
  return known;
}

/** What the law says of a mode: accepted as it is, by the option alone, or not at all. */
function acceptance({ law, option }: StatementExample, mode: GuardMode): true | StatementOption | undefined {
  if (law === 'every mode') return true;
  if (law === 'never' || mode === 'read-only') return undefined;
  if (law === 'standard') return true;
  if (law === 'standard by option') return mode === 'admin' ? true : option;
  if (mode === 'standard') return undefined;
  return law === 'admin' ? true : option;
}

async function checkAccepted(sql: string, example: StatementExample, mode: GuardMode): Promise<void> {
  const accepted = acceptance(example, mode);
  const others = everyOption.filter((option) => option !== example.option);
  const bare = await (await guardOf(mode, others)).check(sql);
  expect(bare.allowed ? 'allowed' : bare.violations, `without its option: ${sql}`).toEqual(
    accepted === true ? 'allowed' : expect.any(Array),
  );
  if (!bare.allowed)
    expect(bare.violations.map(({ option }) => option).join(), sql).toContain(example.option ?? 'mode: ');
  const opened = await (await guardOf(mode, everyOption)).check(sql);
  expect(opened.allowed ? 'allowed' : opened.violations, `with every option: ${sql}`).toEqual(
    accepted === undefined ? expect.any(Array) : 'allowed',
  );
  if (typeof accepted !== 'string') return;
  const alone = await (await guardOf(mode, [accepted])).check(sql);
  expect(alone.allowed || alone.violations, `with its option alone: ${sql}`).toBe(true);
}

describe('the law of the modes', () => {
  it('speaks of every top-level statement of the grammar, in statements of that tag', () => {
    const tags = [...grammar.keys()].filter((tag) => tag.endsWith('Stmt') && !inner.includes(tag));
    expect(Object.keys(statementExamples).sort()).toEqual(tags.sort());
    for (const [tag, { law, option, pass, refuse }] of Object.entries(statementExamples)) {
      expect(refuse.length, tag).toBeGreaterThan(0);
      expect(option !== undefined, tag).toBe(law.endsWith('by option'));
      for (const sql of [...pass, ...refuse]) {
        const tree = parser.parse(sql);
        expect(isParserError(tree) ? tree : Object.keys(tree.stmts[0]?.stmt ?? {}), sql).toEqual([tag]);
      }
    }
  });

  describe.each(modes)('in %s', (mode) => {
    it.each(Object.entries(statementExamples))('judges %s', async (_tag, example) => {
      for (const sql of example.pass) await checkAccepted(sql, example, mode);
      for (const sql of example.refuse)
        expect((await (await guardOf(mode, everyOption)).check(sql)).allowed, sql).toBe(false);
    });
  });
});

describe('every refusal of the law', () => {
  const texts = Object.values(statementExamples).flatMap(({ pass, refuse }) => [...pass, ...refuse]);
  it.each(modes)('is one sentence with a place, in %s', async (mode) => {
    const guard = await guardOf(mode, []);
    for (const sql of texts) {
      const verdict = await guard.check(sql);
      if (verdict.allowed) continue;
      for (const { message, hint, node, position } of verdict.violations) {
        expect(message, sql).toMatch(/^[A-Za-z_$"].*[^.\s]$/);
        expect(hint ?? 'Nothing.', sql).toMatch(/^[A-Z].*\.$/);
        expect(node, sql).not.toBe('');
        expect(position.line, sql).toBeGreaterThan(0);
        expect(position.column, sql).toBeGreaterThan(0);
      }
    }
  });
});
