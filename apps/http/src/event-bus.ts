import { randomUUID } from 'node:crypto';
import { InMemoryServerEventBus, type ServerEvent, type ServerEventBus } from '@modelcontextprotocol/server';
import type { Logger, Services } from '@pgmcp/server';

/** An event as replicas tell it each other. */
export type ReplicatedEvent = ServerEvent & {
  /** Fingerprint of the structure that is told of: who has read the same has no news for the others. */
  readonly structure?: string | undefined;
};

/** A bus that reaches the subscribers of every replica. */
export interface ReplicatedBus extends ServerEventBus {
  publish(event: ReplicatedEvent): void;
  /** Tells the subscribers of this process alone. */
  publishHere(event: ServerEvent): void;
  close(): Promise<void>;
}

const CHANNEL = 'pgmcp_events';
/** Changes of one schema come in swarms; what happens within this time is told once. */
const COALESCE_MS = 50;
/** Tried again after this long when the connection that listens could not be opened. */
const RETRY_MS = 5_000;
/** PostgreSQL takes a payload of less than 8,000 bytes. */
const MAX_PAYLOAD_BYTES = 7_900;

/** What may have changed while nobody listened: everything. */
const EVERYTHING: readonly ServerEvent[] = [
  { kind: 'tools_list_changed' },
  { kind: 'prompts_list_changed' },
  { kind: 'resources_list_changed' },
];

/** Told what comes from the other replicas. */
export interface BusListeners {
  readonly onForeign: (event: ReplicatedEvent) => void;
  /** Nobody listened for a while: whatever the others have said meanwhile is lost. */
  readonly onMissed: () => void;
}

/**
 * Makes the bus of subscriptions. With a store in PostgreSQL events go to every replica by NOTIFY, otherwise they stay in this process.
 * NOTIFY takes a lock of the whole cluster at its commit: schema and resource events only, never one per query.
 */
export function createEventBus(
  { storage, logger }: { readonly storage: Services['storage']; readonly logger: Logger },
  { onForeign, onMissed }: BusListeners,
): ReplicatedBus {
  const local = new InMemoryServerEventBus((error) => logger.debug({ err: error }, 'a subscriber failed'));
  const { connections } = storage;
  if (connections === undefined || connections.settings.pooler === 'transaction') {
    return {
      publish: (event) => local.publish(withoutStructure(event)),
      publishHere: (event) => local.publish(event),
      subscribe: (listener) => local.subscribe(listener),
      close: async () => undefined,
    };
  }
  const origin = randomUUID();
  const waiting = new Map<string, ReplicatedEvent>();
  let flushing: NodeJS.Timeout | undefined;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;
  let unlisten: (() => Promise<void>) | undefined;

  function receive(payload: string): void {
    const event = readEvent(payload, origin);
    if (event === undefined) return;
    local.publish(withoutStructure(event));
    onForeign(event);
  }

  async function listen(attempt: number): Promise<void> {
    try {
      unlisten = await connections?.listen(CHANNEL, receive);
      if (closed) await unlisten?.();
      else if (attempt > 0) resynchronize();
    } catch {
      if (attempt === 0) logger.warn('the store does not answer: events of other replicas are not heard yet');
      if (!closed) retry = setTimeout(() => void listen(attempt + 1), RETRY_MS).unref();
    }
  }
  const listening = listen(0);
  const stopWatching = storage.onListenRestored(resynchronize);

  function resynchronize(): void {
    for (const event of EVERYTHING) local.publish(event);
    onMissed();
  }

  function flush(): void {
    flushing = undefined;
    const events = [...waiting];
    waiting.clear();
    for (const [key, event] of events) {
      const payload = JSON.stringify({ origin, event });
      if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES) continue;
      connections?.query('SELECT pg_catalog.pg_notify($1, $2)', [CHANNEL, payload]).catch(() => {
        if (closed) return;
        logger.warn({ event: event.kind }, 'an event has not reached the other replicas yet');
        // Told late rather than never: one entry for each database, however long the store is away.
        waiting.set(key, event);
        flushing ??= setTimeout(flush, RETRY_MS).unref();
      });
    }
  }

  return {
    publish(event) {
      local.publish(withoutStructure(event));
      waiting.set(JSON.stringify(event), event);
      flushing ??= setTimeout(flush, COALESCE_MS).unref();
    },
    publishHere: (event) => local.publish(event),
    subscribe: (listener) => local.subscribe(listener),
    async close() {
      closed = true;
      clearTimeout(flushing);
      clearTimeout(retry);
      stopWatching();
      await listening;
      await unlisten?.().catch(() => undefined);
    },
  };
}

/** What subscribers are told. */
const withoutStructure = ({ structure: _structure, ...event }: ReplicatedEvent): ServerEvent => event;

/** The event of another replica; anybody who can reach the store's database can write to the channel. */
function readEvent(payload: string, origin: string): ReplicatedEvent | undefined {
  try {
    const { origin: from, event } = JSON.parse(payload) as {
      readonly origin?: unknown;
      readonly event?: Partial<ReplicatedEvent>;
    };
    if (from === origin || typeof event?.kind !== 'string') return undefined;
    if (EVERYTHING.some(({ kind }) => kind === event.kind)) return { kind: event.kind } as ServerEvent;
    if (event.kind !== 'resource_updated' || typeof event.uri !== 'string') return undefined;
    const { uri, structure } = event;
    return { kind: 'resource_updated', uri, ...(typeof structure === 'string' && { structure }) };
  } catch {
    return undefined;
  }
}
