import { limited } from './commit.ts';
import type { Connection } from './connection.ts';
import { PoolError, toError } from './errors.ts';
import type { PoolEvent } from './events.ts';
import type { Opener } from './lender.ts';
import { ping } from './ping.ts';
import type { ResolvedSettings } from './settings.ts';
import { simpleQuery } from './wire.ts';

/** A connection that only listens is silent for hours; this finds out when it is dead. */
const HEARTBEAT_MS = 10_000;

/** A server that was away longer than a caller waits is asked again this often; nobody else would ask for a connection that only listens. */
const AGAIN_MS = 1_000;

/** LISTEN and UNLISTEN. */
const COMMAND_LIMIT_MS = 2_000;

/** PostgreSQL cuts longer names off, so two channels could become one. */
const MAX_CHANNEL_BYTES = 63;

type Callback = (payload: string) => void;

/** Listens on one connection of its own. */
export interface Listener {
  /** @returns ends this subscription; to be called once. */
  listen(channel: string, onNotify: Callback): Promise<() => Promise<void>>;
  close(): void;
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

/**
 * NOTIFY reaches only sessions that stay, so the connection is not borrowed: it is opened with the first subscription, kept alive
 * by a heartbeat, opened again when it is lost, and closed with the last. What is notified while it is lost is lost; the event
 * `listen-restored` says when to look again.
 *
 * @param heartbeatMs default: 10,000.
 * @see https://www.postgresql.org/docs/current/sql-listen.html
 */
export function createListener(
  settings: ResolvedSettings,
  open: Opener,
  emit: (event: PoolEvent) => void,
  heartbeatMs = HEARTBEAT_MS,
): Listener {
  const database = settings.name;
  const channels = new Map<string, Set<Callback>>();
  let connection: Connection | undefined;
  let connecting: Promise<Connection> | undefined;
  let attempts = new AbortController();
  let heartbeat: NodeJS.Timeout | undefined;
  let again: NodeJS.Timeout | undefined;
  let isClosed = false;

  function deliver(channel: string, payload: string): void {
    for (const callback of channels.get(channel) ?? []) {
      try {
        callback(payload);
      } catch {
        // What a subscriber does with it is not this connection's business.
      }
    }
  }

  const closedError = () => new PoolError('CLOSED', 'The pools are closed.', { database });
  const nobodyListens = () => new PoolError('CLOSED', 'Nobody listens any more.', { database });

  async function run(on: Connection, command: string): Promise<void> {
    const { error } = await limited(on, COMMAND_LIMIT_MS, on.send(simpleQuery(command)));
    if (error !== undefined) throw error;
  }

  function onLost(error: Error): void {
    clearInterval(heartbeat);
    connection = undefined;
    if (isClosed || channels.size === 0) return;
    emit({ type: 'listen-lost', database, error });
    reconnect();
  }

  /** Tries for as long as anybody is subscribed: a server may be away for hours, and even a wrong password may be put right. */
  function reconnect(): void {
    if (isClosed || channels.size === 0) return;
    const { signal } = attempts;
    // A new subscription may have opened it meanwhile, for every channel.
    const opened = connection === undefined ? connect() : Promise.resolve();
    opened.then(
      () => emit({ type: 'listen-restored', database }),
      (failure: unknown) => {
        if (signal.aborted) return;
        const pauseMs = failure instanceof PoolError && failure.retryable ? AGAIN_MS : heartbeatMs;
        again = setTimeout(reconnect, pauseMs).unref();
      },
    );
  }

  async function openListening(): Promise<Connection> {
    const { signal } = attempts;
    const opened = await open(signal, () => {});
    opened.onNotification = deliver;
    try {
      for (const channel of channels.keys()) await run(opened, `LISTEN ${quote(channel)}`);
    } catch (error) {
      opened.destroy(toError(error));
      throw error;
    }
    if (opened.broken !== undefined) throw opened.broken;
    // Everybody has left meanwhile; who has come since has an attempt of his own.
    if (signal.aborted) {
      const closed = nobodyListens();
      opened.end(closed);
      throw closed;
    }
    opened.onLost = onLost;
    connection = opened;
    heartbeat = setInterval(() => {
      ping(opened).then(
        (isAlive) => {
          if (!isAlive)
            opened.destroy(
              new PoolError('CONNECTION_LOST', 'The listening connection gave no sign of life.', { database }),
            );
        },
        () => {},
      );
    }, heartbeatMs).unref();
    return opened;
  }

  function connect(): Promise<Connection> {
    if (connecting !== undefined) return connecting;
    const attempt = openListening().finally(() => {
      if (connecting === attempt) connecting = undefined;
    });
    connecting = attempt;
    return attempt;
  }

  async function forget(channel: string, callback: Callback): Promise<void> {
    const callbacks = channels.get(channel);
    if (callbacks === undefined || !callbacks.delete(callback) || callbacks.size > 0) return;
    channels.delete(channel);
    // Should it fail, what is still heard on that channel reaches nobody.
    if (channels.size > 0 && connection !== undefined)
      await run(connection, `UNLISTEN ${quote(channel)}`).catch(() => {});
    if (channels.size === 0) hangUp();
  }

  function hangUp(): void {
    clearInterval(heartbeat);
    clearTimeout(again);
    attempts.abort();
    attempts = new AbortController();
    connecting = undefined;
    if (connection !== undefined) connection.onLost = undefined;
    connection?.end(nobodyListens());
    connection = undefined;
  }

  return {
    listen: async (channel, onNotify) => {
      if (isClosed) throw closedError();
      if (settings.pooler === 'transaction') {
        throw new PoolError(
          'INVALID_SETTINGS',
          `Database "${database}": LISTEN does not work through a pooler in transaction mode. Configure a database with the direct URL for it.`,
          { database },
        );
      }
      // Half of a surrogate pair would be sent as another character, so as another channel.
      const isName = typeof channel === 'string' && channel !== '' && !channel.includes('\0') && channel.isWellFormed();
      if (!isName || Buffer.byteLength(channel) > MAX_CHANNEL_BYTES) {
        throw new PoolError(
          'INVALID_SETTINGS',
          `The name of a channel must be a text of 1 to ${MAX_CHANNEL_BYTES} bytes without a zero byte.`,
          { database },
        );
      }
      if (typeof onNotify !== 'function')
        throw new PoolError('INVALID_SETTINGS', 'listen needs a function that is called with each payload.', {
          database,
        });
      // The same function may subscribe twice: each subscription ends by itself.
      const callback: Callback = (payload) => onNotify(payload);
      const isNew = !channels.has(channel);
      const callbacks = channels.get(channel) ?? new Set<Callback>();
      channels.set(channel, callbacks.add(callback));
      try {
        const isOpen = connection !== undefined;
        const current = connection ?? (await connect());
        // A connection that was just opened has learned every channel, except those that came while it was under way.
        if (isNew || !isOpen) await run(current, `LISTEN ${quote(channel)}`);
      } catch (error) {
        await forget(channel, callback).catch(() => {});
        throw isClosed ? closedError() : error;
      }
      return () => forget(channel, callback);
    },
    close: () => {
      isClosed = true;
      channels.clear();
      hangUp();
    },
  };
}
