import type { AuthInfo, McpHttpHandler, McpServerFactory } from '@modelcontextprotocol/server';
import {
  callerKey,
  type Limits,
  LOCAL_CALLER,
  noteToolCalled,
  runAdmitted,
  type Services,
  type TurnedAway,
} from '@pgmcp/server';
import { type AuthFailure, authFailureResponse } from './auth/auth-failure.ts';
import type { Authenticated } from './auth/authenticate.ts';
import { isIdentityHeader } from './auth/trusted-proxy.ts';
import { countedRequests } from './counted-requests.ts';
import { withEarlyFirstByte } from './early-first-byte.ts';
import { hearableSubscriptions } from './hearable-subscriptions.ts';
import { createHeld, type Held } from './held.ts';
import { limitResponse } from './limit-response.ts';
import { readMessage } from './read-message.ts';
import type { RequestsUnderWay } from './requests-under-way.ts';
import type { Sessions } from './sessions.ts';
import { serveStateless } from './stateless-exchange.ts';
import { createSubscribers } from './subscribers.ts';
import { untilExpiry } from './until-expiry.ts';

/** What `/mcp` stands on. */
export interface McpEndpointParts {
  readonly authenticate: (headers: Headers, peerAddress: string | undefined) => Promise<Authenticated>;
  readonly challenge: { readonly requiredScopes: string[]; readonly resourceMetadataUrl?: string };
  readonly callerOf: Services['callerOf'];
  readonly limits: Limits;
  readonly underWay: RequestsUnderWay;
  /** Serves everything but subscriptions. */
  readonly handler: McpHttpHandler;
  /** Makes a server for one request of a client of 2025. */
  readonly factory: McpServerFactory;
  /** Serves `subscriptions/listen`, which ends before the calls do when the server drains. */
  readonly subscriptions: McpHttpHandler;
  /** Sessions of 2025-era clients; absent when they are served without. */
  readonly sessions?: Sessions;
  /** Told of a request that a limit refused. */
  readonly onOverLimit: (refused: TurnedAway) => void;
  /** Told why a request was not let in. */
  readonly onRefused: (failure: AuthFailure, peerAddress: string | undefined) => void;
}

/** Clients wait for a first byte for as little as a minute; most calls are over by then. Milliseconds. */
const FIRST_BYTE_MS = 1_000;

/** Subscriptions of one caller at once, who must not take all of a replica from the others. Where nobody logs in there are no others. */
const MAX_SUBSCRIPTIONS_OF_CALLER = 100;

/**
 * Serves one request of the protocol: who is calling, then its message, the caller's limits, and the protocol itself.
 *
 * @param ended calls its argument when the answer is written or the client has gone
 */
export function createMcpEndpoint(parts: McpEndpointParts) {
  const subscribers = createSubscribers(MAX_SUBSCRIPTIONS_OF_CALLER);
  const { authenticate, challenge, limits, underWay, handler, factory, subscriptions, sessions } = parts;

  /** @param held what the request holds, by the functions that give it back when the answer is written or the client has gone */
  async function serve(request: Request, authInfo: AuthInfo | undefined, held: Held): Promise<Response> {
    const message = await readMessage(request);
    if (message.kind === 'refused') return message.response;
    const counted = countedRequests(message.kind === 'message' ? message.body : undefined);
    // One is counted already, whatever it asks for.
    const more = counted.size - 1;
    if (more > 0 && !held.hold(underWay.start(more))) return busy();
    const known = {
      ...(authInfo !== undefined && { authInfo }),
      ...(message.kind === 'message' && { parsedBody: message.body }),
    };
    const whileLoggedIn = (stream: Response) => untilExpiry(stream, authInfo?.expiresAt);
    if (message.kind === 'none')
      return whileLoggedIn((await sessions?.serve(request, known, held)) ?? (await handler.fetch(request, known)));
    if (message.method === 'subscriptions/listen') {
      // It stays open as long as its client, and is bounded and drained by itself: counted as a call it would keep calls out.
      held.free();
      if (authInfo === undefined) return subscriptions.fetch(request, known);
      const caller = parts.callerOf(authInfo);
      if (!held.hold(subscribers.start(callerKey(caller)))) return tooManySubscriptions(message.id);
      const hearable = { ...known, parsedBody: hearableSubscriptions(message.body, caller) };
      return whileLoggedIn(await subscriptions.fetch(request, hearable));
    }
    if (message.method === 'tools/call') noteToolCalled(request, nameIn(message.body));
    const stateless = async () => (await serveStateless(factory, request, known)) ?? handler.fetch(request, known);
    const protocol = async () =>
      (await sessions?.serve(request, known, held)) ?? withEarlyFirstByte(stateless(), FIRST_BYTE_MS);
    const refused = await refusedByLimit(counted.methods, message, authInfo);
    if (refused !== undefined) return refused;
    return counted.complete ? runAdmitted(protocol) : protocol();
  }

  /** Counts requests one by one; what a limit refuses is answered here. */
  async function refusedByLimit(
    methods: readonly string[],
    { body, id }: { readonly body: unknown; readonly id: unknown },
    authInfo: AuthInfo | undefined,
  ): Promise<Response | undefined> {
    if (methods.length === 0) return undefined;
    const caller = authInfo === undefined ? LOCAL_CALLER : parts.callerOf(authInfo);
    for (const method of methods) {
      const admission = await limits.admitRequest(callerKey(caller));
      if (admission.allowed) continue;
      parts.onOverLimit({ caller, method, name: nameIn(body), admission });
      return limitResponse(admission, id);
    }
    return undefined;
  }

  return async (
    request: Request,
    peerAddress: string | undefined,
    ended: (end: () => void) => void,
  ): Promise<Response> => {
    // Before the first await: a client that leaves during one must still be counted out.
    const end = request.method === 'GET' ? () => undefined : underWay.start();
    if (end === undefined) return busy();
    const held = createHeld(end);
    ended(held.end);
    const authenticated = await authenticate(request.headers, peerAddress);
    if ('failure' in authenticated) {
      parts.onRefused(authenticated.failure, peerAddress);
      return authFailureResponse(authenticated.failure, challenge);
    }
    // Nothing behind this point may take an identity from a header.
    for (const name of [...request.headers.keys()]) if (isIdentityHeader(name)) request.headers.delete(name);
    const { authInfo } = authenticated;
    const { resourceMetadataUrl } = challenge;
    return serve(
      request,
      authInfo && { ...authInfo, ...(resourceMetadataUrl !== undefined && { resourceMetadataUrl }) },
      held,
    );
  };
}

/** What a message asks for, as its client wrote it. */
function nameIn(body: unknown): unknown {
  const { params } = body as { readonly params?: { readonly name?: unknown } | null };
  return params?.name;
}

function tooManySubscriptions(id: unknown): Response {
  const message = `You have ${MAX_SUBSCRIPTIONS_OF_CALLER} subscriptions open, as many as one caller may have. End one first.`;
  return Response.json(
    {
      jsonrpc: '2.0',
      id: typeof id === 'string' || typeof id === 'number' ? id : null,
      error: { code: -32_000, message },
    },
    { status: 429, headers: { 'Retry-After': '60' } },
  );
}

function busy(): Response {
  const error = { code: -32_000, message: 'Too many requests are under way. Try again in a second.' };
  return Response.json({ jsonrpc: '2.0', id: null, error }, { status: 503, headers: { 'Retry-After': '1' } });
}
