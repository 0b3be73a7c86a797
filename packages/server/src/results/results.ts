import { randomBytes } from 'node:crypto';
import type { TypeFact } from '@pgmcp/schema-introspect';
import { type Caller, callerKey } from '../call.ts';
import type { ResultsConfiguration } from '../config/index.ts';
import { PgmcpError } from '../errors.ts';
import type { Storage } from '../storage/index.ts';
import { type CapturedRows, type KeptResult, keptResultSchema, NOTHING_CAPTURED, type TextRow } from './kept-result.ts';
import { createMemoryBound } from './memory-bound.ts';
import { readPage, writePage } from './page-bytes.ts';

/** A handle and what stands behind it. */
export interface FoundResult {
  readonly id: string;
  readonly result: KeptResult;
  readonly expiresAt: Date | undefined;
}

/** Rows to be added to a result. */
export interface CapturedBatch {
  readonly fields: CapturedRows['fields'];
  readonly types: readonly TypeFact[];
  readonly rows: readonly TextRow[];
  readonly byteCount: number;
}

/** Writes the rows of one running statement, page by page. */
export interface ResultWriter {
  readonly id: string;
  readonly captured: CapturedRows;
  /** Stores a page. @throws PgmcpError `RESULT_TOO_LARGE` when the caller's room is used up. */
  add(batch: CapturedBatch): Promise<void>;
  /** Says that the capture goes on. @returns whether somebody asked for its end */
  beat(): Promise<boolean>;
  end(end: Pick<KeptResult, 'status' | 'error'> & { readonly truncated?: CapturedRows['truncated'] }): Promise<void>;
}

/**
 * Rows of statements, captured once and kept for a while under handles that only their caller can use.
 *
 * Rows lie in the server's own storage and not in a cursor that is held open: a cursor would hold a connection and a snapshot of the
 * database for as long as a client thinks, and would be lost with its process. See docs/decisions/0050-result-handles.md.
 */
export interface Results {
  /** Opens a result under a new handle. @throws PgmcpError `RATE_LIMIT_EXCEEDED` when the caller has too many. */
  open(caller: Caller, database: string): Promise<ResultWriter>;
  /** @throws PgmcpError `RESULT_NOT_FOUND`, for a handle that never was, has expired or is another caller's: nobody learns which. */
  find(caller: Caller, id: string): Promise<FoundResult>;
  /** Rows from `offset` on, at most `count`. */
  rows(caller: Caller, found: FoundResult, offset: number, count: number): Promise<readonly TextRow[]>;
  /** The rows of one page, counted from 0; `undefined` beyond the last one. */
  page(caller: Caller, found: FoundResult, page: number): Promise<readonly TextRow[] | undefined>;
  /** Asks a running capture to end. */
  requestCancel(caller: Caller, id: string): Promise<void>;
  /** The caller's results, the newest first. */
  list(caller: Caller): Promise<readonly FoundResult[]>;
}

/** 128 random bits: a handle cannot be guessed, and is no permission by itself. */
const newHandle = (): string => randomBytes(16).toString('base64url');

const HANDLE = /^[\w-]{22}$/;

/** A capture that has been silent for so long has lost its process, in milliseconds. */
const LOST_AFTER_MS = 30_000;

