import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPulse } from '../src/pulse.ts';

describe('a look at what may not answer', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const silence = () => new Promise<boolean>(() => undefined);

  it('sees an answer and a failure at once', async () => {
    let answers = true;
    const look = createPulse(async () => {
      if (!answers) throw new Error('refused');
      return true;
    });
    expect(await look()).toBe(true);
    answers = false;
    await vi.advanceTimersByTimeAsync(251);
    expect(await look()).toBe(false);
  });

  it('asks once at a time, and not again within a quarter of a second', async () => {
    let asked = 0;
    const look = createPulse(async () => {
      asked += 1;
      return true;
    });
    await Promise.all([look(), look(), look()]);
    await look();
    expect(asked).toBe(1);
    await vi.advanceTimersByTimeAsync(251);
    await look();
    expect(asked).toBe(2);
  });

  it('is over in half a second; silence counts from five seconds on', async () => {
    let ask: () => Promise<boolean> = async () => true;
    const look = createPulse(() => ask());
    expect(await look()).toBe(true);
    let asked = 0;
    ask = () => {
      asked += 1;
      return silence();
    };
    for (const [waitMs, expected] of [
      [260, true],
      [3_000, true],
      [2_000, false],
    ] as const) {
      await vi.advanceTimersByTimeAsync(waitMs);
      const seen = look();
      await vi.advanceTimersByTimeAsync(500);
      expect(await seen).toBe(expected);
    }
    expect(asked).toBe(1);
  });

  it('does not count silence from the start as an answer', async () => {
    const seen = createPulse(silence)();
    await vi.advanceTimersByTimeAsync(500);
    expect(await seen).toBe(false);
  });
});
