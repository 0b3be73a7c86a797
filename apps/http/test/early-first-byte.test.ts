import { describe, expect, it } from 'vitest';
import { withEarlyFirstByte } from '../src/early-first-byte.ts';

/** An answer that comes when it is told to. */
function later() {
  let answer: (response: Response) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const pending = new Promise<Response>((resolve, reject) => {
    answer = resolve;
    fail = reject;
  });
  return { pending, answer, fail };
}

describe('an answer of the protocol', () => {
  it('goes as it is, with its status, when it is there in time', async () => {
    const error = Response.json({ error: { code: -32_021 } }, { status: 400 });
    expect(await withEarlyFirstByte(Promise.resolve(error), 1_000)).toBe(error);
  });

  it('begins as a stream when it is late, and ends as one event', async () => {
    const { pending, answer } = later();
    const response = await withEarlyFirstByte(pending, 1);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(await reader?.read()).toEqual({ done: false, value: ': working\n\n' });
    answer(Response.json({ id: 1, result: {} }));
    expect(await reader?.read()).toEqual({ done: false, value: 'event: message\ndata: {"id":1,"result":{}}\n\n' });
    expect(await reader?.read()).toMatchObject({ done: true });
  });

  it('passes a stream on that begins late', async () => {
    const { pending, answer } = later();
    const response = await withEarlyFirstByte(pending, 1);
    answer(new Response('event: message\ndata: {}\n\n', { headers: { 'content-type': 'text/event-stream' } }));
    expect(await response.text()).toBe(': working\n\nevent: message\ndata: {}\n\n');
  });

  it('ends with the client, and with its own failure', async () => {
    const left = later();
    const response = await withEarlyFirstByte(left.pending, 1);
    await response.body?.cancel();
    left.answer(Response.json({}));
    const failed = later();
    const broken = await withEarlyFirstByte(failed.pending, 1);
    failed.fail(new Error('gone'));
    await expect(broken.text()).rejects.toThrow('gone');
  });
});
