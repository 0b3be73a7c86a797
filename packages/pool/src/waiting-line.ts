import type { Connection } from './connection.ts';

/** Those who wait for a connection, first come first served. */
export interface WaitingLine {
  readonly length: number;
  /** Takes a place at the end, or at the front when the connection that was given before turned out dead. */
  join(place: Place): Promise<Connection>;
  /** Hands a connection to the one who waits longest; false when nobody waits. */
  serve(connection: Connection): boolean;
  /** Sends everybody away. */
  dismiss(error: Error): void;
}

interface Place {
  readonly atFront: boolean;
  /** By `performance.now()`. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  readonly overdueError: () => Error;
  readonly abortedError: () => Error;
  /** Called when somebody left without a connection. */
  readonly onLeave: () => void;
}

interface Waiter {
  readonly resolve: (connection: Connection) => void;
  readonly reject: (error: Error) => void;
}

export function createWaitingLine(): WaitingLine {
  const waiters: Waiter[] = [];

  function join({ atFront, deadline, signal, overdueError, abortedError, onLeave }: Place): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const leave = (error: Error) => {
        const index = waiters.indexOf(waiter);
        if (index === -1) return;
        waiters.splice(index, 1);
        waiter.reject(error);
        onLeave();
      };
      const onAbort = () => leave(abortedError());
      const timer = setTimeout(() => leave(overdueError()), Math.max(0, deadline - performance.now()));
      const stop = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const waiter: Waiter = {
        resolve: (connection) => {
          stop();
          resolve(connection);
        },
        reject: (error) => {
          stop();
          reject(error);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      if (atFront) waiters.unshift(waiter);
      else waiters.push(waiter);
    });
  }

  return {
    get length() {
      return waiters.length;
    },
    join,
    serve: (connection) => {
      const waiter = waiters.shift();
      waiter?.resolve(connection);
      return waiter !== undefined;
    },
    dismiss: (error) => {
      for (const waiter of waiters.splice(0)) waiter.reject(error);
    },
  };
}
