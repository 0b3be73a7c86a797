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
  /** Begins to show a call. `abort` ends it. @returns ends the showing. */
  show(call: Pick<Call, 'requestId' | 'tool' | 'caller'>, abort: () => void): () => void;
}

/** Makes the list of calls under way. */
export function createLiveCalls(): LiveCalls {
  const calls = new Map<string, { readonly shown: LiveCall; readonly abort: () => void }>();
  return {
    list: () => [...calls.values()].map(({ shown }) => shown),
    cancel(requestId) {
      const found = calls.get(requestId);
      found?.abort();
      return found !== undefined;
    },
    show({ requestId, tool, caller }, abort) {
      const { id: callerId, tenant } = caller;
      const shown = { requestId, tool, callerId, startedAt: new Date(), ...(tenant !== undefined && { tenant }) };
      calls.set(requestId, { shown, abort });
      return () => void calls.delete(requestId);
    },
  };
}
