import { type ListOptions, StoreError } from '@pgmcp/store';
import { z } from 'zod';
import type { FinishedCall } from '../call.ts';
import type { HistoryConfiguration } from '../config/index.ts';
import { PgmcpError } from '../errors.ts';
import { type Logger, redact } from '../observe/index.ts';
import type { Storage } from '../storage/index.ts';
import { createBatchWriter } from './batch-writer.ts';
import { type HistoryEntry, historyEntry, historyEntrySchema } from './entry.ts';
import { type HistorySummary, summarize } from './summary.ts';

/** A slow statement with its plan. */
export const slowStatementSchema = z.object({
  /** Of the call. */
  requestId: z.string(),
  at: z.string(),
  caller: z.string(),
  tool: z.string(),
  database: z.string(),
  sql: z.string(),
  fingerprint: z.string(),
  durationMs: z.number(),
  rows: z.number(),
  /** As EXPLAIN gives it, the literals taken out. */
  plan: z.string().optional(),
});

/** See {@link slowStatementSchema}. */
export type SlowStatement = Readonly<z.output<typeof slowStatementSchema>>;

/** Whose records: those of one `callerKey`, or everybody's. */
export type Viewer = { readonly caller: string } | 'everybody';

/** Which records. */
export interface HistoryQuery {
  readonly database?: string | undefined;
  /** 1 to 1,000. Default: 50. */
  readonly limit?: number | undefined;
  /** `next` of the page before. */
  readonly after?: string | undefined;
}

/** A page, the latest first. */
export interface HistoryPage<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** Remembers calls: in the process always, in the store when that outlives the process. */
export interface History {
  /** Never waits and never fails. */
  record(finished: FinishedCall): void;
  recordSlow(statement: SlowStatement): void;
  calls(viewer: Viewer, query?: HistoryQuery): Promise<HistoryPage<HistoryEntry>>;
  /** The slowest first. */
  slow(viewer: Viewer, query?: Omit<HistoryQuery, 'after'>): Promise<readonly SlowStatement[]>;
  /** Of the calls that this process remembers and that began in the last `windowMs`. */
  summary(viewer: Viewer, windowMs: number, database?: string): HistorySummary;
  /** Records that could not be kept in the store. */
  readonly dropped: number;
  /** Writes what waits. */
  close(): Promise<void>;
}

/** All records lie in one scope of the store, so that an operator can see everybody's; who may see which is decided here. */
const SCOPE = 'history';

/** How long a record waits for others, in milliseconds. */
const WRITE_DELAY_MS = 500;

/** Makes the history. */
export function createHistory(storage: Storage, configuration: HistoryConfiguration, logger: Logger): History {
  const { enabled, maxEntries, maxAgeMs } = configuration;
  const callCollection = storage.collection<HistoryEntry>('history', {
    parse: historyEntrySchema.parse,
    ttlMs: maxAgeMs,
    fields: { caller: { type: 'string' }, databases: { type: 'json' }, at: { type: 'date' } },
    indexes: [{ field: 'caller' }, { field: 'at' }],
  });
  const slowCollection = storage.collection<SlowStatement>('slow_statements', {
    parse: slowStatementSchema.parse,
    ttlMs: maxAgeMs,
    fields: { caller: { type: 'string' }, database: { type: 'string' }, durationMs: { type: 'number' } },
    indexes: [{ field: 'durationMs' }],
  });
  const outlives = storage.kind !== 'memory';
  const calls: HistoryEntry[] = [];
  const slow: SlowStatement[] = [];
  const onFailure = (error: unknown, lost: number) => {
    const reason = redact(error instanceof Error ? error.message : String(error));
    logger.warn({ reason, lost }, 'history could not be written to the store');
  };
  const writer = <Item>(write: (items: readonly Item[]) => Promise<unknown>) =>
    createBatchWriter<Item>({ write, capacity: maxEntries, delayMs: WRITE_DELAY_MS, onFailure });
  const callWriter = writer<HistoryEntry>((items) =>
    callCollection.within(SCOPE).saveMany(items.map((data) => ({ data }))),
  );
  const slowWriter = writer<SlowStatement>((items) =>
    slowCollection.within(SCOPE).saveMany(items.map((data) => ({ data }))),
  );

  function remember<Item>(ring: Item[], item: Item): void {
    ring.push(item);
    // In slices: taking one away at a time would move the whole list for each call.
    if (ring.length > maxEntries * 1.1) ring.splice(0, ring.length - maxEntries);
  }

  async function pageOf(options: ListOptions) {
    try {
      return await callCollection.within(SCOPE).list(options);
    } catch (error) {
      throw error instanceof StoreError && error.code === 'INVALID_CURSOR' ? forgotten() : error;
    }
  }

  const sees = (viewer: Viewer, { caller }: { readonly caller: string }) =>
    viewer === 'everybody' || viewer.caller === caller;
  const isRecent = ({ at }: { readonly at: string }, maxAge: number) => Date.parse(at) >= Date.now() - maxAge;

  return {
    record(finished) {
      if (!enabled) return;
      const entry = historyEntry(finished);
      remember(calls, entry);
      if (outlives) callWriter.add(entry);
    },
    recordSlow(statement) {
      if (!enabled) return;
      remember(slow, statement);
      if (outlives) slowWriter.add(statement);
    },
    async calls(viewer, { database, limit = 50, after } = {}) {
      if (outlives) {
        await callWriter.flush();
        const page = await pageOf({
          where: {
            ...(viewer !== 'everybody' && { caller: viewer.caller }),
            ...(database !== undefined && { databases: { $contains: [database] } }),
          },
          orderBy: { field: 'at', direction: 'desc' },
          limit,
          ...(after !== undefined && { after }),
        });
        return { items: page.items.map(({ data }) => data), ...(page.next !== undefined && { next: page.next }) };
      }
      const found = calls
        .filter((entry) => sees(viewer, entry) && isRecent(entry, maxAgeMs))
        .filter(({ databases }) => database === undefined || databases.includes(database))
        .reverse();
      const start = after === undefined ? 0 : found.findIndex(({ requestId }) => requestId === after) + 1;
      if (after !== undefined && start === 0) throw forgotten();
      const items = found.slice(start, start + limit);
      const last = items.at(-1);
      return { items, ...(last && start + limit < found.length && { next: last.requestId }) };
    },
    async slow(viewer, { database, limit = 20 } = {}) {
      if (outlives) {
        await slowWriter.flush();
        const page = await slowCollection.within(SCOPE).list({
          where: {
            ...(viewer !== 'everybody' && { caller: viewer.caller }),
            ...(database !== undefined && { database }),
          },
          orderBy: { field: 'durationMs', direction: 'desc' },
          limit,
        });
        return page.items.map(({ data }) => data);
      }
      return slow
        .filter((statement) => sees(viewer, statement) && isRecent(statement, maxAgeMs))
        .filter((statement) => database === undefined || statement.database === database)
        .sort((a, b) => b.durationMs - a.durationMs)
        .slice(0, limit);
    },
    summary: (viewer, windowMs, database) =>
      summarize(
        calls.filter(
          (entry) =>
            sees(viewer, entry) &&
            isRecent(entry, windowMs) &&
            (database === undefined || entry.databases.includes(database)),
        ),
        windowMs,
      ),
    get dropped() {
      return callWriter.dropped + slowWriter.dropped;
    },
    async close() {
      await Promise.all([callWriter.flush(), slowWriter.flush()]);
    },
  };
}

const forgotten = () =>
  new PgmcpError('VALIDATION_ERROR', 'The page that "after" names is no longer there: begin again without it.');
