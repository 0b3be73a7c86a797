import { getEventListeners } from 'node:events';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { outputFlow } from '../src/cli/output-flow.ts';

const { signal } = new AbortController();

/** A stream whose reader takes a part each time `take` is called, and what it has taken. */
function slowStream() {
  const taken: string[] = [];
  const waiting: ((error?: Error) => void)[] = [];
  const stream = new Writable({
    highWaterMark: 4,
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      waiting.push((error) => {
        if (error === undefined) taken.push(chunk);
        done(error);
      });
    },
  });
  return { stream, taken, take: (error?: Error) => waiting.shift()?.(error) };
}

const settled = async (promise: Promise<void>): Promise<boolean> => {
  let isSettled = false;
  void promise.finally(() => {
    isSettled = true;
  });
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  return isSettled;
};

describe('what a program has written', () => {
  it('is waited for until its reader has taken all of it', async () => {
    const { stream, taken, take } = slowStream();
    const flow = outputFlow(stream);
    stream.write('one');
    stream.write('two');
    const all = flow.taken(signal);
    take();
    expect(await settled(all)).toBe(false);
    take();
    // The turn of the mark that stands behind the last part.
    await new Promise(setImmediate);
    take();
    await all;
    expect(taken.join('')).toBe('onetwo');
    await flow.taken(signal);
  });

  it('leaves room until more lies there than a stream should hold', async () => {
    const { stream } = slowStream();
    const flow = outputFlow(stream);
    stream.write('one');
    await flow.room(signal);
    stream.write('two');
    expect(await settled(flow.room(AbortSignal.abort()))).toBe(true);
    const ended = new AbortController();
    const room = flow.room(ended.signal);
    expect(await settled(room)).toBe(false);
    ended.abort();
    await room;
    expect(getEventListeners(ended.signal, 'abort')).toEqual([]);
  });

  it('is known not to arrive when the reader has gone, and ends no process', async () => {
    const { stream, take } = slowStream();
    const flow = outputFlow(stream);
    stream.write('one');
    stream.write('two');
    const all = flow.taken(signal);
    take(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    const lost = { code: 'CANCELLED', message: 'Standard output takes no more (EPIPE): not everything was written.' };
    await expect(all).rejects.toMatchObject(lost);
    stream.write('three');
    await expect(flow.room(signal)).rejects.toMatchObject(lost);
  });
});
