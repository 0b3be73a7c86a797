/**
 * What this package needs from a driver: one method.
 *
 * `pg.Pool`, `pg.Client`, `PGlite` and the `Database` of `@pgmcp/pool` fit as they are. It takes two arguments on
 * purpose: a third one is taken for a callback by `pg.Pool.query` at run time. Bind limits to the object instead, for
 * example `database.with({ timeoutMs: 10_000, lockTimeoutMs: 2_000 })`.
 */
export interface Queryable {
  query<Row>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[] }>;
}

/** A connection that hears notifications; needed only for {@link watchDdl}. */
export interface Listener {
  /** @returns a function that stops listening */
  listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>>;
}
