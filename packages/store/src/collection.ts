import type { ListOptions, Page, ScopedCollection, SelectOptions, UpdateOptions } from './collection-api.ts';
import { explainPage, readCursor, writeCursor } from './cursor.ts';
import { checkTtl, type Declaration } from './declaration.ts';
import { checkDraft, checkEmbedding, checkKey, checkNamespace } from './draft.ts';
import { refuseUnknownOptions, StoreError } from './errors.ts';
import type { StoreEventListener } from './events.ts';
import { findField } from './fields.ts';
import { parseFilter } from './filter.ts';
import { isJsonObject } from './json.ts';
import type { Draft, NewRecord, RecordRow, StoredRecord } from './record.ts';
import type { OnConflict, PageRequest, RecordTable, Saved, Selection } from './record-table.ts';

/** What a collection in one scope is made of. */
export interface CollectionContext<T> {
  readonly declaration: Declaration;
  readonly table: RecordTable;
  readonly parse: ((data: unknown) => T) | undefined;
  /** Milliseconds since 1970, for new ids. */
  readonly now: () => number;
  readonly onEvent: StoreEventListener;
  /** Told of the fields that filters and orders name. */
  readonly onFieldUse: (field: string) => void;
}

const MAX_BATCH_RECORDS = 1_000;
const MAX_BATCH_BYTES = 8 * 1024 * 1024;
const STREAM_PAGE = 500;
const UPDATE_OPTIONS = [
  'ifVersion',
  'ttlMs',
  'type',
  'sessionId',
  'threadId',
  'namespace',
  'metadata',
  'bytes',
  'embedding',
];

function checkLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1_000) return limit;
  throw new StoreError('INVALID_OPTIONS', `limit is ${limit}; it takes 1 to 1,000.`);
}

function checkVersion(version: number | undefined): number | undefined {
  if (version === undefined || (Number.isSafeInteger(version) && version >= 1)) return version;
  throw new StoreError('INVALID_OPTIONS', `ifVersion is ${version}; it takes the version of a record that was read.`);
}

function checkOnConflict(onConflict: OnConflict): OnConflict {
  if (['replace', 'merge', 'skip', 'append'].includes(onConflict)) return onConflict;
  throw new StoreError('INVALID_OPTIONS', `onConflict is "${onConflict}"; it takes replace, merge, skip or append.`);
}

