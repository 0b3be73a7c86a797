import type { DatabaseCatalog } from '@pgmcp/schema-introspect';
import { changedResources } from './resources/changed-resources.ts';

/** A database that has changed. Two callers may each have added one of the same name. */
export interface ChangedDatabase {
  readonly name: string;
  /** `callerKey` of the caller who added it; absent for one that the operator has configured. */
  readonly owner?: string | undefined;
}

/** Hears that the structure of a database has changed, and the addresses of the resources that show it. */
export type CatalogListener = (database: ChangedDatabase, resourceUris: readonly string[]) => void;

/** Tells who wants to know that the structure of a database has changed. */
export interface CatalogChanges {
  /** Compares a new reading with the one before, both as callers may see them, and tells the listeners when they differ. */
  report(database: ChangedDatabase, before: DatabaseCatalog | undefined, after: DatabaseCatalog | undefined): void;
  /** @returns ends it */
  listen(listener: CatalogListener): () => void;
}

/** Makes the meeting point of catalog caches and of what depends on them. */
export function createCatalogChanges(): CatalogChanges {
  const listeners = new Set<CatalogListener>();
  return {
    report(database, before, after) {
      // The first reading changes nothing for anybody: nobody has seen an earlier one.
      if (before === undefined || after === undefined || before === after || listeners.size === 0) return;
      const uris = changedResources(database.name, before, after);
      if (uris.length === 0) return;
      for (const listener of listeners) listener(database, uris);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
