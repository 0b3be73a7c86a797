import { eventStream } from './event-stream.ts';

/**
 * Begins an answer as an event stream when it is not there after `waitMs`, so that its first byte leaves long before a slow statement ends.
 * An answer that is there by then goes as it is, with its own status: an error of the protocol may need one.
 *
 * @param pending the protocol's answer, as JSON or as an event stream
 */
export async function withEarlyFirstByte(pending: Promise<Response>, waitMs: number): Promise<Response> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), waitMs);
  });
  try {
    return (await Promise.race([pending, late])) ?? streamed(pending);
  } finally {
    clearTimeout(timer);
  }
}

function streamed(pending: Promise<Response>): Response {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let hasLeft = false;
  const stream = eventStream((reason) => {
    hasLeft = true;
    void reader?.cancel(reason).catch(() => undefined);
  });
  stream.comment('working');

  async function forward(): Promise<void> {
    const response = await pending;
    if (response.headers.get('content-type')?.startsWith('text/event-stream') && response.body) {
      reader = response.body.getReader();
      for (let read = await reader.read(); !read.done && !hasLeft; read = await reader.read()) stream.pass(read.value);
    } else {
      const text = await response.text();
      if (text !== '') stream.send(text);
    }
    stream.end();
  }

  forward().catch(stream.fail);
  return stream.response;
}
