/** What a guard tells its owner. Events carry no SQL text. */
export type GuardEvent =
  /** A worker has loaded the parser, in `startMs` milliseconds. */
  | { readonly type: 'worker-started'; readonly startMs: number }
  /** A worker was ended, or ended by itself; another one takes its place. */
  | { readonly type: 'worker-discarded'; readonly reason: 'timeout' | 'exit' | 'parser-fault' | 'self-test' }
  /** A text was refused because `queued` others waited. */
  | { readonly type: 'busy'; readonly queued: number };

/** Tells the owner. What the owner throws is the owner's: it must lose no text that waits for its verdict. */
export function tellOwner(onEvent: ((event: GuardEvent) => void) | undefined, event: GuardEvent): void {
  try {
    onEvent?.(event);
  } catch (error) {
    process.emitWarning(`onEvent of the SQL guard threw at "${event.type}": ${String(error)}`, 'SqlGuardWarning');
  }
}
