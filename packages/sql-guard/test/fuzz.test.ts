import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readHostileCases } from '../src/corpus.ts';
import { createGuard } from '../src/index.ts';
import { readHonestCases } from './corpus-files.ts';
import { expressionSlots, honestExpressions, hostileExpressions } from './slots.ts';

// The same texts for every change; the nightly run looks at others.
fc.configureGlobal({ seed: Number(process.env['PGMCP_RANDOM_SEED'] ?? 1) });

const guard = await createGuard({ engine: 'same-thread' });
afterAll(() => guard.close());
const corpus = [...readHonestCases(), ...(await readHostileCases())].map(({ sql }) => sql);

/** Nests slots in slots: `SELECT @` inside `SELECT (SELECT @)` inside … */
const nested = fc.array(fc.constantFrom(...expressionSlots.filter((slot) => !slot.startsWith('EXPLAIN'))), {
  minLength: 1,
  maxLength: 5,
});
function fill(slots: readonly string[], payload: string): string {
  return slots.reduceRight(
    (inner, slot, index) => slot.replace('@', () => (index === slots.length - 1 ? inner : `(${inner})`)),
    payload,
  );
}

/** A path through XML that is put together by calls is refused, however honest they are. */
const isBuiltPath = ({ code, name }: { code: string; name?: string }) =>
  code === 'size' && (name === 'xmltable' || name === 'xmlexists');

describe('any text', () => {
  it('gets a verdict of the right shape, and never an exception', async () => {
    const noise = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({
        unit: fc.constantFrom(...`abcSELECT ()[]{}'"$\\;:,.*+-/<>=~!@#%^&|?\`_\n\t\r0123456789é\0`),
        maxLength: 300,
      }),
    );
    await fc.assert(
      fc.asyncProperty(noise, async (sql) => {
        const verdict = await guard.check(sql);
        if (verdict.allowed) expect(verdict.fingerprint).toMatch(/^[0-9a-f]{16}$/);
        else {
          expect(verdict.violations.length).toBeGreaterThan(0);
          for (const { position, message } of verdict.violations) {
            expect(position.line).toBeGreaterThan(0);
            expect(position.column).toBeGreaterThan(0);
            expect(message).not.toBe('');
          }
        }
      }),
      { numRuns: 1_500 },
    );
  }, 120_000);

  it('that was cut, doubled or mixed out of the corpora gets one too', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...corpus),
        fc.constantFrom(...corpus),
        fc.nat(),
        fc.nat(),
        fc.string({ unit: 'binary', maxLength: 3 }),
        async (left, right, first, second, noise) => {
          const at = first % (left.length + 1);
          for (const sql of [
            left.slice(0, at),
            left.slice(at),
            left.slice(0, at) + right.slice(second % (right.length + 1)),
            left.slice(0, at) + noise + left.slice(at),
            `${left} ${right}`,
            `${left};${right}`,
          ]) {
            const verdict = await guard.check(sql);
            expect(typeof verdict.allowed).toBe('boolean');
          }
        },
      ),
      { numRuns: 800 },
    );
  }, 120_000);
});

describe('a random query', () => {
  it('passes when all of its leaves are honest', async () => {
    await fc.assert(
      fc.asyncProperty(nested, fc.constantFrom(...honestExpressions), async (slots, payload) => {
        const sql = fill(slots, payload);
        const verdict = await guard.check(sql);
        // Not every slot can hold a query in parentheses: what the grammar refuses is nobody's fault.
        expect(
          verdict.allowed ||
            verdict.violations.every((one) => one.code === 'syntax' || isBuiltPath(one)) ||
            verdict.violations,
          sql,
        ).toBe(true);
      }),
      { numRuns: 1_500 },
    );
  }, 120_000);

  it('is refused as soon as one leaf is hostile, however deep', async () => {
    await fc.assert(
      fc.asyncProperty(nested, fc.constantFrom(...hostileExpressions), async (slots, payload) => {
        const sql = fill(slots, payload);
        expect((await guard.check(sql)).allowed, sql).toBe(false);
      }),
      { numRuns: 1_500 },
    );
  }, 120_000);
});

describe('thousands of texts in one process', () => {
  it('leave the verdicts of fixed texts as they were', async () => {
    const fixed = ['SELECT a FROM t WHERE b = 1', 'SELECT pg_sleep(1)', 'SELECT', 'DROP TABLE t', 'SELEC'];
    const own = await createGuard({ engine: 'same-thread', limits: { maxCachedVerdicts: 0 } });
    const reference = await Promise.all(fixed.map((sql) => own.check(sql)));
    for (let round = 0; round < 5; round += 1) {
      for (const sql of corpus) await own.check(sql);
      expect(await Promise.all(fixed.map((sql) => own.check(sql)))).toEqual(reference);
    }
    await own.close();
  }, 120_000);
});