/** Declares the collections and gives the results. Called once per process. */
export function createResults(storage: Storage, limits: ResultsConfiguration): Results {
  const results = storage.collection<KeptResult>('query_results', {
    parse: keptResultSchema.parse,
    ttlMs: limits.ttlMs,
  });
  const pages = storage.collection<{ readonly rows: number }>('query_result_pages', {
    bytes: true,
    // The first page is stored when the statement has begun, and has to outlive its end as long as the last.
    ttlMs: limits.ttlMs + limits.queryTimeoutMs,
  });
  const bound =
    storage.kind === 'memory'
      ? createMemoryBound(limits.maxMemoryBytes, limits.ttlMs + limits.queryTimeoutMs)
      : undefined;
  const pageId = (id: string, page: number): string => `${id}.${String(page).padStart(6, '0')}`;

  async function list(caller: Caller): Promise<FoundResult[]> {
    const found: FoundResult[] = [];
    const own = results.within(callerKey(caller));
    for await (const { id, data, expiresAt } of own.stream({ orderBy: { field: 'createdAt', direction: 'desc' } }))
      found.push({ id, result: withoutLost(data), expiresAt });
    return found;
  }

  async function remove(caller: Caller, { id, result }: FoundResult): Promise<void> {
    await removeFrom(callerKey(caller), { id, result });
  }

  async function removeFrom(scope: string, { id, result }: Pick<FoundResult, 'id' | 'result'>): Promise<void> {
    bound?.forget(id);
    await results.within(scope).remove(id);
    await pages.within(scope).removeMany(result.captured.pageStarts.map((_, page) => pageId(id, page)));
  }

  /** Makes room by giving up the oldest results of the caller that have ended. */
  async function makeRoom(caller: Caller, ownId?: string): Promise<number> {
    const others = (await list(caller)).filter(({ id }) => id !== ownId);
    let bytes = others.reduce((sum, { result }) => sum + result.captured.byteCount, 0);
    let count = others.length;
    for (const oldest of others.toReversed()) {
      if (count < limits.maxPerCaller && bytes <= limits.maxBytesPerCaller - limits.maxBytes) break;
      if (oldest.result.status === 'running') continue;
      await remove(caller, oldest);
      count -= 1;
      bytes -= oldest.result.captured.byteCount;
    }
    if (count >= limits.maxPerCaller)
      throw new PgmcpError(
        'RATE_LIMIT_EXCEEDED',
        `${count} statements of yours are running: wait for one, or end one with cancel_query.`,
        { retryable: true, details: { limit: 'results_per_caller', maximum: limits.maxPerCaller } },
      );
    return bytes;
  }

  /** In a store that is a disk there is room; in memory the results of all callers share what the process may have. */
  async function fitInMemory(own: { readonly scope: string; readonly id: string }, bytes: number): Promise<void> {
    if (bound === undefined) return;
    const givenUp = bound.take(own, bytes);
    if (givenUp === undefined)
      throw new PgmcpError(
        'RESULT_TOO_LARGE',
        'The room for results in the memory of this server is used up. Read fewer rows, or try again later.',
      );
    for (const { scope, id } of givenUp) {
      const found = await results.within(scope).load(id);
      if (found !== undefined) await removeFrom(scope, { id, result: found.data });
    }
  }

  async function open(caller: Caller, database: string): Promise<ResultWriter> {
    const id = newHandle();
    const own = results.within(callerKey(caller));
    const ownPages = pages.within(callerKey(caller));
    const bytesOfOthers = await makeRoom(caller);
    const startedAtMs = Date.now();
    let kept: KeptResult = {
      database,
      status: 'running',
      captured: NOTHING_CAPTURED,
      startedAtMs,
      heartbeatAtMs: startedAtMs,
    };
    await own.save({ id, data: kept });

    /** Keeps what another replica wrote beside: the wish to cancel. */
    let last: Promise<void> = Promise.resolve();
    const save = (change: (kept: KeptResult) => Partial<KeptResult>): Promise<void> => {
      // One after the other: a heartbeat must not write back what it read before a page was added.
      last = last.catch(() => undefined).then(() => saveNow(change(kept)));
      return last;
    };

    async function saveNow(change: Partial<KeptResult>): Promise<void> {
      const merged = { ...kept, ...change, heartbeatAtMs: Date.now() };
      const updated = await own.update(
        id,
        ({ cancelRequested }) => ({ ...merged, ...(cancelRequested === true && { cancelRequested }) }),
        // The time to read begins when there is something to read.
        { ttlMs: limits.ttlMs },
      );
      if (updated.outcome === 'missing') throw resultNotFound();
      kept = updated.outcome === 'updated' ? updated.record.data : merged;
    }

    return {
      id,
      get captured() {
        return kept.captured;
      },
      async add({ fields, types, rows, byteCount }) {
        const { captured } = kept;
        const total = captured.byteCount + byteCount;
        if (bytesOfOthers + total > limits.maxBytesPerCaller)
          throw new PgmcpError('RESULT_TOO_LARGE', 'The room for your results is used up: wait until one expires.');
        const pageStarts = [...captured.pageStarts];
        let rowCount = captured.rowCount;
        for (const page of pagesOf(rows)) {
          pageStarts.push(rowCount);
          rowCount += page.length;
          const bytes = await writePage(page);
          await fitInMemory({ scope: callerKey(caller), id }, bytes.byteLength);
          await ownPages.save({ id: pageId(id, pageStarts.length - 1), data: { rows: page.length }, bytes });
        }
        const grown = { ...captured, fields, types: [...types], rowCount, byteCount: total, pageStarts };
        await save(() => ({ captured: grown }));
      },
      async beat() {
        await save(() => ({}));
        return kept.cancelRequested === true;
      },
      async end({ truncated = false, ...end }) {
        bound?.end(id);
        await save(({ captured }) => ({ ...end, endedAtMs: Date.now(), captured: { ...captured, truncated } }));
      },
    };
  }

  async function find(caller: Caller, id: string): Promise<FoundResult> {
    const found = HANDLE.test(id) ? await results.within(callerKey(caller)).load(id) : undefined;
    if (found === undefined) throw resultNotFound();
    return { id, result: withoutLost(found.data), expiresAt: found.expiresAt };
  }

  async function page(caller: Caller, { id, result }: FoundResult, number: number) {
    if (number < 0 || number >= result.captured.pageStarts.length) return undefined;
    const stored = await pages.within(callerKey(caller)).load(pageId(id, number));
    if (stored?.bytes === undefined) throw resultNotFound();
    return readPage(stored.bytes);
  }

  return {
    open,
    find,
    page,
    list,
    async rows(caller, found, offset, count) {
      const { pageStarts, rowCount } = found.result.captured;
      const end = Math.min(offset + count, rowCount);
      const rows: TextRow[] = [];
      for (const [number, start] of pageStarts.entries()) {
        const next = pageStarts[number + 1] ?? rowCount;
        if (next <= offset || start >= end) continue;
        const whole = (await page(caller, found, number)) ?? [];
        // One by one: a page may hold more rows than a call takes arguments.
        for (const row of whole.slice(Math.max(0, offset - start), end - start)) rows.push(row);
      }
      return rows;
    },
    async requestCancel(caller, id) {
      await results.within(callerKey(caller)).update(id, { cancelRequested: true });
    },
  };
}

