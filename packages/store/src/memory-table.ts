import type { Declaration } from './declaration.ts';
import { distance } from './distance.ts';
import { StoreError } from './errors.ts';
import type { Field } from './fields.ts';
import { compareSortKeys, matchFilter, readSortKey } from './filter-match.ts';
import { compareTexts, type JsonObject, readJson, writeJson } from './json.ts';
import type { Draft, RecordRow } from './record.ts';
import type { OnConflict, PageRequest, PlacedRow, RecordTable, Saved, Selection } from './record-table.ts';

/** The memory of all collections of one store, so that one bound holds for all. */
export interface MemorySpace {
  readonly now: () => number;
  readonly maxRecords: number;
  /** Rows of all collections, the least recently used first. */
  readonly rows: Map<string, { readonly collection: string; readonly row: RecordRow }>;
  readonly onEvict: (collection: string) => void;
}

const isAlive = (row: RecordRow, now: number): boolean => row.expiresAt === undefined || row.expiresAt > now;

/** The sort key as text, so that a cursor can carry it. */
function keyText(key: unknown): string {
  return typeof key === 'string' ? key : writeJson(key, 'key');
}

function readObject(text: string | undefined): JsonObject {
  return text === undefined ? {} : (readJson(text) as JsonObject);
}

function withDraft(
  draft: Draft,
  old: RecordRow | undefined,
  onConflict: OnConflict,
  scope: string,
  now: number,
): RecordRow {
  const merged = onConflict === 'merge' ? old : undefined;
  return {
    scope,
    id: draft.id,
    namespace: draft.namespace?.length ? draft.namespace : (merged?.namespace ?? []),
    type: draft.type ?? merged?.type,
    sessionId: draft.sessionId ?? merged?.sessionId,
    threadId: draft.threadId ?? merged?.threadId,
    metadata: { ...merged?.metadata, ...readObject(draft.metadata) },
    data: { ...merged?.data, ...readObject(draft.data) },
    bytes: draft.bytes ?? merged?.bytes,
    embedding: draft.embedding ?? merged?.embedding,
    version: (old?.version ?? 0) + 1,
    createdAt: old?.createdAt ?? draft.createdAt ?? now,
    updatedAt: now,
    expiresAt: draft.ttlMs === null ? undefined : now + draft.ttlMs,
  };
}

/** Orders two rows of a page: by the field, those that lack it last, then by id. */
function placeRows(rows: readonly RecordRow[], field: Field, descending: boolean): PlacedRow[] {
  const sign = descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: readSortKey(row, field) }));
  keyed.sort((left, right) => {
    if ((left.key === undefined) !== (right.key === undefined)) return left.key === undefined ? 1 : -1;
    const order = left.key === undefined ? 0 : compareSortKeys(left.key, right.key);
    return sign * (order === 0 ? compareTexts(left.row.id, right.row.id) : order);
  });
  return keyed.map(({ row, key }) => ({
    row,
    position: { key: key === undefined ? undefined : keyText(key), id: row.id, lacking: key === undefined },
  }));
}

function isAfter(placed: PlacedRow, request: PageRequest): boolean {
  const { after, field, descending } = request;
  if (after === undefined) return true;
  if (placed.position.lacking !== after.lacking) return placed.position.lacking;
  const sign = descending ? -1 : 1;
  const key = readSortKey(placed.row, field);
  if (!after.lacking && key !== undefined && after.key !== undefined) {
    const order = compareSortKeys(key, field.type === 'string' ? after.key : readJson(after.key));
    if (order !== 0) return sign * order > 0;
  }
  return sign * compareTexts(placed.row.id, after.id) > 0;
}

