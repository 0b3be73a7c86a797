import { randomUUID } from 'node:crypto';
import {
  type AuthInfo,
  isLegacyRequest,
  type McpServer,
  type McpServerFactory,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { callerKey, LOCAL_CALLER, type Services } from '@pgmcp/server';
import type { Held } from './held.ts';
import { MAX_BODY_BYTES } from './read-message.ts';

/** What is known of a request before the protocol sees it. */
interface KnownRequest {
  readonly authInfo?: AuthInfo;
  readonly parsedBody?: unknown;
}

/** Sessions of 2025-era clients. */
export interface Sessions {
  readonly count: number;
  /**
   * Answers a request of a 2025-era client; `undefined` for one that belongs to no session.
   * @param held tells when the answer is written or the client has gone
   */
  serve(request: Request, known: KnownRequest, held: Pick<Held, 'hold'>): Promise<Response | undefined>;
  close(): Promise<void>;
}

/** A session: its state lives in this process, its existence in the storage that every replica reads. */
interface Session {
  readonly transport: WebStandardStreamableHTTPServerTransport;
  readonly server: McpServer;
  /** By `callerKey`. */
  readonly caller: string;
  /** The caller and what it may reach, for which the server was built: whoever may reach something else begins another session. */
  readonly owner: string;
  lastUsedMs: number;
  callsUnderWay: number;
}

const MAX_SESSIONS = 10_000;
/** Of one caller on one replica, who must not keep the others out: beyond this the one that was used least lately ends. */
const MAX_SESSIONS_OF_CALLER = 500;
const SWEEP_MS = 10_000;
/** Largest `initialize` of a session, in bytes: it is kept as long as the session, and a caller may have many. */
const MAX_INITIALIZE_BYTES = 64 * 1024;

/**
 * Keeps sessions of clients that ask for one with `initialize`. A replica that does not know a session looks it up and repeats its
 * `initialize`, so calls may go anywhere; what the server asks a client, and its answer, must meet on one replica.
 */
export function createSessions(
  factory: McpServerFactory,
  services: Pick<Services, 'callerOf' | 'logger'>,
  collection: NonNullable<Services['httpSessions']>,
  idleMs: number,
): Sessions {
  const stored = collection.within('sessions');
  const sessions = new Map<string, Session>();
  const resuming = new Map<string, Promise<Session | undefined>>();
  const callerIn = ({ authInfo }: KnownRequest) =>
    authInfo === undefined ? LOCAL_CALLER : services.callerOf(authInfo);
  const ownerOf = (known: KnownRequest) => {
    const caller = callerIn(known);
    return JSON.stringify([callerKey(caller), caller.databases?.toSorted() ?? 'all']);
  };
  const sweep = setInterval(() => {
    for (const [id, { lastUsedMs, callsUnderWay }] of sessions)
      if (callsUnderWay === 0 && performance.now() - lastUsedMs > idleMs) void end(id);
  }, SWEEP_MS).unref();

  const isFull = () => sessions.size >= MAX_SESSIONS;

  async function end(id: string): Promise<void> {
    const session = sessions.get(id);
    sessions.delete(id);
    await session?.server.close();
  }

  async function open(request: Request, known: KnownRequest, id: string): Promise<Session> {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      maxRequestBodySize: MAX_BODY_BYTES,
      onsessionclosed: async () => {
        sessions.delete(id);
        await stored.remove(id);
      },
    });
    const { authInfo } = known;
    const server = await factory({ era: 'legacy', requestInfo: request, ...(authInfo && { authInfo }) });
    await server.connect(transport);
    return {
      transport,
      server: server as McpServer,
      caller: callerKey(callerIn(known)),
      owner: ownerOf(known),
      lastUsedMs: performance.now(),
      callsUnderWay: 0,
    };
  }

  /** Sessions of a caller that give way to another one of theirs: those at rest first, and of these those that were used least lately. */
  function surplusOf(caller: string): readonly string[] {
    const own = [...sessions].filter(([, session]) => session.caller === caller);
    own.sort(
      ([, one], [, other]) =>
        Math.sign(one.callsUnderWay) - Math.sign(other.callsUnderWay) || one.lastUsedMs - other.lastUsedMs,
    );
    return own.slice(0, Math.max(0, own.length + 1 - MAX_SESSIONS_OF_CALLER)).map(([id]) => id);
  }

  /** Requests of one session that come at once resume it once. */
  function resumeOnce(request: Request, known: KnownRequest, id: string): Promise<Session | undefined> {
    const key = JSON.stringify([ownerOf(known), id]);
    const under = resuming.get(key) ?? resume(request, known, id).finally(() => resuming.delete(key));
    resuming.set(key, under);
    return under;
  }

  /** Goes on with a session that another replica began: `initialize` again, its answer for nobody. */
  async function resume(request: Request, known: KnownRequest, id: string): Promise<Session | undefined> {
    const record = await stored.load(id);
    if (record === undefined || record.data.owner !== ownerOf(known)) return undefined;
    // Here alone: whoever comes back to one of them finds it in the storage.
    await Promise.all(surplusOf(callerKey(callerIn(known))).map(end));
    const session = await open(request, known, id);
    return closedUnlessKept(id, session, async () => {
      const headers = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' };
      const post = (message: unknown, more: Record<string, string> = {}) =>
        session.transport.handleRequest(
          new Request(request.url, { method: 'POST', headers: { ...headers, ...more } }),
          { parsedBody: message },
        );
      await (await post(record.data.initialize)).text();
      if (session.transport.sessionId === undefined) return undefined;
      await post({ jsonrpc: '2.0', method: 'notifications/initialized' }, { 'mcp-session-id': id });
      sessions.set(id, session);
      return session;
    });
  }

  async function begin(request: Request, known: KnownRequest): Promise<Response> {
    if (Buffer.byteLength(JSON.stringify(known.parsedBody)) > MAX_INITIALIZE_BYTES)
      return refused(
        413,
        `Payload Too Large: initialize must not exceed ${MAX_INITIALIZE_BYTES} bytes. Leave icons out.`,
      );
    const surplus = surplusOf(callerKey(callerIn(known)));
    await Promise.all([...surplus.map(end), stored.removeMany(surplus)]);
    const id = randomUUID();
    const session = await open(request, known, id);
    return closedUnlessKept(id, session, async () => {
      const response = await session.transport.handleRequest(request, known);
      if (session.transport.sessionId === undefined) return response;
      await stored.save({ id, data: { owner: session.owner, initialize: known.parsedBody } });
      sessions.set(id, session);
      return response;
    });
  }

  /** A server that nobody finds again would hear of changes for ever. */
  async function closedUnlessKept<Result>(id: string, session: Session, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } finally {
      if (sessions.get(id) !== session) await session.server.close();
    }
  }

  return {
    get count() {
      return sessions.size;
    },
    async serve(request, known, held) {
      if (!(await isLegacyRequest(request, known.parsedBody))) return undefined;
      const id = request.headers.get('mcp-session-id');
      if (id === null) {
        const { method } = (known.parsedBody ?? {}) as { readonly method?: unknown };
        if (method !== 'initialize') return refused(400, 'Bad Request: Mcp-Session-Id header is required');
        return isFull() ? full() : begin(request, known);
      }
      if (!sessions.has(id) && isFull()) return full();
      const session = sessions.get(id) ?? (await resumeOnce(request, known, id));
      // A foreign session is as unknown as none: its id alone must open nothing.
      if (session === undefined || session.owner !== ownerOf(known)) return refused(404, 'Session not found', -32_001);
      session.lastUsedMs = performance.now();
      if (request.method === 'POST') {
        session.callsUnderWay += 1;
        held.hold(() => {
          session.callsUnderWay -= 1;
          session.lastUsedMs = performance.now();
        });
      }
      void stored.update(id, {}, { ttlMs: idleMs }).catch(() => undefined);
      return session.transport.handleRequest(request, known);
    },
    async close() {
      clearInterval(sweep);
      await Promise.all([...sessions.keys()].map(end));
    },
  };
}

const full = () => refused(503, 'Too many sessions are open. Try again later.');

function refused(status: number, message: string, code = -32_000): Response {
  return Response.json({ jsonrpc: '2.0', id: null, error: { code, message } }, { status });
}
