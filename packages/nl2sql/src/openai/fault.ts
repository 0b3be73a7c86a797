import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import { Nl2sqlError } from '../errors.ts';
import { withoutControls } from '../fence.ts';
import { readRetryAfter } from './retry-after.ts';

/** Text with the secret, and whatever looks like a key or a token, taken out. */
export function redact(text: string, secret: string | undefined): string {
  const forms =
    secret === undefined || secret === ''
      ? []
      : new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  const withoutSecret = [...forms].reduce((rest, form) => rest.replaceAll(form, '[redacted]'), text);
  return withoutSecret
    .replace(/\b(?:sk|pk|key|gsk|xai)-[\w-]{6,}(?:\*+[\w-]*)?/g, '[redacted]')
    .replace(/\b(bearer|api-key:?)\s+\S+/gi, '$1 [redacted]')
    .replace(/\beyJ[\w-]{8,}(?:\.[\w-]+)*/g, '[redacted]');
}

const cut = (text: string): string => (text.length <= 300 ? text : `${text.slice(0, 300)} ...`);

/** What an endpoint or the way to it did wrong, as `MODEL_ERROR`; never with the SDK's own error, which holds the reply. */
export function describeFault(thrown: unknown, secret: string | undefined, subject: string): Nl2sqlError {
  if (thrown instanceof Nl2sqlError) return thrown;
  const told = withoutControls(cut(redact(thrown instanceof Error ? thrown.message : String(thrown), secret)));
  const cause = Object.assign(new Error(told), { name: thrown instanceof Error ? thrown.name : 'Error' });
  cause.stack = `${cause.name}: ${told}`;
  if (thrown instanceof APIUserAbortError)
    return new Nl2sqlError('ABORTED', `The call to the ${subject} was cancelled.`, { cause });
  if (isTimeout(thrown)) {
    const message = `The ${subject} did not answer within its time limit. Try again, or allow it more time.`;
    return new Nl2sqlError('MODEL_ERROR', message, { cause, retryable: true });
  }
  if (
    thrown instanceof APIConnectionError ||
    (thrown instanceof TypeError && /fetch|terminated/.test(thrown.message))
  ) {
    const reason = redact(rootMessage(thrown), secret);
    const message = `The ${subject} cannot be reached: ${cut(reason)} Check its base URL and the network.`;
    return new Nl2sqlError('MODEL_ERROR', message, { cause, retryable: true });
  }
  if (thrown instanceof APIError && typeof thrown.status === 'number') {
    const { status } = thrown;
    const retryAfterMs = readRetryAfter(thrown.headers);
    return new Nl2sqlError('MODEL_ERROR', `The ${subject} answered ${told}. ${cureOf(status, retryAfterMs)}`.trim(), {
      cause,
      status,
      retryable: status === 408 || status === 409 || status === 429 || status >= 500,
      retryAfterMs,
    });
  }
  if (thrown instanceof SyntaxError) {
    const message = `The endpoint answered with something that is no JSON: ${told}. Check that its base URL is right.`;
    return new Nl2sqlError('MODEL_ERROR', message, { cause, retryable: true });
  }
  return new Nl2sqlError('MODEL_ERROR', `The ${subject} failed: ${told}`, { cause });
}

function isTimeout(thrown: unknown): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (error instanceof APIConnectionTimeoutError || error.name === 'TimeoutError') return true;
  }
  return false;
}

function rootMessage(thrown: unknown): string {
  let message = 'no connection';
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const { code } = error as { code?: unknown };
    if (error.message !== '') message = error.message;
    else if (typeof code === 'string') message = code;
  }
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

function cureOf(status: number, retryAfterMs: number | undefined): string {
  const when = retryAfterMs === undefined ? 'later' : `in ${Math.ceil(retryAfterMs / 1_000)} s`;
  if (status === 401 || status === 403) return 'Check the key and what it may use.';
  if (status === 404) return 'Check the base URL and the name of the model.';
  if (status === 429) return `The rate limit or the quota is used up: try again ${when}.`;
  return status >= 500 || status === 408 || status === 409 ? `Try again ${when}.` : '';
}
