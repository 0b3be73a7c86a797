import type { Declaration } from './declaration.ts';
import { checkBytes, checkEmbedding, checkKey, checkNamespace } from './draft.ts';
import { messageOf, refuseUnknownOptions, StoreError } from './errors.ts';
import { parseInstant } from './instant.ts';
import { isJsonObject, type JsonObject, readJson, writeJson } from './json.ts';
import type { RecordRow } from './record.ts';
import type { RecordTable } from './record-table.ts';
import { timeOfUuidV7, uuidV7 } from './uuid.ts';

/** What to back up. */
export interface BackupOptions {
  /** @default all collections of the store */
  readonly collections?: readonly string[];
  readonly signal?: AbortSignal;
}

/** What to do with records that exist. */
export interface RestoreOptions {
  /** @default 'replace' */
  readonly onConflict?: 'replace' | 'skip';
  readonly signal?: AbortSignal;
}

/** What a restore did. */
export interface RestoreResult {
  readonly read: number;
  readonly written: number;
}

/** A collection as backup and restore see it. */
export interface BackedUp {
  readonly declaration: Declaration;
  readonly table: RecordTable;
}

const FORMAT = 'pgmcp-store';
const PAGE = 500;
const MAX_LINE_CHARACTERS = 128 * 1024 * 1024;

const iso = (at: number): string => new Date(at).toISOString();

function writeRow(collection: string, row: RecordRow): string {
  const line: Record<string, unknown> = { collection, scope: row.scope, id: row.id, namespace: row.namespace };
  if (row.type !== undefined) line['type'] = row.type;
  if (row.sessionId !== undefined) line['sessionId'] = row.sessionId;
  if (row.threadId !== undefined) line['threadId'] = row.threadId;
  line['metadata'] = row.metadata;
  line['data'] = row.data;
  line['version'] = row.version;
  line['createdAt'] = iso(row.createdAt);
  line['updatedAt'] = iso(row.updatedAt);
  if (row.expiresAt !== undefined) line['expiresAt'] = iso(row.expiresAt);
  if (row.embedding !== undefined) line['embedding'] = row.embedding;
  if (row.bytes !== undefined) line['bytes'] = Buffer.from(row.bytes).toString('base64');
  return `${writeJson(line, 'record')}\n`;
}

/** Lines of a backup: a header, then one record per line, by collection, scope and id. */
export async function* backupLines(sources: readonly BackedUp[], { signal }: BackupOptions): AsyncGenerator<string> {
  yield `${JSON.stringify({ format: FORMAT, version: 1 })}\n`;
  for (const { declaration, table } of sources) {
    let after: { scope: string; id: string } | undefined;
    for (;;) {
      signal?.throwIfAborted();
      const rows = await table.scan(after, PAGE);
      for (const row of rows) yield writeRow(declaration.name, row);
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) break;
      after = { scope: last.scope, id: last.id };
    }
  }
}

/** Cuts a stream of pieces into lines; a multi-byte character may lie across two pieces. */
async function* readLines(source: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (piece?: Uint8Array): string => {
    try {
      return decoder.decode(piece, { stream: piece !== undefined });
    } catch (cause) {
      throw new StoreError('INVALID_BACKUP', 'The backup is no UTF-8; decompress it first if it is compressed.', {
        cause,
      });
    }
  };
  // Joined once a line is whole: searching a growing text again with every piece takes quadratic time.
  let parts: string[] = [];
  let length = 0;
  for await (const piece of source) {
    const [head = '', ...more] = (typeof piece === 'string' ? piece : decode(piece)).split('\n');
    parts.push(head);
    length += head.length;
    for (const next of more) {
      yield parts.join('');
      parts = [next];
      length = next.length;
    }
    if (length > MAX_LINE_CHARACTERS)
      throw new StoreError('INVALID_BACKUP', 'A line of the backup is longer than 128 Mi characters.');
  }
  yield parts.join('') + decode();
}

const KNOWN = [
  'collection',
  'scope',
  'id',
  'namespace',
  'type',
  'sessionId',
  'threadId',
  'metadata',
  'data',
  'version',
  'createdAt',
  'updatedAt',
  'expiresAt',
  'embedding',
  'bytes',
];

function readTime(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const at = typeof value === 'string' ? parseInstant(value) : undefined;
  if (at === undefined)
    throw new StoreError('INVALID_BACKUP', `${name} is no ISO 8601 time with a zone, years 1 to 9999.`);
  return at;
}

function optionalText(value: unknown, name: string): string | undefined {
  return value === undefined || value === null ? undefined : checkKey(value, name);
}

function optionalObject(value: unknown, name: string): JsonObject | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) throw new StoreError('INVALID_BACKUP', `${name} is no object.`);
  // Refuses what PostgreSQL could not store.
  writeJson(value, name);
  return value;
}

function readVersion(value: unknown): number {
  if (value === undefined) return 1;
  if (Number.isSafeInteger(value) && (value as number) >= 1) return value as number;
  throw new StoreError('INVALID_BACKUP', 'version is no whole number from 1.');
}