/** The records of one collection in memory. */
export function createMemoryTable(declaration: Declaration, space: MemorySpace): RecordTable {
  const keyOf = (scope: string, id: string): string => JSON.stringify([declaration.name, scope, id]);

  const find = (scope: string, id: string): RecordRow | undefined => {
    const key = keyOf(scope, id);
    const entry = space.rows.get(key);
    if (entry === undefined || !isAlive(entry.row, space.now())) return undefined;
    // Reinsertion makes it the most recently used.
    space.rows.delete(key);
    space.rows.set(key, entry);
    return entry.row;
  };

  const put = (row: RecordRow): void => {
    const key = keyOf(row.scope, row.id);
    space.rows.delete(key);
    space.rows.set(key, { collection: declaration.name, row });
    while (space.rows.size > space.maxRecords) {
      const [oldest] = space.rows;
      if (oldest === undefined) break;
      space.rows.delete(oldest[0]);
      space.onEvict(oldest[1].collection);
    }
  };

  const ownRows = (): RecordRow[] => {
    const now = space.now();
    return [...space.rows.values()]
      .filter(({ collection, row }) => collection === declaration.name && isAlive(row, now))
      .map(({ row }) => row);
  };

  const select = ({ scope, namespace, filter }: Selection): RecordRow[] => {
    const matches = filter === undefined ? () => true : matchFilter(filter);
    return ownRows().filter(
      (row) => row.scope === scope && namespace.every((part, index) => row.namespace[index] === part) && matches(row),
    );
  };

  const saveOne = (scope: string, draft: Draft, onConflict: OnConflict): Saved => {
    const old = find(scope, draft.id);
    if (old !== undefined && (onConflict === 'skip' || onConflict === 'append'))
      return { id: draft.id, outcome: 'skipped' };
    const row = withDraft(draft, old, onConflict, scope, space.now());
    put(row);
    return { id: row.id, outcome: old === undefined ? 'inserted' : 'updated', version: row.version };
  };

  return {
    save: async (scope, drafts, onConflict) => drafts.map((draft) => saveOne(scope, draft, onConflict)),
    load: async (scope, ids) => ids.flatMap((id) => find(scope, id) ?? []),
    update: async ({ scope, id, ifVersion }, next) => {
      const row = find(scope, id);
      if (row === undefined) return { outcome: 'missing' };
      if (ifVersion !== undefined && row.version !== ifVersion) return { outcome: 'conflict', row };
      const now = space.now();
      const { ttlMs, ...draft } = next(row);
      const expiresAt = ttlMs === undefined ? row.expiresAt : ttlMs === null ? undefined : now + ttlMs;
      const changed: RecordRow = {
        ...row,
        ...draft,
        namespace: draft.namespace ?? [],
        metadata: readObject(draft.metadata),
        data: readObject(draft.data),
        version: row.version + 1,
        updatedAt: now,
        createdAt: row.createdAt,
        expiresAt,
      };
      put(changed);
      return { outcome: 'done', row: changed };
    },
    remove: async ({ scope, id, ifVersion }) => {
      const row = find(scope, id);
      if (row === undefined) return { outcome: 'missing' };
      if (ifVersion !== undefined && row.version !== ifVersion) return { outcome: 'conflict', row };
      space.rows.delete(keyOf(scope, id));
      return { outcome: 'done', row };
    },
    removeMany: async (scope, ids) =>
      ids.filter((id) => find(scope, id) !== undefined && space.rows.delete(keyOf(scope, id))).length,
    page: async (request) =>
      placeRows(select(request), request.field, request.descending)
        .filter((placed) => isAfter(placed, request))
        .slice(0, request.limit),
    count: async (selection) => select(selection).length,
    estimate: async (selection) => select(selection).length,
    nearest: async ({ vector, limit, ...selection }) => {
      const metric = declaration.vector?.metric;
      if (metric === undefined) throw new StoreError('VECTOR_UNAVAILABLE', 'The collection has no vectors.');
      return select(selection)
        .flatMap((row) =>
          row.embedding === undefined ? [] : [{ row, distance: distance(metric, row.embedding, vector) }],
        )
        .sort((left, right) => left.distance - right.distance || compareTexts(left.row.id, right.row.id))
        .slice(0, limit);
    },
    scan: async (after, limit) =>
      ownRows()
        .filter((row) => after === undefined || compareKeys(row, after) > 0)
        .sort(compareKeys)
        .slice(0, limit),
    restore: async (rows, onConflict) => {
      const fresh = rows.filter(({ scope, id }) => onConflict === 'replace' || find(scope, id) === undefined);
      for (const row of fresh) put(row);
      return fresh.length;
    },
    sweep: async (batch) => {
      const now = space.now();
      let count = 0;
      for (const [key, { collection, row }] of space.rows) {
        if (count >= batch) break;
        if (collection !== declaration.name || isAlive(row, now)) continue;
        space.rows.delete(key);
        count += 1;
      }
      return count;
    },
  };
}

interface Key {
  readonly scope: string;
  readonly id: string;
}

const compareKeys = (left: Key, right: Key): number =>
  compareTexts(left.scope, right.scope) || compareTexts(left.id, right.id);
