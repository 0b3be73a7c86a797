import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type DatabaseCatalog, qualifiedName, type Table } from '@pgmcp/schema-introspect';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Call } from '../call.ts';
import type { MeteredEmbedder } from '../embedder.ts';
import { type Logger, redact } from '../observe/index.ts';
import type { Storage } from '../storage/index.ts';

/** Tables of one database whose meaning is known at most: ranking by words has to do for the others. */
const MAX_TABLES = 5_000;
/** Characters of a table's description at most: its name, comment and columns. */
const MAX_DESCRIPTION = 2_000;
/** How long a question waits for descriptions that are new; later questions find them. */
const PATIENCE_MS = 3_000;
/** Vectors nobody has asked for in this time are forgotten. */
const TTL_MS = 90 * 24 * 60 * 60_000;
const BATCH = 500;

/** How near the meaning of tables is to a question. */
export interface TableMeanings {
  /**
   * Nearness by `schema.table` as SQL spells it, 0 to 1. `undefined` when the embedding model or the records fail: ranking by words
   * goes on without. The question is charged to its caller, descriptions of tables are the server's own upkeep.
   */
  similarities(
    catalog: DatabaseCatalog,
    question: string,
    call: Pick<Call, 'caller' | 'signal'>,
  ): Promise<ReadonlyMap<string, number> | undefined>;
}

/** What it stands on. */
export interface TableMeaningsParts {
  readonly storage: Storage;
  readonly embedder: MeteredEmbedder | undefined;
  readonly logger: Logger;
}

interface Described {
  readonly text: string;
  /** Hash of model and text: a table that changes gets another. */
  readonly id: string;
}

/** Makes it; `undefined` without an embedding model. Vectors are kept in the records of the server by the hash of their text. */
export function createTableMeanings({ storage, embedder, logger }: TableMeaningsParts): TableMeanings | undefined {
  if (embedder === undefined) return undefined;
  const kept = storage
    .collection('table_meanings', { parse: z.strictObject({ model: z.string() }).parse, ttlMs: TTL_MS, bytes: true })
    .within('server');
  const vectors = new LRUCache<string, Float32Array>({ max: 4 * MAX_TABLES });
  const descriptions = new WeakMap<Table, Described>();
  /** Descriptions that are being embedded, so that questions at the same time do not embed them twice. */
  const underWay = new Map<string, Promise<void>>();

  function describe(table: Table): Described {
    const known = descriptions.get(table);
    if (known) return known;
    const columns = table.columns.map(({ name, comment }) => (comment ? `${name} (${comment})` : name)).join(', ');
    const text = `${table.schema}.${table.name}: ${table.comment ?? ''}\n${columns}`.slice(0, MAX_DESCRIPTION);
    const id = createHash('sha256').update(`${embedder?.model}\0${embedder?.dimensions}\0${text}`).digest('hex');
    const described = { text, id };
    descriptions.set(table, described);
    return described;
  }

  async function fetchBatch(batch: readonly Described[]): Promise<void> {
    // Records that are down cost an embedding, not the ranking.
    const known = await kept.loadMany(batch.map(({ id }) => id)).catch(tell);
    for (const { id, bytes } of known ?? []) if (bytes) vectors.set(id, floatsOf(bytes));
    const missing = batch.filter(({ id }) => !vectors.has(id));
    if (missing.length === 0) return;
    const made =
      (await embedder?.embed(
        missing.map(({ text }) => text),
        {},
      )) ?? [];
    for (const [index, { id }] of missing.entries()) vectors.set(id, Float32Array.from(made[index] ?? []));
    const records = missing.map(({ id }) => ({
      id,
      data: { model: embedder?.model ?? '' },
      bytes: bytesOf(vectors.get(id)),
    }));
    await kept.saveMany(records).catch(tell);
  }

  function fetch(missing: readonly Described[]): Promise<unknown> {
    for (let at = 0; at < missing.length; at += BATCH) {
      const batch = missing.slice(at, at + BATCH).filter(({ id }) => !underWay.has(id));
      const work = fetchBatch(batch)
        .catch(tell)
        .finally(() => {
          for (const { id } of batch) underWay.delete(id);
        });
      for (const { id } of batch) underWay.set(id, work);
    }
    return Promise.all(missing.map(({ id }) => underWay.get(id)));
  }

  const tell = (error: unknown): undefined => {
    const reason = redact(error instanceof Error ? error.message : String(error));
    logger.warn({ reason }, 'The meanings of tables cannot be had or kept; words rank them.');
    return undefined;
  };

  return {
    async similarities(catalog, question, { caller, signal }) {
      const tables = catalog.tables.filter(({ selectable }) => selectable).slice(0, MAX_TABLES);
      const missing = [...new Map(tables.map(describe).map((described) => [described.id, described])).values()].filter(
        ({ id }) => !vectors.has(id),
      );
      const asked = embedder.embed([question], { caller, signal }).catch((error: unknown) => {
        signal.throwIfAborted();
        return tell(error);
      });
      if (missing.length > 0) await withPatience(fetch(missing), signal);
      const [vector] = (await asked) ?? [];
      if (vector === undefined) return undefined;
      const near = tables.flatMap((table): [string, number][] => {
        const own = vectors.get(describe(table).id);
        return own === undefined ? [] : [[qualifiedName(table.schema, table.name), Math.max(0, cosine(vector, own))]];
      });
      return new Map(near);
    },
  };
}

async function withPatience(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const patience = new AbortController();
  const ended = AbortSignal.any([patience.signal, signal]);
  await Promise.race([work, delay(PATIENCE_MS, undefined, { signal: ended, ref: false }).catch(() => undefined)]);
  patience.abort();
  signal.throwIfAborted();
}

/** 32-bit floats, least significant byte first. */
function bytesOf(vector: Float32Array | undefined): Uint8Array {
  const bytes = Buffer.alloc((vector?.length ?? 0) * 4);
  for (const [index, value] of (vector ?? []).entries()) bytes.writeFloatLE(value, index * 4);
  return bytes;
}

function floatsOf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, index) => view.getFloat32(index * 4, true));
}

function cosine(left: readonly number[], right: Float32Array): number {
  if (left.length !== right.length) return 0;
  let [product, leftSquares, rightSquares] = [0, 0, 0];
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? 0;
    product += value * other;
    leftSquares += value * value;
    rightSquares += other * other;
  }
  return leftSquares === 0 || rightSquares === 0 ? 0 : product / Math.sqrt(leftSquares * rightSquares);
}
