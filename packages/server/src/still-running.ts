import { type Call, noProgress } from './call.ts';

/** Clients that show progress want an early sign; those that give up do so after a minute without one. */
const FIRST_AFTER_MS = 3_000;
const THEN_EVERY_MS = 10_000;

/**
 * Tells a client that asked for progress that its call is still under way, until the returned function is called. Progress also
 * keeps gateways from closing a silent stream.
 */
export function tellStillRunning(call: Pick<Call, 'progress'>): () => void {
  if (call.progress === noProgress) return noProgress;
  const startedAt = performance.now();
  const tell = () => {
    call.progress(`running for ${Math.round((performance.now() - startedAt) / 1000)} s`);
    timer = setTimeout(tell, THEN_EVERY_MS);
  };
  let timer = setTimeout(tell, FIRST_AFTER_MS);
  return () => clearTimeout(timer);
}
