import { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { joinWrites } from '../src/join-writes.ts';

/** A stream that keeps what each of its writes to the system held. */
function recordingStream(): { readonly stream: Writable; readonly writes: string[] } {
  const writes: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _, done) {
      writes.push(String(chunk));
      done();
    },
    writev(chunks, done) {
      writes.push(chunks.map(({ chunk }) => String(chunk)).join(''));
      done();
    },
  });
  return { stream, writes };
}

describe('joined writes', () => {
  it('leave together at the end of the turn, in their order', async () => {
    const { stream, writes } = recordingStream();
    const join = joinWrites(stream);
    for (const text of ['a', 'b', 'c']) {
      join();
      stream.write(text);
    }
    expect(writes).toEqual([]);
    await nextTurn();
    expect(writes).toEqual(['abc']);
    join();
    stream.write('d');
    await nextTurn();
    expect(writes).toEqual(['abc', 'd']);
  });

  it('are not held back by a stream that ends in the same turn', async () => {
    const { stream, writes } = recordingStream();
    joinWrites(stream)();
    stream.write('a');
    stream.end('b');
    await nextTurn();
    expect(writes).toEqual(['ab']);
    expect(stream.writableFinished).toBe(true);
  });
});
