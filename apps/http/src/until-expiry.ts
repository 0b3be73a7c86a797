/** A timer that is set to more fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * An event stream that ends when the login that opened it does: its client comes back with a new token, or not at all. Other answers are
 * left as they are.
 *
 * @param expiresAt when the login ends, in seconds since 1970. `undefined`: nobody logs in, and nothing ends.
 */
export function untilExpiry(response: Response, expiresAt: number | undefined): Response {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  if (expiresAt === undefined || response.body === null || !isStream) return response;
  const reader = response.body.getReader();
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const stop = () => {
    isOver = true;
    clearTimeout(timer);
  };

  function endLater(controller: ReadableStreamDefaultController<Uint8Array>): void {
    const restMs = expiresAt === undefined ? 0 : expiresAt * 1_000 - Date.now();
    if (restMs > 0) {
      timer = setTimeout(endLater, Math.min(restMs, MAX_TIMER_MS), controller).unref();
      return;
    }
    stop();
    controller.close();
    // To what wrote it, as if its client had left.
    reader.cancel(new Error('The login has expired.')).catch(() => undefined);
  }

  const body = new ReadableStream<Uint8Array>({
    start: endLater,
    async pull(controller) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        stop();
        throw error;
      });
      if (isOver) return;
      if (!done) return controller.enqueue(value);
      stop();
      controller.close();
    },
    cancel(reason) {
      stop();
      return reader.cancel(reason);
    },
  });
  return new Response(body, { status: response.status, headers: response.headers });
}
