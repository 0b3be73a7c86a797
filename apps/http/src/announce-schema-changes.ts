import type { Services } from '@pgmcp/server';
import { createEventBus, type ReplicatedBus } from './event-bus.ts';

/**
 * Tells subscribers which resources have changed with the structure of a database. Other replicas are told of the database alone and look
 * for themselves: a change of thousands of tables must not become thousands of notifications.
 */
export function announceSchemaChanges(
  services: Pick<Services, 'storage' | 'logger' | 'databases' | 'onCatalogChange'>,
): { readonly bus: ReplicatedBus; stopWatching(): void } {
  /** Fingerprint of the structure that another replica has told of last, by database. */
  const heard = new Map<string, string>();
  const lookAt = ({ catalogs }: Services['databases']['all'][number]) => void catalogs.check().catch(() => undefined);
  const bus = createEventBus(services, {
    onForeign(event) {
      if (event.kind !== 'resource_updated') return;
      const database = services.databases.all.find(({ name }) => event.uri === schemaUri(name));
      if (database === undefined) return;
      if (event.structure !== undefined) heard.set(database.name, event.structure);
      lookAt(database);
    },
    onMissed() {
      // A subscriber to a schema hears of no list: it is told to read again, whether or not there is news.
      for (const database of services.databases.all) {
        bus.publishHere({ kind: 'resource_updated', uri: schemaUri(database.name) });
        lookAt(database);
      }
    },
  });
  const stopWatching = services.onCatalogChange(({ name: database, owner: addedBy }, uris) => {
    // What a caller has added is nobody else's business, and the bus reaches everybody.
    if (addedBy !== undefined) return;
    const changed = services.databases.all.find(({ name, owner }) => name === database && owner === undefined);
    if (changed === undefined) return;
    const structure = changed.catalogs.current()?.fingerprint;
    // What another replica has told need not be told again; a later change must be, however soon after.
    const isEcho = structure !== undefined && heard.get(database) === structure;
    if (!isEcho) heard.delete(database);
    for (const uri of uris) {
      if (uri === schemaUri(database) && !isEcho) bus.publish({ kind: 'resource_updated', uri, structure });
      else bus.publishHere({ kind: 'resource_updated', uri });
    }
    bus.publishHere({ kind: 'resources_list_changed' });
  });
  return { bus, stopWatching };
}

const schemaUri = (database: string): string => `schema://${database}`;
