import { Nl2sqlError } from './errors.ts';

/** The error of a question that its caller gave up. */
export function abortedError(signal: AbortSignal): Nl2sqlError {
  return new Nl2sqlError('ABORTED', 'The question was cancelled by its caller.', { cause: signal.reason });
}

/**
 * Settles as `work` does, or throws `ABORTED` as soon as the signal fires: a port that ignores its signal must not
 * keep the caller waiting.
 */
export async function abortable<Value>(signal: AbortSignal | undefined, work: () => Promise<Value>): Promise<Value> {
  if (signal === undefined) return work();
  if (signal.aborted) throw abortedError(signal);
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(abortedError(signal));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work(), aborted]);
  } catch (error) {
    // A port that heard the signal throws in its own words.
    throw signal.aborted ? abortedError(signal) : error;
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}
