import type { Admission } from '@pgmcp/server';

/**
 * The answer to a request that a limit refused before any work: 429 with the header fields of the draft standard beside Retry-After.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
export function limitResponse(admission: Extract<Admission, { allowed: false }>, id: unknown): Response {
  const { limit, maximum, retryAfterMs } = admission;
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1_000));
  const message = `The limit of ${maximum} (${limit}) is used up. Try again in ${seconds} s.`;
  return Response.json(
    {
      jsonrpc: '2.0',
      id: typeof id === 'string' || typeof id === 'number' ? id : null,
      error: {
        code: -32_000,
        message,
        data: { code: 'RATE_LIMIT_EXCEEDED', limit, maximum, retry_after_ms: retryAfterMs },
      },
    },
    {
      status: 429,
      headers: {
        'Retry-After': String(seconds),
        'RateLimit-Limit': String(maximum),
        'RateLimit-Remaining': '0',
        'RateLimit-Reset': String(seconds),
      },
    },
  );
}
