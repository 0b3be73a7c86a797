import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { SettingsSummary } from '@pgmcp/pool';
import type { DatabaseCatalog } from '@pgmcp/schema-introspect';
import { z } from 'zod';
import { type Logger, redact } from '../observe/index.ts';
import { VERSION } from '../version.ts';
import type { Storage } from './storage.ts';

/** How long the first reading of a schema waits for the records; a store that is down must not hold it up longer. */
const PATIENCE_MS = 500;
/** A schema that nobody has read for this long is forgotten. */
const TTL_MS = 90 * 24 * 60 * 60_000;
/** The schemas of the server itself: no caller reads them by this scope. */
const SCOPE = 'server';

const inflate = promisify(gunzip);
const deflate = promisify(gzip);

const snapshotSchema = z.strictObject({
  /** As the database tells it, so that a schema that has changed is read anew. */
  fingerprint: z.string(),
  /** Another version may know other facts of a schema. */
  version: z.string(),
});

/** One database, and how its schema is read. */
export interface SnapshotSource {
  readonly settings: SettingsSummary;
  fingerprint(): Promise<string>;
  read(): Promise<DatabaseCatalog>;
}

/** Schemas kept across restarts. */
export interface SchemaSnapshots {
  /**
   * Makes the reading of one database. Its first call takes the schema that was kept, when the database says that it is still the
   * same; every call keeps what it has read.
   */
  reading(source: SnapshotSource): () => Promise<DatabaseCatalog>;
}

/** Keeps schemas in the records of the server; in memory there is nothing to be gained, and nothing is kept. */
export function createSchemaSnapshots(storage: Storage, logger: Logger): SchemaSnapshots {
  if (storage.kind === 'memory') return { reading: (source) => () => source.read() };
  const snapshots = storage
    .collection('schema_snapshots', { parse: (data) => snapshotSchema.parse(data), ttlMs: TTL_MS, bytes: true })
    .within(SCOPE);

  async function load(id: string, fingerprint: string): Promise<DatabaseCatalog | undefined> {
    const kept = await snapshots.load(id);
    if (kept?.bytes === undefined || kept.data.fingerprint !== fingerprint || kept.data.version !== VERSION)
      return undefined;
    return freeze(JSON.parse((await inflate(kept.bytes)).toString('utf8')) as DatabaseCatalog);
  }

  async function save(id: string, fingerprint: string, catalog: DatabaseCatalog): Promise<void> {
    const bytes = await deflate(JSON.stringify(catalog));
    await snapshots.save({ id, data: { fingerprint, version: VERSION }, bytes });
  }

  const tell = (error: unknown): undefined => {
    const reason = redact(error instanceof Error ? error.message : String(error));
    logger.debug({ reason }, 'The schema cannot be kept across restarts.');
    return undefined;
  };

  return {
    reading(source) {
      const { targets, database, user } = source.settings;
      const id = createHash('sha256')
        .update(JSON.stringify([targets, database, user]))
        .digest('hex');
      let isFirst = true;
      return async () => {
        // Asked before the reading: a change in between makes the next start read again.
        const fingerprint = await source.fingerprint();
        const patience = new AbortController();
        const kept = isFirst
          ? await Promise.race([
              load(id, fingerprint).catch(tell),
              delay(PATIENCE_MS, undefined, { signal: patience.signal, ref: false }).catch(() => undefined),
            ])
          : undefined;
        patience.abort();
        isFirst = false;
        if (kept !== undefined) return kept;
        const catalog = await source.read();
        void save(id, fingerprint, catalog).catch(tell);
        return catalog;
      };
    },
  };
}

/** A catalog is frozen when it is read from a database; whoever holds it relies on that. */
function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) freeze(member);
  return Object.freeze(value);
}
