import { afterEach, describe, expect, it } from 'vitest';
import { type CatalogSnapshot, createGuard, createGuardThreads, type GuardEvent } from '../src/index.ts';

const POLICIES = 50;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function openThreads(workers?: number) {
  const events: GuardEvent[] = [];
  const threads = createGuardThreads({
    onEvent: (event) => events.push(event),
    ...(workers !== undefined && { workers }),
  });
  closing.push(threads.close);
  const guardOf = async (tables: readonly string[], maxBytes = 32_768) => {
    const guard = await createGuard({ threads, tables: { allow: tables }, limits: { maxBytes } });
    closing.push(guard.close);
    return guard;
  };
  return { threads, events, guardOf };
}

describe('guards that share threads', () => {
  it('judge under fifty policies at once in one thread, each by its own', async () => {
    const { events, guardOf } = openThreads();
    const guards = await Promise.all(Array.from({ length: POLICIES }, (_, n) => guardOf([`public.t${n}`])));
    const asked = guards.flatMap((guard, n) =>
      [n, (n + 1) % POLICIES].map(async (table) => {
        const verdict = await guard.check(`SELECT * FROM public.t${table}`);
        return { own: table === n, allowed: verdict.allowed };
      }),
    );
    for (const { own, allowed } of await Promise.all(asked)) expect(allowed).toBe(own);
    expect(events.filter(({ type }) => type === 'worker-started')).toHaveLength(1);
  });

  it('judge by the catalog under each policy, however many there are', async () => {
    const { guardOf } = openThreads();
    // More than a thread keeps views of.
    const guards = await Promise.all(Array.from({ length: 20 }, (_, n) => guardOf([`public.t${n}`])));
    const relations = guards.map((_, n) => ({
      schema: 'public',
      name: `t${n}`,
      kind: 'table' as const,
      columns: [{ name: 'a', typeSchema: 'pg_catalog', typeName: 'text' }],
      parents: n === 0 ? [] : [{ schema: 'public', name: 't0' }],
    }));
    const catalog: CatalogSnapshot = {
      fingerprint: 'twenty tables',
      searchPath: ['public'],
      definitionsQualified: true,
      relations,
      functions: [],
      operators: [],
      casts: [],
      types: [],
    };
    for (let round = 0; round < 2; round += 1) {
      for (const [n, guard] of guards.entries()) {
        expect(await guard.check(`SELECT a, ${round} FROM t${n}`, { catalog })).toMatchObject({ allowed: true });
        expect(await guard.check(`SELECT a, ${round} FROM t${n === 0 ? 1 : 0}`, { catalog })).toMatchObject({
          allowed: false,
        });
        expect(await guard.check(`SELECT b, ${round} FROM nowhere`, { catalog })).toMatchObject({ allowed: false });
      }
    }
  });

  it('keep their own limits', async () => {
    const { guardOf } = openThreads();
    const [short, long] = [await guardOf(['public.t'], 64), await guardOf(['public.t'])];
    const sql = `SELECT '${'x'.repeat(100)}' FROM public.t`;
    expect(await short.check(sql)).toMatchObject({ allowed: false, violations: [{ option: 'limits.maxBytes' }] });
    expect(await long.check(sql)).toMatchObject({ allowed: true });
  });

  it('end alone, and together with their threads', async () => {
    const { threads, guardOf } = openThreads();
    const [first, second] = [await guardOf(['public.a']), await guardOf(['public.b'])];
    await first.check('SELECT * FROM public.a');
    await first.close();
    await expect(first.check('SELECT * FROM public.a')).rejects.toMatchObject({ code: 'CLOSED' });
    expect(await second.check('SELECT * FROM public.b')).toMatchObject({ allowed: true });
    await threads.close();
    await expect(second.check('SELECT 1 FROM public.b')).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('refuse options that would mean threads of their own, and what is no threads', async () => {
    const { threads } = openThreads();
    for (const wrong of [{ workers: 2 }, { engine: 'worker' as const }, { onEvent: () => undefined }]) {
      await expect(createGuard({ threads, ...wrong })).rejects.toMatchObject({
        code: 'INVALID_OPTIONS',
        message: expect.stringContaining('threads goes with neither'),
      });
    }
    await expect(createGuard({ threads: {} as never })).rejects.toThrow(/createGuardThreads/);
    expect(() => createGuardThreads({ workers: 0 })).toThrow(/1 to 64/);
  });
});
