import {
  CLIENT_INFO_META_KEY,
  type ServerContext,
  TRACEPARENT_META_KEY,
  TRACESTATE_META_KEY,
} from '@modelcontextprotocol/server';
import { isAdmitted } from './admitted-request.ts';
import { type Call, callerKey, noProgress } from './call.ts';
import { toPgmcpError } from './classify-error.ts';
import type { PgmcpError } from './errors.ts';
import { startCallTrace } from './observe/call-trace.ts';
import { refuseOverLimit } from './refuse-over-limit.ts';
import type { Services } from './services.ts';
import { type StartedCall, startCall } from './start-call.ts';
import { tellStillRunning } from './still-running.ts';

/**
 * Runs the work of one request of a client, a tool call or the reading of a resource: counted against the caller's limits and
 * among the calls under way, aborted with the client or the server, logged at its end.
 *
 * @param name the tool, or what stands for it in the log
 * @throws PgmcpError whatever went wrong: redacted, and fit to be shown
 */
export async function runCall<Result>(
  name: string,
  services: Services,
  context: ServerContext,
  work: (call: Call) => Promise<Result>,
): Promise<Result> {
  const ending = new AbortController();
  const abort = (reason: unknown) => ending.abort(reason);
  const { signal: gone } = context.mcpReq;
  const leave = () => abort(gone.reason);
  if (gone.aborted) leave();
  else gone.addEventListener('abort', leave, { once: true });
  const started = start(name, services, context, ending.signal);
  const hide = services.liveCalls.show(started.call, abort);
  return runStartedCall(started, services, work).finally(() => {
    hide();
    // The SDK's record of requests may outlive the call; the call shall not hang on it.
    gone.removeEventListener('abort', leave);
  });
}

/** As {@link runCall}, for a call that did not come over the protocol's SDK. */
export async function runStartedCall<Result>(
  { call, finish }: StartedCall,
  services: Services,
  work: (call: Call) => Promise<Result>,
): Promise<Result> {
  const finished = services.inFlight.start();
  const slot = services.limits.beginCall(callerKey(call.caller));
  const silence = tellStillRunning(call);
  try {
    const outcome = await attempt(async () => {
      refuseOverLimit(slot.admission);
      if (!isAdmitted()) refuseOverLimit(await services.limits.admitRequest(callerKey(call.caller)));
      await services.audit.admit();
      return await work(call);
    }, call);
    await services.concludeCall(finish('result' in outcome ? undefined : outcome));
    if ('result' in outcome) return outcome.result;
    throw outcome.error;
  } finally {
    silence();
    slot.end();
    finished();
  }
}

type Outcome<Result> = { readonly result: Result } | { readonly error: PgmcpError; readonly thrown: unknown };

async function attempt<Result>(work: () => Promise<Result>, call: Call): Promise<Outcome<Result>> {
  try {
    return { result: await work() };
  } catch (thrown) {
    return { error: toPgmcpError(thrown, call), thrown };
  }
}

function start(name: string, services: Services, context: ServerContext, signal: AbortSignal): StartedCall {
  const { _meta: meta, method, id } = context.mcpReq;
  const progressToken = meta?.progressToken;
  const transport = context.http === undefined ? 'pipe' : 'tcp';
  const traceparent = meta?.[TRACEPARENT_META_KEY] ?? context.http?.req?.headers.get('traceparent');
  const tracestate = meta?.[TRACESTATE_META_KEY] ?? context.http?.req?.headers.get('tracestate');
  const client = clientOf(meta?.[CLIENT_INFO_META_KEY]);
  let step = 0;
  return startCall({
    tool: name,
    method,
    transport,
    ...(client !== undefined && { client }),
    trace: startCallTrace({ method, name, transport, traceparent, tracestate, requestId: String(id) }),
    caller: services.callerOf(context.http?.authInfo),
    signal,
    progress:
      progressToken === undefined
        ? noProgress
        : (message) => {
            step += 1;
            // A client that left no longer wants progress; its call is aborted by its signal.
            context.mcpReq
              .notify({ method: 'notifications/progress', params: { progressToken, progress: step, message } })
              .catch(() => undefined);
          },
  });
}

/** Name and version of the client program, cut: they are whatever it says. */
function clientOf(info: unknown): string | undefined {
  if (typeof info !== 'object' || info === null || !('name' in info) || typeof info.name !== 'string') return undefined;
  const version = 'version' in info && typeof info.version === 'string' ? ` ${info.version}` : '';
  return `${info.name}${version}`.slice(0, 100);
}
