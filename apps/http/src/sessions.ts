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
  readonly owner: string;
  lastUsedMs: number;
  callsUnderWay: number;
}

const MAX_SESSIONS = 10_000;
/** Of one caller, who must not keep the others out: beyond this the one that was used least lately ends. */
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
  const ownerOf = ({ authInfo }: KnownRequest) =>
    callerKey(authInfo === undefined ? LOCAL_CALLER : services.callerOf(authInfo));
  const sweep = setInterval(() => {
    for (const [id, { lastUsedMs, callsUnderWay }] of sessions)
      if (callsUnderWay === 0 && performance.now() - lastUsedMs > idleMs) void end(id);
  }, SWEEP_MS).unref();

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
      owner: ownerOf(known),
      lastUsedMs: performance.now(),
      callsUnderWay: 0,
    };
  }

  /** Makes room for another session of a caller, here and in the storage that would bring it back. */
  async function makeRoom(owner: string): Promise<void> {
    const own = [...sessions].filter(([, session]) => session.owner === owner);
    if (own.length < MAX_SESSIONS_OF_CALLER) return;
    const [oldest] = own.reduce((one, other) => (other[1].lastUsedMs < one[1].lastUsedMs ? other : one));
    await Promise.all([end(oldest), stored.remove(oldest)]);
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
    const session = await open(request, known, id);
    const headers = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' };
    const post = (message: unknown, more: Record<string, string> = {}) =>
      session.transport.handleRequest(new Request(request.url, { method: 'POST', headers: { ...headers, ...more } }), {
        parsedBody: message,
      });
    await (await post(record.data.initialize)).text();
    await post({ jsonrpc: '2.0', method: 'notifications/initialized' }, { 'mcp-session-id': id });
    sessions.set(id, session);
    return session;
  }

  async function begin(request: Request, known: KnownRequest): Promise<Response> {
    if (sessions.size >= MAX_SESSIONS) return refused(503, 'Too many sessions are open. Try again later.');
    if (Buffer.byteLength(JSON.stringify(known.parsedBody)) > MAX_INITIALIZE_BYTES)
      return refused(
        413,
        `Payload Too Large: initialize must not exceed ${MAX_INITIALIZE_BYTES} bytes. Leave icons out.`,
      );
    await makeRoom(ownerOf(known));
    const id = randomUUID();
    const session = await open(request, known, id);
    const response = await session.transport.handleRequest(request, known);
    if (session.transport.sessionId === undefined) {
      await session.server.close();
      return response;
    }
    await stored.save({ id, data: { owner: session.owner, initialize: known.parsedBody } });
    sessions.set(id, session);
    return response;
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
        if (method === 'initialize') return begin(request, known);
        return refused(400, 'Bad Request: Mcp-Session-Id header is required');
      }
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

function refused(status: number, message: string, code = -32_000): Response {
  return Response.json({ jsonrpc: '2.0', id: null, error: { code, message } }, { status });
}
