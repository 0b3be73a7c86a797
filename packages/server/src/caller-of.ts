import type { AuthInfo } from '@modelcontextprotocol/server';
import { type Caller, LOCAL_CALLER } from './call.ts';

/** Where a transport that knows its callers puts the caller: `authInfo.extra[CALLER_KEY]`. */
export const CALLER_KEY = 'pgmcp.caller';

/** True in `authInfo.extra` for a caller that cannot be given more scopes: what needs them is not listed for it. */
export const FIXED_SCOPES_KEY = 'pgmcp.fixedScopes';

/** The caller that the transport has made sure of; without one it is the local caller. */
export function callerOf(authInfo: AuthInfo | undefined): Caller {
  if (authInfo === undefined) return LOCAL_CALLER;
  const caller = authInfo.extra?.[CALLER_KEY];
  // A gate that authenticates and tells nobody who it was must not end as the caller who may do everything.
  if (typeof caller !== 'object' || caller === null)
    throw new Error('The transport has verified a token and named no caller.');
  return caller as Caller;
}
