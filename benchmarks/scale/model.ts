/**
 * What a call uses, in processor milliseconds, and what there is. The parts of a call that wait for nothing but a processor are summed:
 * a closed network of queues whose bounds are known exactly (operational analysis; Denning and Buzen 1978).
 */
export interface ScaleModel {
  /** Of the server process, all of its threads. */
  readonly serverMs: number;
  /** Of that, the main thread: a process cannot use a second processor for it. */
  readonly mainThreadMs: number;
  /** Of PostgreSQL's processes. */
  readonly databaseMs: number;
  /** Of whoever asks, where it runs on the same machine; 0 otherwise. */
  readonly clientMs: number;
  /**
   * What each further replica on the same machine adds to every call: more processes that wake each other, fewer calls that are answered in
   * one turn. Nothing where replicas have machines of their own.
   */
  readonly crowdingMs: number;
  /** How long a call holds its connection. */
  readonly holdMs: number;
}

/** A deployment. */
export interface Deployment {
  readonly replicas: number;
  /** Connections of one replica to the database. */
  readonly poolSize: number;
  /** Callers at once over all replicas. */
  readonly callers: number;
  /** Processors of the servers, of PostgreSQL and of the clients; the same object where they share a machine. */
  readonly serverCores: number;
  readonly databaseCores: number;
  readonly sharedMachine: boolean;
  /** `max_connections` of PostgreSQL, less what it keeps for itself. */
  readonly maxConnections: number;
}

/** What bounds the calls a second, the lowest first. */
export interface Prediction {
  readonly callsPerSecond: number;
  readonly bound: string;
  readonly bounds: readonly { readonly name: string; readonly callsPerSecond: number }[];
}

/** Calls a second that a deployment can serve, by the narrowest of its parts. */
export function predict(model: ScaleModel, deployment: Deployment): Prediction {
  const { serverMs, mainThreadMs, databaseMs, clientMs, crowdingMs, holdMs } = model;
  const { replicas, poolSize, callers, serverCores, databaseCores, sharedMachine, maxConnections } = deployment;
  const connections = Math.min(replicas * poolSize, maxConnections);
  const latencyMs = serverMs + databaseMs + clientMs;
  const bounds = [
    { name: 'callers', callsPerSecond: (callers / latencyMs) * 1_000 },
    { name: 'main threads', callsPerSecond: (replicas / mainThreadMs) * 1_000 },
    { name: 'connections', callsPerSecond: (connections / holdMs) * 1_000 },
    ...(sharedMachine
      ? [
          {
            name: 'processors',
            callsPerSecond: (serverCores / (latencyMs + crowdingMs * (replicas - 1))) * 1_000,
          },
        ]
      : [
          { name: 'processors of the servers', callsPerSecond: (serverCores / serverMs) * 1_000 },
          { name: 'processors of PostgreSQL', callsPerSecond: (databaseCores / databaseMs) * 1_000 },
        ]),
  ].sort((one, other) => one.callsPerSecond - other.callsPerSecond);
  const [lowest] = bounds;
  return { callsPerSecond: lowest?.callsPerSecond ?? 0, bound: lowest?.name ?? '', bounds };
}
