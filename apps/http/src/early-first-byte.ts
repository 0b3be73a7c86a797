/** A sign of life this often, in milliseconds: proxies and clients give up on a silent connection. */
const KEEP_ALIVE_MS = 15_000;

const encoder = new TextEncoder();

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
  let heartbeat: NodeJS.Timeout | undefined;
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let isOpen = true;
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const comment = () => isOpen && controller.enqueue(encoder.encode(': working\n\n'));
      comment();
      heartbeat = setInterval(comment, KEEP_ALIVE_MS);
      // Not awaited: a stream is not read before its start has ended.
      forward(controller).catch((error: unknown) => isOpen && controller.error(error));
    },
    async cancel(reason) {
      isOpen = false;
      clearInterval(heartbeat);
      await reader?.cancel(reason);
    },
  });

  async function forward(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const response = await pending;
    clearInterval(heartbeat);
    if (response.headers.get('content-type')?.startsWith('text/event-stream') && response.body) {
      reader = response.body.getReader();
      for (let read = await reader.read(); !read.done && isOpen; read = await reader.read())
        controller.enqueue(read.value);
    } else {
      const text = await response.text();
      if (isOpen && text !== '') controller.enqueue(encoder.encode(`event: message\ndata: ${text}\n\n`));
    }
    if (isOpen) controller.close();
  }

  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    },
  });
}
