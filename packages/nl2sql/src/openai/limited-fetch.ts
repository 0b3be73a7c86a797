import { Nl2sqlError } from '../errors.ts';

/** In bytes, after decompression. The largest reply that can be used is a tenth of it. */
const largestBody = 1_048_576;

/**
 * `fetch` with limits. The SDK's time limit ends with the headers of the reply; this one holds until the body is read. A
 * body beyond 1 MiB is broken off. Redirects are errors: they would carry the key and the schema to a host nobody configured.
 */
export function limitedFetch(timeoutMs: number): typeof fetch {
  return async (input, init) => {
    const limit = AbortSignal.timeout(timeoutMs);
    const signal = init?.signal == null ? limit : AbortSignal.any([init.signal, limit]);
    const response = await fetch(input, { ...init, signal, redirect: 'error' });
    if (response.body === null) return response;
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(limitBytes()), { status, statusText, headers });
  };
}

function limitBytes(): TransformStream<Uint8Array, Uint8Array> {
  let total = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      total += chunk.byteLength;
      if (total <= largestBody) {
        controller.enqueue(chunk);
        return;
      }
      const message =
        'The reply of the language model is larger than 1 MiB and was broken off. Check that its base URL is right.';
      controller.error(new Nl2sqlError('MODEL_ERROR', message));
    },
  });
}
