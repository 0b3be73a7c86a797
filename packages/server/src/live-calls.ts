import { createBag } from './bag.ts';
import type { Call } from './call.ts';

/** A call under way, as an operator sees it. */
export interface LiveCall {
  readonly requestId: string;
  readonly tool: string;
  readonly callerId: string;
  readonly tenant?: string;
  readonly startedAt: Date;
}

/** The calls under way in this process. */
export interface LiveCalls {
  list(): readonly LiveCall[];
  /** Aborts a call; its statement is cancelled on its server. @returns whether it was still under way. */
  cancel(requestId: string): boolean;
  /** Begins to show a call. `abort` ends it, also when the server shuts down. @returns ends the showing. */
  show(call: Pick<Call, 'requestId' | 'tool' | 'caller'>, abort: (reason: unknown) => void): () => void;
}

/**
 * Makes the list of calls under way.
 *
 * @param shutdownSignal aborts all of them. One listener here and not `AbortSignal.any` in each call: Node remembers every signal that was
 *   derived from one that lasts until the next full collection of garbage, which makes each small one dearer.
 */
export function createLiveCalls(shutdownSignal: AbortSignal): LiveCalls {
  const calls = createBag<{ readonly shown: LiveCall; readonly abort: (reason: unknown) => void }>();
  shutdownSignal.addEventListener('abort', () => {
    for (const { abort } of calls) abort(shutdownSignal.reason);
  });
  return {
    list: () => [...calls].map(({ shown }) => shown),
    cancel(requestId) {
      const found = [...calls].find(({ shown }) => shown.requestId === requestId);
      found?.abort(new Error('The operator ended the call.'));
      return found !== undefined;
    },
    show({ requestId, tool, caller }, abort) {
      const { id: callerId, tenant } = caller;
      const shown = { requestId, tool, callerId, startedAt: new Date(), ...(tenant !== undefined && { tenant }) };
      const hide = calls.add({ shown, abort });
      if (shutdownSignal.aborted) abort(shutdownSignal.reason);
      return hide;
    },
  };
}
