import { Nl2sqlError } from '../errors.ts';
import { readRetryAfter } from './retry-after.ts';

/** Longest wait before another call, in milliseconds. Asked for more, the SDK would not wait at all but call again within seconds. */
const LONGEST_WAIT_MS = 60_000;

/**
 * `fetch` with limits. The SDK's time limit ends with the headers of the reply; this one holds until the body is read. A
 * body beyond `largestBody` bytes, counted after decompression, is broken off. Redirects are errors: they would carry the key and the
 * schema to a host nobody configured. An endpoint that asks for a longer wait than anybody has patience for is not called again.
 */
export function limitedFetch(timeoutMs: number, largestBody: number): typeof fetch {
  return async (input, init) => {
    const limit = AbortSignal.timeout(timeoutMs);
    const signal = init?.signal == null ? limit : AbortSignal.any([init.signal, limit]);
    const response = await fetch(input, { ...init, signal, redirect: 'error' });
    const { status, statusText } = response;
    const headers = new Headers(response.headers);
    if (!response.ok && (readRetryAfter(headers) ?? 0) > LONGEST_WAIT_MS) headers.set('x-should-retry', 'false');
    if (response.body === null) return new Response(null, { status, statusText, headers });
    return new Response(response.body.pipeThrough(limitBytes(largestBody)), { status, statusText, headers });
  };
}

function limitBytes(largestBody: number): TransformStream<Uint8Array, Uint8Array> {
  let total = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      total += chunk.byteLength;
      if (total <= largestBody) {
        controller.enqueue(chunk);
        return;
      }
      const message = `The reply is larger than ${largestBody / 1_048_576} MiB and was broken off. Check that the base URL is right.`;
      controller.error(new Nl2sqlError('MODEL_ERROR', message));
    },
  });
}
