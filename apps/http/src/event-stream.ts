/** A sign of life this often, in milliseconds: proxies and clients give up on a silent connection. */
const KEEP_ALIVE_MS = 15_000;

const encoder = new TextEncoder();

/** An answer that is sent as it comes, with a comment every 15 s. */
export interface EventStream {
  readonly response: Response;
  /** Sends one message. Nothing is sent once the client has gone. */
  send(json: string): void;
  /** Sends bytes that are events already. */
  pass(events: Uint8Array): void;
  comment(text: string): void;
  end(): void;
  fail(error: unknown): void;
}

/**
 * Begins an event stream.
 * @param left called when the client goes before the end
 */
export function eventStream(left: (reason: unknown) => void): EventStream {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let isOpen = true;
  const close = () => {
    isOpen = false;
    clearInterval(heartbeat);
  };
  const body = new ReadableStream<Uint8Array>({
    start(started) {
      controller = started;
    },
    cancel(reason) {
      close();
      left(reason);
    },
  });
  const pass = (events: Uint8Array) => {
    if (isOpen) controller?.enqueue(events);
  };
  const comment = (text: string) => pass(encoder.encode(`: ${text}\n\n`));
  const heartbeat = setInterval(comment, KEEP_ALIVE_MS, 'working');
  return {
    response: new Response(body, {
      headers: {
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-cache, no-transform',
        'X-Accel-Buffering': 'no',
      },
    }),
    send: (json) => pass(encoder.encode(`event: message\ndata: ${json}\n\n`)),
    pass,
    comment,
    end() {
      if (isOpen) controller?.close();
      close();
    },
    fail(error) {
      if (isOpen) controller?.error(error);
      close();
    },
  };
}
