import type { TextTable } from '@pgmcp/pool';
import { readTypes, type TypeFact } from '@pgmcp/schema-introspect';
import { LRUCache } from 'lru-cache';
import type { ConnectedDatabase } from './databases.ts';
import { isBuiltInType } from './values/index.ts';

/** Looks up types that are not PostgreSQL's own: enums, domains, composites, types of extensions and arrays of them. */
export interface TypeNames {
  /** A lookup for every type of the result's columns; asks the database at most once, and only for types not yet seen. */
  resolve(database: ConnectedDatabase, fields: TextTable['fields']): Promise<(oid: number) => TypeFact | undefined>;
}

/** Types kept per database; a type's OID never changes its meaning while the type exists. */
const MAX_TYPES = 5_000;

/** How long a type is believed, in milliseconds: a dropped type's OID may be given to another one day. */
const TYPE_TTL_MS = 3_600_000;

/** Makes the lookup. One serves every database. */
export function createTypeNames(): TypeNames {
  // By the database, not by its name: after a reload another server may stand behind the name, with other OIDs.
  const caches = new WeakMap<ConnectedDatabase, LRUCache<number, TypeFact>>();
  const cacheOf = (database: ConnectedDatabase) => {
    const cache = caches.get(database) ?? new LRUCache<number, TypeFact>({ max: MAX_TYPES, ttl: TYPE_TTL_MS });
    caches.set(database, cache);
    return cache;
  };
  return {
    async resolve(database, fields) {
      const known = cacheOf(database);
      const unknown = [...new Set(fields.map(({ typeOid }) => typeOid))].filter(
        (oid) => !isBuiltInType(oid) && !known.has(oid),
      );
      if (unknown.length > 0) {
        for (const fact of await readTypes(database.connections, unknown)) known.set(fact.oid, fact);
      }
      return (oid) => known.get(oid);
    },
  };
}