/** Cuts drafts into statements of bounded size. */
function* batches(drafts: Iterable<Draft>): Generator<Draft[]> {
  let batch: Draft[] = [];
  let bytes = 0;
  for (const draft of drafts) {
    const size = draft.data.length + 2 * (draft.bytes?.byteLength ?? 0);
    if (batch.length >= MAX_BATCH_RECORDS || (batch.length > 0 && bytes + size > MAX_BATCH_BYTES)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(draft);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** Makes the public form of a row. */
function createReader<T>({ parse, declaration }: CollectionContext<T>): (row: RecordRow) => StoredRecord<T> {
  return (row) => {
    let data = structuredClone(row.data) as unknown;
    if (parse !== undefined) {
      try {
        data = parse(data);
      } catch (cause) {
        throw new StoreError(
          'INVALID_RECORD',
          `parse refused record "${row.id}" of collection "${declaration.name}" as it was read; let parse accept older forms, or repair the record.`,
          { cause },
        );
      }
    }
    return {
      id: row.id,
      data: data as T,
      namespace: row.namespace,
      metadata: structuredClone(row.metadata),
      version: row.version,
      createdAt: new Date(row.createdAt),
      updatedAt: new Date(row.updatedAt),
      ...(row.expiresAt === undefined ? {} : { expiresAt: new Date(row.expiresAt) }),
      ...(row.type === undefined ? {} : { type: row.type }),
      ...(row.sessionId === undefined ? {} : { sessionId: row.sessionId }),
      ...(row.threadId === undefined ? {} : { threadId: row.threadId }),
    };
  };
}

/** The records of a collection in one scope, over any table. */
export function createScopedCollection<T>(context: CollectionContext<T>, givenScope: string): ScopedCollection<T> {
  const { declaration, table, parse } = context;
  const scope = checkKey(givenScope, 'scope');
  const read = createReader(context);
  const readWhole = (row: RecordRow): StoredRecord<T> =>
    row.bytes === undefined ? read(row) : { ...read(row), bytes: new Uint8Array(row.bytes) };

  const select = (options: SelectOptions): Selection => {
    const filter =
      options.where === undefined ? undefined : parseFilter(options.where, declaration.fields, declaration.name);
    if (options.where !== undefined) for (const name of fieldNames(options.where)) context.onFieldUse(name);
    return { scope, namespace: checkNamespace(options.namespace ?? []), filter };
  };

  // A merge gives a part of the data, so parse can only judge the result when it is read.
  const draft = (record: NewRecord<T>, onConflict: OnConflict): Draft =>
    checkDraft(declaration, onConflict === 'merge' ? undefined : parse, record, context.now());

  const saveDrafts = async (drafts: Iterable<Draft>, onConflict: OnConflict): Promise<Saved[]> => {
    const saved: Saved[] = [];
    for (const batch of batches(drafts)) saved.push(...(await table.save(scope, batch, onConflict)));
    return saved;
  };

  const pageRequest = (options: ListOptions, limit: number): PageRequest & { order: string } => {
    refuseUnknownOptions('list', options, ['where', 'namespace', 'orderBy', 'limit', 'after']);
    const { field: fieldName, direction = 'asc', ...rest } = options.orderBy ?? { field: 'id' };
    refuseUnknownOptions('orderBy', rest, ['field', 'direction']);
    if (direction !== 'asc' && direction !== 'desc')
      throw new StoreError('INVALID_OPTIONS', `orderBy.direction is "${direction}"; it takes asc or desc.`);
    const field = findField(declaration.fields, fieldName, declaration.name);
    if (field.type === 'json')
      throw new StoreError('INVALID_OPTIONS', `"${field.name}" is declared as json, which has no order.`);
    if (options.orderBy !== undefined) context.onFieldUse(fieldName);
    const order = `${declaration.name}:${field.name}:${field.type}:${direction}`;
    const after = options.after === undefined ? undefined : readCursor(options.after, order);
    return { ...select(options), field, descending: direction === 'desc', after, limit, order };
  };

  const checkIds = (caller: string, ids: readonly string[]): string[] => {
    if (!Array.isArray(ids)) throw new StoreError('INVALID_OPTIONS', `${caller} takes an array of ids.`);
    return [...new Set(ids.map((id) => checkKey(id, 'id')))];
  };

  const list = async (options: ListOptions, limit: number): Promise<Page<T>> => {
    const request = pageRequest(options, limit + 1);
    const placed = await table.page(request).catch((error: unknown) => {
      throw explainPage(error, options.after !== undefined);
    });
    const items = placed.slice(0, limit).map(({ row }) => read(row));
    const last = placed[limit - 1];
    return placed.length > limit && last !== undefined
      ? { items, next: writeCursor(request.order, last.position) }
      : { items };
  };

  return {
    save: async (record, options = {}) => {
      refuseUnknownOptions('save', options, ['onConflict']);
      const onConflict = checkOnConflict(options.onConflict ?? 'replace');
      const [saved] = await saveDrafts([draft(record, onConflict)], onConflict);
      if (saved === undefined) throw new StoreError('UNEXPECTED_ANSWER', 'The save gave no answer.');
      return saved;
    },
    saveMany: async (records, options = {}) => {
      refuseUnknownOptions('saveMany', options, ['onConflict']);
      const onConflict = checkOnConflict(options.onConflict ?? 'replace');
      const byId = new Map<string, Draft>();
      let duplicates = 0;
      if (typeof records === 'string' || typeof records?.[Symbol.iterator] !== 'function')
        throw new StoreError('INVALID_OPTIONS', 'saveMany takes an array, or another iterable, of records.');
      for (const record of records) {
        const checked = draft(record, onConflict);
        // The same id twice in one statement is error 21000; deleting first gives the last one its place.
        if (byId.has(checked.id)) {
          byId.delete(checked.id);
          duplicates += 1;
        }
        byId.set(checked.id, checked);
      }
      if (duplicates > 0)
        context.onEvent({ type: 'duplicates-dropped', collection: declaration.name, count: duplicates });
      return saveDrafts(byId.values(), onConflict);
    },
    load: async (id) => {
      const [row] = await table.load(scope, [checkKey(id, 'id')]);
      return row === undefined ? undefined : readWhole(row);
    },
    loadMany: async (ids) => {
      const unique = checkIds('loadMany', ids);
      if (unique.length > MAX_BATCH_RECORDS)
        throw new StoreError('INVALID_OPTIONS', `loadMany takes at most ${MAX_BATCH_RECORDS} ids; use several calls.`);
      const rows = unique.length === 0 ? [] : await table.load(scope, unique);
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.flatMap((id) => {
        const row = byId.get(id);
        return row === undefined ? [] : [readWhole(row)];
      });
    },
    update: async (id, patch, options = {}) => {
      refuseUnknownOptions('update', options, UPDATE_OPTIONS);
      const changed = await table.update(
        { scope, id: checkKey(id, 'id'), ifVersion: checkVersion(options.ifVersion) },
        (row) => applyPatch(context, row, patch, options),
      );
      if (changed.outcome === 'done') return { outcome: 'updated', record: read(changed.row) };
      return changed.outcome === 'missing' ? changed : { outcome: 'conflict', current: read(changed.row) };
    },
    remove: async (id, options = {}) => {
      refuseUnknownOptions('remove', options, ['ifVersion']);
      const ifVersion = checkVersion(options.ifVersion);
      const changed = await table.remove({ scope, id: checkKey(id, 'id'), ifVersion });
      if (changed.outcome === 'done') return { outcome: 'removed' };
      return changed.outcome === 'missing' ? changed : { outcome: 'conflict', current: read(changed.row) };
    },
    removeMany: async (ids) => {
      const unique = checkIds('removeMany', ids);
      return unique.length === 0 ? 0 : table.removeMany(scope, unique);
    },
    list: async (options = {}) => list(options, checkLimit(options?.limit ?? 50)),
    count: async (options = {}) => {
      refuseUnknownOptions('count', options, ['where', 'namespace', 'estimate']);
      return options.estimate ? table.estimate(select(options)) : table.count(select(options));
    },
    async *stream(options = {}) {
      refuseUnknownOptions('stream', options, ['where', 'namespace', 'orderBy', 'signal']);
      const { signal, ...listing } = options;
      let after: string | undefined;
      do {
        signal?.throwIfAborted();
        const page: Page<T> = await list(after === undefined ? listing : { ...listing, after }, STREAM_PAGE);
        for (const item of page.items) {
          signal?.throwIfAborted();
          yield item;
        }
        after = page.next;
      } while (after !== undefined);
    },
    nearest: async (vector, options = {}) => {
      refuseUnknownOptions('nearest', options, ['where', 'namespace', 'limit']);
      const request = {
        ...select(options),
        vector: checkEmbedding(vector, declaration),
        limit: checkLimit(options.limit ?? 10),
      };
      const found = await table.nearest(request);
      return found.map(({ row, distance }) => ({ record: read(row), distance }));
    },
  };
}

function fieldNames(filter: object): string[] {
  return Object.entries(filter).flatMap(([key, value]: [string, unknown]) => {
    if (!key.startsWith('$')) return [key];
    const parts: unknown[] = Array.isArray(value) ? value : [value];
    return parts.flatMap((part) => (typeof part === 'object' && part !== null ? fieldNames(part) : []));
  });
}

type NextDraft = Omit<Draft, 'ttlMs'> & { ttlMs?: number | null };

function applyPatch<T>(
  { parse, declaration }: CollectionContext<T>,
  row: RecordRow,
  patch: Partial<T> | ((data: T) => T),
  options: UpdateOptions,
): NextDraft {
  const { ifVersion: _, ttlMs, ...labels } = options;
  const old = structuredClone(row.data) as unknown as T;
  if (typeof patch !== 'function' && !isJsonObject(patch))
    throw new StoreError('INVALID_RECORD', 'A patch is an object of the keys to set, or a function of the old data.');
  const given: unknown = typeof patch === 'function' ? patch(old) : { ...old, ...patch };
  if (!isJsonObject(given)) throw new StoreError('INVALID_RECORD', 'The patch gave no object.');
  const kept = {
    ...(row.type === undefined ? {} : { type: row.type }),
    ...(row.sessionId === undefined ? {} : { sessionId: row.sessionId }),
    ...(row.threadId === undefined ? {} : { threadId: row.threadId }),
    ...(row.bytes === undefined ? {} : { bytes: row.bytes }),
    ...(row.embedding === undefined ? {} : { embedding: row.embedding }),
    namespace: row.namespace,
    metadata: row.metadata,
  };
  const {
    ttlMs: _ttl,
    createdAt: _created,
    ...draft
  } = checkDraft(declaration, parse, { ...kept, ...labels, id: row.id, data: given }, 0);
  return ttlMs === undefined ? draft : { ...draft, ttlMs: checkTtl(ttlMs, `Record "${row.id}"`) };
}
