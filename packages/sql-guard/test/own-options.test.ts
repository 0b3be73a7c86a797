import { afterEach, describe, expect, it } from 'vitest';
import { createGuard, createGuardThreads, GuardError, type GuardOptions } from '../src/index.ts';

const engines = ['worker', 'same-thread'] as const;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function guardOf(options: GuardOptions) {
  const guard = await createGuard(options);
  closing.push(guard.close);
  return guard;
}

class DeniedTables {
  get deny() {
    return ['salaries'];
  }
}

/** Ways to write `tables.deny` that JavaScript reads as the same option. */
const spellings: Readonly<Record<string, () => object>> = {
  'an inherited option': () => Object.create({ tables: { deny: ['salaries'] } }) as object,
  'an inherited list': () => ({ tables: Object.create({ deny: ['salaries'] }) as object }),
  'a list that is not enumerable': () => ({ tables: Object.defineProperty({}, 'deny', { value: ['salaries'] }) }),
  'a list behind a getter': () => ({ tables: new DeniedTables() }),
  'a list behind a proxy': () => ({ tables: { deny: new Proxy(['salaries'], {}) } }),
  'frozen options': () => Object.freeze({ tables: Object.freeze({ deny: Object.freeze(['salaries']) }) }),
};

describe('a policy reaches the thread as the caller’s program reads it', () => {
  for (const engine of engines) {
    for (const [name, write] of Object.entries(spellings)) {
      it(`${name}, ${engine}`, async () => {
        const options = Object.assign(Object.create(write()) as object, { engine });
        const guard = await guardOf(options);
        expect(await guard.check('SELECT * FROM salaries')).toMatchObject({
          allowed: false,
          violations: [{ code: 'relation' }],
        });
        expect((await guard.check('SELECT * FROM orders')).allowed).toBe(true);
      });
    }

    it(`and is not what the caller makes of its object later, ${engine}`, async () => {
      const deny = ['salaries'];
      const guard = await guardOf({ engine, tables: { deny } });
      deny.length = 0;
      expect((await guard.check('SELECT * FROM salaries')).allowed).toBe(false);
    });
  }
});

describe('options of the machinery', () => {
  const wrong: readonly [string, () => unknown, RegExp][] = [
    ['an onEvent that is no function', () => createGuard({ onEvent: 'log' as never }), /onEvent must be a function/],
    ['no mode at all', () => createGuard({ mode: null as never }), /mode has no "null"/],
    ['a symbol as mode', () => createGuard({ mode: Symbol('admin') as never }), /mode has no "Symbol\(admin\)"/],
    ['threads without options', () => createGuardThreads(null as never), /createGuardThreads must be an object/],
    ['an unknown option of threads', () => createGuardThreads({ worker: 2 } as never), /no option "worker"/],
    ['threads that tell no function', () => createGuardThreads({ onEvent: 1 as never }), /onEvent must be a function/],
  ];
  for (const [name, call, message] of wrong) {
    it(`with ${name} are errors`, async () => {
      const error = await (async () => call())().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(GuardError);
      expect(error).toMatchObject({ code: 'INVALID_OPTIONS', message });
    });
  }
});

describe('the context of a check', () => {
  const wrong: readonly [unknown, RegExp][] = [
    [null, /must be an object/],
    [3, /must be an object/],
    ['SELECT', /must be an object/],
    [[], /must be an object/],
    [{ paramterCount: 1 }, /no option "paramterCount"/],
    [{ serverVersionNum: 10_000_000 }, /serverVersionNum must be/],
    [{ purpose: null }, /purpose must be/],
    [{ parameterCount: null }, /parameterCount must be/],
  ];
  for (const [context, message] of wrong) {
    it(`is an error as ${JSON.stringify(context)}`, async () => {
      const guard = await guardOf({ engine: 'same-thread' });
      await expect(guard.check('SELECT 1', context as never)).rejects.toMatchObject({
        code: 'INVALID_OPTIONS',
        message: expect.stringMatching(message),
      });
      expect((await guard.check('SELECT 1')).allowed).toBe(true);
    });
  }

  it('counts when it is inherited', async () => {
    const guard = await guardOf({ mode: 'admin', engine: 'same-thread' });
    const context = Object.create({ purpose: 'explain-analyze' }) as object;
    expect((await guard.check('DELETE FROM t WHERE id = 1', context)).allowed).toBe(false);
  });
});
