import type { Fault } from './matrix.ts';
import { CALL_LIMIT_MS, type Observation } from './run-fault.ts';
import { CONNECTIONS } from './subjects.ts';

/** What an observation breaks of the six promises; empty when it keeps them. That the process lives is the seventh: it got here. */
export function violationsOf(fault: Fault, seen: Observation): readonly string[] {
  const unexpected = seen.errors.filter((code) => !fault.mayFail || !(fault.codes ?? /./).test(code));
  return [
    seen.hanging > 0 ? `${seen.hanging} calls never settled` : '',
    seen.slowestCallMs > CALL_LIMIT_MS ? `a call took ${seen.slowestCallMs} ms` : '',
    seen.recoveredAfterMs === undefined ? 'no call ever succeeded again' : '',
    (seen.recoveredAfterMs ?? 0) > fault.recoverWithinMs
      ? `first success ${seen.recoveredAfterMs} ms after healing`
      : '',
    unexpected.length > 0 ? `errors ${tally(unexpected)}` : '',
    seen.lateErrors.length > 0 ? `errors after the first success ${tally(seen.lateErrors)}` : '',
    seen.orphans > 0 ? `${seen.orphans} statements still run on the server` : '',
    seen.counts.total !== seen.counts.idle || seen.counts.waiting > 0 || seen.counts.total > CONNECTIONS
      ? `counters ${JSON.stringify(seen.counts)}`
      : '',
  ].filter((violation) => violation !== '');
}

/** `3 x BUSY, 1 x TIMEOUT` */
export function tally(codes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => `${count} x ${code}`).join(', ');
}
