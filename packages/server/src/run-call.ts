import type { ServerContext } from '@modelcontextprotocol/server';
import { isAdmitted } from './admitted-request.ts';
import { type Call, callerKey } from './call.ts';
import { toPgmcpError } from './classify-error.ts';
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
  const cancelled = new AbortController();
  const started = start(name, services, context, cancelled.signal);
  const hide = services.liveCalls.show(started.call, () => cancelled.abort(new Error('The operator ended the call.')));
  return runStartedCall(started, services, work).finally(hide);
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
    refuseOverLimit(slot.admission);
    if (!isAdmitted()) refuseOverLimit(await services.limits.admitRequest(callerKey(call.caller)));
    const result = await work(call);
    services.recordCall(finish());
    return result;
  } catch (thrown) {
    const error = toPgmcpError(thrown, call);
    services.recordCall(finish({ error, thrown }));
    throw error;
  } finally {
    silence();
    slot.end();
    finished();
  }
}

function start(name: string, services: Services, context: ServerContext, cancelled: AbortSignal): StartedCall {
  const progressToken = context.mcpReq._meta?.progressToken;
  let step = 0;
  return startCall({
    tool: name,
    caller: services.callerOf(context.http?.authInfo),
    signal: AbortSignal.any([context.mcpReq.signal, services.shutdownSignal, cancelled]),
    progress: (message) => {
      if (progressToken === undefined) return;
      step += 1;
      // A client that left no longer wants progress; its call is aborted by its signal.
      context.mcpReq
        .notify({ method: 'notifications/progress', params: { progressToken, progress: step, message } })
        .catch(() => undefined);
    },
  });
}
