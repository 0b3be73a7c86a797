import { describe, expect, it } from 'vitest';
import { createGuard } from '../src/index.ts';
import { check, optionOf, passes } from './check-under.ts';

describe('a text that is no text', () => {
  it('is refused, and never an exception', async () => {
    const guard = await createGuard({ engine: 'same-thread' });
    for (const value of [
      undefined,
      null,
      5,
      5n,
      {},
      [],
      () => 'SELECT 1',
      Symbol('x'),
      new String('SELECT 1'),
      Buffer.from('SELECT 1'),
      Number.NaN,
      true,
    ]) {
      const verdict = await guard.check(value as string);
      expect(verdict).toMatchObject({ allowed: false, retryable: false });
      expect(verdict.allowed || verdict.violations[0].code).toBe('input');
      expect(await guard.parse(value as string)).toMatchObject({ parsed: false });
    }
    await guard.close();
  });
});

describe('the input gate', () => {
  it('refuses what servers and parsers read differently', async () => {
    for (const sql of ['SELECT 1\0; DROP TABLE x', '\0', '\ufeffSELECT 1', "SELECT '\ud800'", '\udc00SELECT 1', '']) {
      const verdict = await check({}, sql);
      expect(verdict.allowed || verdict.violations[0].code, JSON.stringify(sql)).toBe('input');
    }
  });

  it('measures bytes, not characters', async () => {
    expect(await passes({}, `SELECT '${'x'.repeat(32_758)}'`)).toBe(true);
    expect(await passes({}, `SELECT '${'x'.repeat(32_760)}'`)).toBe(false);
    expect(await passes({}, `SELECT '${'é'.repeat(16_380)}'`)).toBe(false);
    expect(await passes({ limits: { maxBytes: 65_536 } }, `SELECT '${'x'.repeat(60_000)}'`)).toBe(true);
    expect(await optionOf({ limits: { maxBytes: 10 } }, 'SELECT 1 + 1')).toBe('limits.maxBytes');
    expect(await passes({}, 'x'.repeat(50_000_000))).toBe(false);
  });

  it('refuses runs of operator characters that are read in quadratic time, and lets banners through', async () => {
    expect(await passes({}, `SELECT 1 ${'/*'.repeat(10_000)}${'*/'.repeat(10_000)}`)).toBe(false);
    expect(await passes({}, `SELECT 1 ${'+-'.repeat(8_000)} 1`)).toBe(false);
    expect(await passes({}, `${'-'.repeat(78)}\n-- banner\n${'-'.repeat(78)}\nSELECT 1 /${'*'.repeat(100)}/`)).toBe(
      true,
    );
  });

  it('bounds depth and nodes', async () => {
    const deep = await check({}, `SELECT ${'('.repeat(10)}1${' + 1'.repeat(600)}${')'.repeat(10)}`);
    expect(deep.allowed || deep.violations[0].code).toBe('depth');
    expect(await passes({}, `SELECT 1${' + 1'.repeat(400)}`)).toBe(true);
    expect(
      await passes(
        {},
        `SELECT * FROM t WHERE id IN (${Array.from({ length: 5_000 }, (_value, index) => index).join(',')})`,
      ),
    ).toBe(true);
    const wide = await check({ limits: { maxNodes: 100 } }, `SELECT ${'1,'.repeat(100)}1`);
    expect(wide.allowed || wide.violations[0].code).toBe('size');
  });
});
