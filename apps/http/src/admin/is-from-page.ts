import { LOOPBACK_HOSTS } from '../app.ts';

/**
 * Whether a request that changes something comes from the console and not from another page in the operator's browser, another program's
 * page on this machine included: a header that no form can send, and an Origin that is the address it was sent to.
 */
export function isFromPage(headers: Headers): boolean {
  const origin = headers.get('origin');
  if (headers.get('x-pgmcp-console') !== '1' || origin === null || !URL.canParse(origin)) return false;
  const { hostname, host } = new URL(origin);
  return LOOPBACK_HOSTS.includes(hostname) && host === headers.get('host');
}
