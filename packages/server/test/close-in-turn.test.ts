import { expect, it } from 'vitest';
import { closeInTurn } from '../src/close-in-turn.ts';

it('closes what follows although something before it fails, and says so at the end', async () => {
  const ended: string[] = [];
  const part = (name: string, wait: Promise<void> = Promise.resolve()) => ({
    close: () => wait.then(() => void ended.push(name)),
  });
  const slow = Promise.withResolvers<void>();
  const broken = { close: () => Promise.reject(new Error('the pool does not end')) };
  const closing = closeInTurn([[broken, part('slow', slow.promise), part('quick')], [part('storage')]]);
  await expect.poll(() => ended).toEqual(['quick']);
  slow.resolve();
  await expect(closing).rejects.toThrow('the pool does not end');
  expect(ended).toEqual(['quick', 'slow', 'storage']);
});