/** What a page holds at most, in characters, unless one row is longer: a part of an export has to fit in one message. */
const PAGE_CHARACTERS = 1024 * 1024;

function* pagesOf(rows: readonly TextRow[]): Generator<readonly TextRow[]> {
  let [start, characters] = [0, 0];
  for (const [index, row] of rows.entries()) {
    const length = row.reduce((sum, text) => sum + (text?.length ?? 0) + 4, 3);
    if (index > start && characters + length > PAGE_CHARACTERS) {
      yield rows.slice(start, index);
      [start, characters] = [index, 0];
    }
    characters += length;
  }
  if (start < rows.length) yield rows.slice(start);
}

/** A capture whose process has gone never ends by itself. */
function withoutLost(result: KeptResult): KeptResult {
  if (result.status !== 'running' || Date.now() - result.heartbeatAtMs < LOST_AFTER_MS) return result;
  const message = 'The server process that ran the statement has gone. Start the statement again.';
  return { ...result, status: 'failed', error: { code: 'CONNECTION_ERROR', message } };
}

/** The answer for a handle that never was, has expired, or is not the caller's. */
export function resultNotFound(): PgmcpError {
  return new PgmcpError(
    'RESULT_NOT_FOUND',
    'There is no such result: handles expire, and each belongs to the caller who started it. Run the statement again.',
  );
}