function readEmbedding(value: unknown, declaration: Declaration): readonly number[] | undefined {
  if (value === undefined || value === null) return undefined;
  return checkEmbedding(value as readonly number[], declaration);
}

function readBytes(value: unknown, declaration: Declaration): Uint8Array | undefined {
  if (value === undefined || value === null) return undefined;
  const bytes = typeof value === 'string' ? Buffer.from(value, 'base64') : undefined;
  // Buffer passes over what is no base64: a damaged text would become other bytes.
  if (bytes?.toString('base64') !== value)
    throw new StoreError('INVALID_BACKUP', 'bytes are no base64 with its padding.');
  return checkBytes(bytes, declaration);
}

/** Reads a line into a row; only `collection`, `scope` and `data` must be there. */
function readRowLine(line: JsonObject, declaration: Declaration, now: number): RecordRow {
  refuseUnknownOptions('A record of a backup', line, KNOWN);
  const data = optionalObject(line['data'], 'data');
  if (data === undefined) throw new StoreError('INVALID_BACKUP', 'data is missing.');
  const id = optionalText(line['id'], 'id') ?? uuidV7(now);
  const byTime = declaration.partition?.by === 'time';
  const timeOfId = timeOfUuidV7(id);
  if (byTime && timeOfId === undefined)
    throw new StoreError('INVALID_BACKUP', `id "${id}" is no UUID of version 7; leave it out to get one.`);
  const createdAt = (byTime ? timeOfId : readTime(line['createdAt'], 'createdAt')) ?? now;
  const namespace = line['namespace'] ?? [];
  return {
    scope: checkKey(line['scope'], 'scope'),
    id,
    namespace: checkNamespace(namespace as string[]),
    type: optionalText(line['type'], 'type'),
    sessionId: optionalText(line['sessionId'], 'sessionId'),
    threadId: optionalText(line['threadId'], 'threadId'),
    metadata: optionalObject(line['metadata'], 'metadata') ?? {},
    data,
    version: readVersion(line['version']),
    createdAt,
    updatedAt: readTime(line['updatedAt'], 'updatedAt') ?? createdAt,
    expiresAt: readTime(line['expiresAt'], 'expiresAt'),
    embedding: readEmbedding(line['embedding'], declaration),
    bytes: readBytes(line['bytes'], declaration),
  };
}

function parseLine(text: string, number: number): JsonObject {
  try {
    const value = readJson(text);
    if (isJsonObject(value)) return value;
  } catch (cause) {
    throw new StoreError('INVALID_BACKUP', `Line ${number} is no JSON; nothing after it was restored.`, { cause });
  }
  throw new StoreError('INVALID_BACKUP', `Line ${number} is no object; nothing after it was restored.`);
}

/**
 * Restores the lines of a backup, or of any program that writes `{"collection", "scope", "data"}` per line, in batches.
 */
export async function restoreLines(
  source: AsyncIterable<string | Uint8Array>,
  targets: ReadonlyMap<string, BackedUp>,
  now: () => number,
  { onConflict = 'replace', signal }: RestoreOptions,
): Promise<RestoreResult> {
  if (onConflict !== 'replace' && onConflict !== 'skip')
    throw new StoreError('INVALID_OPTIONS', `restore: onConflict is "${onConflict}"; it takes replace or skip.`);
  let [read, written, number] = [0, 0, 0];
  const batches = new Map<string, Map<string, RecordRow>>();
  const flush = async (name: string): Promise<void> => {
    const rows = [...(batches.get(name)?.values() ?? [])];
    batches.delete(name);
    written += (await targets.get(name)?.table.restore(rows, onConflict)) ?? 0;
  };
  for await (const text of readLines(source)) {
    number += 1;
    signal?.throwIfAborted();
    if (text.trim() === '') continue;
    const line = parseLine(text, number);
    if ('format' in line) {
      if (line['format'] === FORMAT && line['version'] === 1) continue;
      throw new StoreError(
        'INVALID_BACKUP',
        `Line ${number} names another format or a newer version; update this program.`,
      );
    }
    const { collection: name } = line;
    if (typeof name !== 'string')
      throw new StoreError('INVALID_BACKUP', `Line ${number}: collection is missing, or no text.`);
    const target = targets.get(name);
    if (target === undefined)
      throw new StoreError(
        'INVALID_BACKUP',
        `Line ${number}: the store has no collection "${name}"; declare it first.`,
      );
    let row: RecordRow;
    try {
      row = readRowLine(line, target.declaration, now());
    } catch (cause) {
      throw new StoreError('INVALID_BACKUP', `Line ${number}: ${messageOf(cause)}`, { cause });
    }
    read += 1;
    const batch = batches.get(name) ?? new Map<string, RecordRow>();
    batches.set(name, batch);
    const key = JSON.stringify([row.scope, row.id]);
    batch.delete(key);
    batch.set(key, row);
    if (batch.size >= PAGE) await flush(name);
  }
  for (const name of [...batches.keys()]) await flush(name);
  return { read, written };
}
