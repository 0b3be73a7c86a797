import type { CatalogEvent } from '@pgmcp/schema-introspect';

/** Tells who wants to know that the structure of a database was read again. */
export interface CatalogChanges {
  /** Passes an event of the catalog cache of `database` on when it means a possible change. */
  report(database: string, event: CatalogEvent): void;
  /**
   * Calls `listener` with the name of the database at each change.
   * @returns ends it
   */
  listen(listener: (database: string) => void): () => void;
}

/** Makes the meeting point of catalog caches and of what depends on them. */
export function createCatalogChanges(): CatalogChanges {
  const listeners = new Set<(database: string) => void>();
  return {
    report(database, event) {
      // The first reading changes nothing for anybody: nobody has seen an earlier one.
      if (event.type !== 'refreshed' || event.reason === 'first-use') return;
      for (const listener of listeners) listener(database);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
