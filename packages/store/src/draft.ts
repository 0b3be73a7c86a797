import { checkTtl, type Declaration } from './declaration.ts';
import { refuseUnknownOptions, StoreError } from './errors.ts';
import { isJsonObject, writeJson } from './json.ts';
import type { Draft, NewRecord } from './record.ts';
import { timeOfUuidV7, uuidV7 } from './uuid.ts';

const MAX_KEY_LENGTH = 512;
const MAX_NAMESPACE = 16;
const MAX_BYTES = 64 * 1024 * 1024;
const KNOWN = ['data', 'id', 'type', 'sessionId', 'threadId', 'namespace', 'metadata', 'ttlMs', 'bytes', 'embedding'];

function invalid(message: string): never {
  throw new StoreError('INVALID_RECORD', message);
}

/** Checks a text that is part of a key or an index entry. */
export function checkKey(value: unknown, what: string): string {
  if (typeof value !== 'string' || value.length === 0 || value.length > MAX_KEY_LENGTH)
    return invalid(`${what} must be a text of 1 to ${MAX_KEY_LENGTH} characters.`);
  writeJson(value, what);
  return value;
}

/** Checks a namespace, or the prefix of one. */
export function checkNamespace(namespace: readonly string[]): readonly string[] {
  if (!Array.isArray(namespace) || namespace.length > MAX_NAMESPACE)
    return invalid(`A namespace is an array of at most ${MAX_NAMESPACE} texts.`);
  return namespace.map((part: string, index) => checkKey(part, `namespace[${index}]`));
}

function writeObject(value: unknown, what: string): string {
  const text = writeJson(value, what);
  return isJsonObject(value) ? text : invalid(`${what} must be an object at its root; wrap it: { value: ... }.`);
}

/** Runs the caller's `parse` and writes what it returns as JSON. */
function checkData(parse: ((data: unknown) => unknown) | undefined, data: unknown, id: string): string {
  let parsed = data;
  if (parse !== undefined) {
    try {
      parsed = parse(data);
    } catch (cause) {
      throw new StoreError('INVALID_RECORD', `parse refused the data of record "${id}".`, { cause });
    }
  }
  return writeObject(parsed, 'data');
}

/** Checks an embedding against the declared space, and rounds it to the 32 bits that pgvector keeps. */
export function checkEmbedding(embedding: readonly number[], { name, vector }: Declaration): readonly number[] {
  if (vector === undefined) return invalid(`Collection "${name}" has no vectors; declare "vector".`);
  if (!Array.isArray(embedding) || !embedding.every((each) => typeof each === 'number'))
    return invalid('An embedding is an array of numbers.');
  if (embedding.length !== vector.dimensions)
    invalid(`The embedding has ${embedding.length} dimensions, collection "${name}" has ${vector.dimensions}.`);
  const rounded = Array.from(embedding, Math.fround);
  if (!rounded.every(Number.isFinite)) invalid('The embedding has a number that 32 bits cannot hold.');
  if (vector.metric === 'cosine' && rounded.every((each) => each === 0))
    invalid('The embedding is zero, which has no direction: leave it out.');
  return rounded;
}

/** Checks the bytes of a record, and copies them. */
export function checkBytes(bytes: unknown, { name, bytes: allowed }: Declaration): Uint8Array {
  if (!allowed) return invalid(`Collection "${name}" holds no bytes; declare "bytes: true".`);
  // Of a text or a number the constructor would make an array of zeros.
  if (!(bytes instanceof Uint8Array)) return invalid('The bytes of a record are a Uint8Array.');
  if (bytes.byteLength > MAX_BYTES)
    return invalid(`The bytes of a record are at most ${MAX_BYTES}; cut them into several records.`);
  return new Uint8Array(bytes);
}

function checkId(declaration: Declaration, id: string | undefined, now: number): string {
  if (id === undefined) return uuidV7(now);
  checkKey(id, 'id');
  if (declaration.partition?.by === 'time' && timeOfUuidV7(id) === undefined)
    invalid(
      `"${id}" is no UUID of version 7 in lower case with a time before the year 10000, which collection "${declaration.name}" needs because it is partitioned by time; leave the id out.`,
    );
  return id;
}

/** Checks one record on its way in. Without `parse` for a merge, whose part `parse` could not judge. */
export function checkDraft(
  declaration: Declaration,
  parse: ((data: unknown) => unknown) | undefined,
  record: NewRecord<unknown>,
  now: number,
): Draft {
  refuseUnknownOptions('A record', record, KNOWN);
  const id = checkId(declaration, record.id, now);
  const label = (value: string | undefined, what: string): string | undefined =>
    value === undefined ? undefined : checkKey(value, what);
  return {
    id,
    namespace: record.namespace === undefined ? undefined : checkNamespace(record.namespace),
    type: label(record.type, 'type'),
    sessionId: label(record.sessionId, 'sessionId'),
    threadId: label(record.threadId, 'threadId'),
    metadata: record.metadata === undefined ? undefined : writeObject(record.metadata, 'metadata'),
    data: checkData(parse, record.data, id),
    bytes: record.bytes === undefined ? undefined : checkBytes(record.bytes, declaration),
    embedding: record.embedding === undefined ? undefined : checkEmbedding(record.embedding, declaration),
    ttlMs: record.ttlMs === undefined ? declaration.ttlMs : checkTtl(record.ttlMs, `Record "${id}"`),
    createdAt: declaration.partition?.by === 'time' ? timeOfUuidV7(id) : undefined,
  };
}
