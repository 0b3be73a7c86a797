/**
 * One method of a driver. It takes two arguments on purpose: `pg.Pool.query` takes a third one for a callback.
 *
 * Every value is bound as text and every column is read as text, so the type parsers of the driver do not matter.
 */
export interface Queryable {
  query<Row>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[] }>;
}

/**
 * What {@link createStore} needs: statements, and statements in one transaction at READ COMMITTED (the default).
 *
 * `PGlite` fits as it is. For `pg.Pool` take {@link fromPool}. Another pool must lend a read-write transaction, commit it when
 * `work` resolves and roll it back when it rejects.
 */
export interface Transactional extends Queryable {
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
}
