import { type Caller, noProgress } from './call.ts';
import { PgmcpError } from './errors.ts';
import type { Admission } from './limits/index.ts';
import { refuseOverLimit } from './refuse-over-limit.ts';
import type { Services } from './services.ts';
import { startCall } from './start-call.ts';

/** A request of the protocol that its transport answered itself. */
export interface TurnedAway {
  readonly caller: Caller;
  /** The method, one of those that are counted: `tools/call`, `resources/read`, lists. */
  readonly method: string;
  /** What it asked for, as the client wrote it. */
  readonly name: unknown;
  readonly admission: Admission;
}

/**
 * Records a request that a limit refused before the protocol saw it, as every other refusal: in log, metrics, history and audit log.
 * Names that no tool has are recorded as `other`: whatever a client writes is no name of ours.
 */
export function recordTurnedAway(
  services: Pick<Services, 'recordCall'>,
  knownTools: ReadonlySet<string>,
  { caller, method, name, admission }: TurnedAway,
): void {
  const tool = typeof name === 'string' && knownTools.has(name) ? name : 'other';
  const { finish } = startCall({
    tool: method === 'resources/read' ? 'resource' : tool,
    method,
    transport: 'tcp',
    caller,
    signal: new AbortController().signal,
    progress: noProgress,
  });
  try {
    refuseOverLimit(admission);
  } catch (error) {
    if (error instanceof PgmcpError) services.recordCall(finish({ error, thrown: error }));
  }
}
