import { StoreError } from './errors.ts';
import type { Queryable, Transactional } from './ports.ts';

/** A connection that a pool lends; `pg.PoolClient` fits. */
export interface LentClient extends Queryable {
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  /** Gives the connection back; with `true` or an error it is closed instead. */
  release(destroy?: Error | boolean): void;
}

/** A pool that lends connections; `pg.Pool` fits. */
export interface ClientPool extends Queryable {
  connect(): Promise<LentClient>;
}

const HIDDEN_FAILURE =
  'A statement of the transaction failed and its error was swallowed, so COMMIT rolled everything back; let the error pass.';

/**
 * Makes a {@link Transactional} of a `pg.Pool`.
 *
 * A connection whose ROLLBACK fails is closed, never lent again. Give the pool itself a listener for `error`, as `pg` asks. A transaction
 * whose work swallowed the error of a statement rejects with `StoreError` `UNEXPECTED_ANSWER`, since PostgreSQL has rolled it back.
 */
export function fromPool(pool: ClientPool): Transactional {
  return {
    query: (text, values) => pool.query(text, values),
    async transaction(work) {
      const client = await pool.connect();
      // Until ROLLBACK or COMMIT has been confirmed, nothing is known about the state of the connection.
      let destroy = true;
      // A lent client that loses its connection between two statements emits an error, which would end the process; the next
      // statement rejects all the same.
      const onError = (): void => undefined;
      client.on('error', onError);
      try {
        await client.query('BEGIN');
        try {
          const result = await work(client);
          const end: { rows: unknown[]; command?: string } = await client.query('COMMIT');
          destroy = false;
          if (end.command === 'ROLLBACK') throw new StoreError('UNEXPECTED_ANSWER', HIDDEN_FAILURE);
          return result;
        } catch (error) {
          await client.query('ROLLBACK').then(
            () => {
              destroy = false;
            },
            () => undefined,
          );
          throw error;
        }
      } finally {
        client.off('error', onError);
        client.release(destroy);
      }
    },
  };
}
