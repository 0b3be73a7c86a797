import type { Services } from '@pgmcp/server';
import { createEventBus, type ReplicatedBus } from './event-bus.ts';

/** A replica that has heard of a change and looks for itself must not tell the others of it again. Milliseconds. */
const ECHO_MS = 10_000;

/**
 * Tells subscribers which resources have changed with the structure of a database. Other replicas are told of the database alone and look
 * for themselves: a change of thousands of tables must not become thousands of notifications.
 */
export function announceSchemaChanges(
  services: Pick<Services, 'storage' | 'logger' | 'databases' | 'onCatalogChange'>,
): { readonly bus: ReplicatedBus; stopWatching(): void } {
  const heardAt = new Map<string, number>();
  const lookAt = (database: Services['databases']['all'][number]) => {
    heardAt.set(database.name, performance.now());
    database.catalogs.check().catch(() => undefined);
  };
  const bus = createEventBus(services, {
    onForeign(event) {
      if (event.kind !== 'resource_updated') return;
      const database = services.databases.all.find(({ name }) => event.uri === schemaUri(name));
      if (database !== undefined) lookAt(database);
    },
    onMissed() {
      // A subscriber to a schema hears of no list: it is told to read again, whether or not there is news.
      for (const database of services.databases.all) {
        bus.publishHere({ kind: 'resource_updated', uri: schemaUri(database.name) });
        lookAt(database);
      }
    },
  });
  const stopWatching = services.onCatalogChange((database, uris) => {
    // What a caller has added is nobody else's business, and the bus reaches everybody.
    if (!services.databases.all.some(({ name, owner }) => name === database && owner === undefined)) return;
    const isEcho = performance.now() - (heardAt.get(database) ?? Number.NEGATIVE_INFINITY) < ECHO_MS;
    for (const uri of uris) {
      if (uri === schemaUri(database) && !isEcho) bus.publish({ kind: 'resource_updated', uri });
      else bus.publishHere({ kind: 'resource_updated', uri });
    }
    bus.publishHere({ kind: 'resources_list_changed' });
  });
  return { bus, stopWatching };
}

const schemaUri = (database: string): string => `schema://${database}`;
