import { LOOPBACK_HOSTS } from '../app.ts';

/**
 * Whether a request that changes something comes from the console and not from another page in the operator's browser: a header that no
 * form can send, and an Origin of this machine.
 */
export function isFromPage(headers: Headers): boolean {
  const origin = headers.get('origin');
  if (headers.get('x-pgmcp-console') !== '1' || origin === null || !URL.canParse(origin)) return false;
  return LOOPBACK_HOSTS.includes(new URL(origin).hostname);
}
