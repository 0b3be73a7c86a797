import { expect, it, vi } from 'vitest';
import { tellStillRunning } from '../src/still-running.ts';

it('says early and again that a call is running, until it ends', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  try {
    const messages: string[] = [];
    const silence = tellStillRunning({ progress: (message) => messages.push(message) });
    vi.advanceTimersByTime(2_900);
    expect(messages).toEqual([]);
    vi.advanceTimersByTime(20_200);
    expect(messages).toEqual(['running for 3 s', 'running for 13 s', 'running for 23 s']);
    silence();
    vi.advanceTimersByTime(60_000);
    expect(messages).toHaveLength(3);
  } finally {
    vi.useRealTimers();
  }
});
