import { createWriteStream } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { refuseUnknownOptions, StoreError } from './errors.ts';
import type { StoreEventListener } from './events.ts';
import { makeDirectory } from './make-directory.ts';
import type { Store } from './store-api.ts';

/** When and where backups are written. */
export interface BackupScheduleOptions {
  /** A folder; made when there is none. Several processes may share it: one of them writes each backup. */
  readonly directory: string;
  /** One backup for each of these periods since 1970, in milliseconds: 1 minute to 31 days. */
  readonly intervalMs: number;
  /** Backups that stay in the folder, 1 to 10,000; older ones are removed. Other files are left alone. */
  readonly keep: number;
  /** Collections to write. @default all that are declared */
  readonly collections?: readonly string[];
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
  /** `backed-up` and `backup-failed`. */
  readonly onEvent?: StoreEventListener;
}

/** Backups on a timer that keeps no process alive. */
export interface BackupSchedule {
  /**
   * Writes the backup of the present period unless it is there, or being written by another process.
   *
   * @returns the file, when this call wrote it. Rejects when it could not.
   */
  runIfDue(): Promise<string | undefined>;
  /** Ends the timer, and waits for a backup under way. */
  stop(): Promise<void>;
}

const DAY_MS = 24 * 60 * 60_000;
const NAME = /^store-\d{8}T\d{6}Z\.ndjson\.gz$/;
/** A claim that was not touched for this long belongs to a process that has died. */
const STALE_CLAIM_MS = 60 * 60_000;
/** Timers are 32-bit in Node. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/**
 * Writes backups at regular times, compressed, and removes the oldest. A backup stands under its name only when it is whole.
 * Reads as {@link Store.backup} does: page by page, not one snapshot.
 *
 * @throws StoreError `INVALID_OPTIONS`.
 */
export function scheduleBackups(store: Store, options: BackupScheduleOptions): BackupSchedule {
  refuseUnknownOptions('scheduleBackups', options, [
    'directory',
    'intervalMs',
    'keep',
    'collections',
    'clock',
    'onEvent',
  ]);
  const { directory, intervalMs, keep, clock = Date.now, onEvent = () => undefined } = options;
  const wrong = (message: string): never => {
    throw new StoreError('INVALID_OPTIONS', `scheduleBackups: ${message}`);
  };
  if (directory === '') wrong('directory is empty.');
  if (!(intervalMs >= 60_000 && intervalMs <= 31 * DAY_MS)) wrong('intervalMs takes 1 minute to 31 days.');
  if (!(Number.isInteger(keep) && keep >= 1 && keep <= 10_000)) wrong('keep takes 1 to 10,000.');

  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  const ended = new AbortController();

  async function runIfDue(): Promise<string | undefined> {
    const started = performance.now();
    const period = Math.floor(clock() / intervalMs) * intervalMs;
    const file = join(directory, fileName(period));
    makeDirectory(directory, 0o700);
    if (await exists(file)) return undefined;
    const claim = `${file}.partial`;
    if (!(await take(claim))) return undefined;
    try {
      const lines = Readable.from(
        store.backup({ signal: ended.signal, ...(options.collections && { collections: options.collections }) }),
      );
      await pipeline(lines, createGzip(), createWriteStream(claim, { flags: 'r+' }), { signal: ended.signal });
      await rename(claim, file);
    } catch (error) {
      await rm(claim, { force: true });
      throw error;
    }
    const { size } = await stat(file);
    const removed = await removeOld(directory, keep);
    onEvent({ type: 'backed-up', file, bytes: size, removed, durationMs: performance.now() - started });
    return file;
  }

  function schedule(): void {
    const now = clock();
    const next = (Math.floor(now / intervalMs) + 1) * intervalMs - now;
    timer = setTimeout(() => void go(), Math.min(next, MAX_DELAY_MS));
    timer.unref();
  }

  async function go(): Promise<void> {
    running = runIfDue().catch((error: unknown) => {
      if (!ended.signal.aborted) onEvent({ type: 'backup-failed', directory, error });
    });
    await running;
    if (!ended.signal.aborted) schedule();
  }

  void go();
  return {
    runIfDue,
    async stop() {
      clearTimeout(timer);
      ended.abort();
      await running;
    },
  };
}

const fileName = (period: number): string =>
  `store-${new Date(period).toISOString().replace(/[-:]|\.\d{3}/g, '')}.ndjson.gz`;

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** Makes the file that says who writes, or takes that of a process that has died. */
async function take(claim: string): Promise<boolean> {
  try {
    await (await open(claim, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const untouchedMs = await stat(claim).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  if (untouchedMs < STALE_CLAIM_MS) return false;
  await rm(claim, { force: true });
  return take(claim);
}

async function removeOld(directory: string, keep: number): Promise<number> {
  const old = (await readdir(directory))
    .filter((name) => NAME.test(name))
    .sort()
    .slice(0, -keep);
  for (const name of old) await rm(join(directory, name), { force: true });
  return old.length;
}
