import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLimits } from '../src/limits/index.ts';

const options = { enabled: true, requestsPerMinute: 6, requestsPerHour: 20, openaiTokensPerMinute: 1_000 };

beforeEach(() => {
  // A window begins at each whole minute and hour; start at one.
  vi.useFakeTimers({ now: Date.UTC(2030, 0, 1, 12, 0, 0) });
});
afterEach(() => {
  vi.useRealTimers();
});

const seconds = (count: number) => vi.advanceTimersByTime(count * 1_000);

async function admitMany(limits: ReturnType<typeof createLimits>, count: number, caller = 'a'): Promise<number> {
  const answers = await Promise.all(Array.from({ length: count }, () => limits.admitRequest(caller)));
  return answers.filter(({ allowed }) => allowed).length;
}

describe('requests per minute', () => {
  it('allow exactly the limit, also when all come at once', async () => {
    const limits = createLimits(options);
    expect(await admitMany(limits, 50)).toBe(6);
  });

  it('say which limit it was and when to try again, and keep their word', async () => {
    const limits = createLimits(options);
    await admitMany(limits, 6);
    seconds(30);
    const refused = await limits.admitRequest('a');
    expect(refused).toMatchObject({ allowed: false, limit: 'requests_per_minute', maximum: 6 });
    if (refused.allowed) throw new Error('unreachable');
    vi.advanceTimersByTime(refused.retryAfterMs - 10);
    expect((await limits.admitRequest('a')).allowed).toBe(false);
    vi.advanceTimersByTime(10);
    expect((await limits.admitRequest('a')).allowed).toBe(true);
  });

  it('slide: no double burst where two minutes meet', async () => {
    const limits = createLimits(options);
    seconds(59);
    expect(await admitMany(limits, 6)).toBe(6);
    seconds(2);
    expect(await admitMany(limits, 6)).toBe(0);
    seconds(30);
    expect(await admitMany(limits, 6)).toBe(3);
  });

  it('are counted for each caller apart', async () => {
    const limits = createLimits(options);
    expect(await admitMany(limits, 10, 'a')).toBe(6);
    expect(await admitMany(limits, 10, 'b')).toBe(6);
  });

  it('do not count what was refused', async () => {
    const limits = createLimits(options);
    await admitMany(limits, 6);
    for (let second = 0; second < 59; second += 1) {
      await limits.admitRequest('a');
      seconds(1);
    }
    seconds(61);
    expect(await admitMany(limits, 6)).toBe(6);
  });
});

describe('requests per hour', () => {
  it('refuse when the hour is used up, minute by minute', async () => {
    const limits = createLimits(options);
    let allowed = 0;
    for (let minute = 0; minute < 10; minute += 1) {
      allowed += await admitMany(limits, 3);
      seconds(60);
    }
    expect(allowed).toBe(20);
    const refused = await limits.admitRequest('a');
    expect(refused).toMatchObject({ allowed: false, limit: 'requests_per_hour', maximum: 20 });
    if (refused.allowed) throw new Error('unreachable');
    expect(refused.retryAfterMs).toBeGreaterThan(50 * 60_000);
    vi.advanceTimersByTime(refused.retryAfterMs);
    expect((await limits.admitRequest('a')).allowed).toBe(true);
  });
});

describe('model tokens per minute', () => {
  it('are charged in one step and may pass the limit once; the next call is refused', async () => {
    const limits = createLimits(options);
    expect(await limits.admitModelCall('a')).toEqual({ allowed: true });
    await limits.chargeModelTokens('a', 999);
    expect(await limits.admitModelCall('a')).toEqual({ allowed: true });
    await limits.chargeModelTokens('a', 4_000_000);
    expect(await limits.admitModelCall('a')).toMatchObject({
      allowed: false,
      limit: 'model_tokens_per_minute',
      maximum: 1_000,
    });
    expect((await limits.admitModelCall('b')).allowed).toBe(true);
    seconds(121);
    expect((await limits.admitModelCall('a')).allowed).toBe(true);
  });

  it('hold also for a usage beyond belief', async () => {
    const limits = createLimits(options);
    await limits.chargeModelTokens('a', 1e21);
    expect((await limits.admitModelCall('a')).allowed).toBe(false);
  });

  it('ignore a usage of nothing', async () => {
    const limits = createLimits(options);
    await limits.chargeModelTokens('a', 0);
    await limits.chargeModelTokens('a', Number.NaN);
    expect((await limits.admitModelCall('a')).allowed).toBe(true);
  });
});

describe('limits that are switched off', () => {
  it('allow everything', async () => {
    const limits = createLimits({ ...options, enabled: false });
    expect(await admitMany(limits, 100)).toBe(100);
    await limits.chargeModelTokens('a', 1e9);
    expect((await limits.admitModelCall('a')).allowed).toBe(true);
  });
});
