/** What a guard tells its owner. Events carry no SQL text. */
export type GuardEvent =
  | { readonly type: 'worker-started'; readonly startMs: number }
  | { readonly type: 'worker-discarded'; readonly reason: 'timeout' | 'exit' | 'parser-fault' | 'self-test' }
  | { readonly type: 'busy'; readonly queued: number };
