import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type BackupScheduleOptions, createMemoryStore, type StoreEvent, scheduleBackups } from '../src/index.ts';

const HOUR_MS = 60 * 60_000;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'pgmcp-backups-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function filledStore() {
  const store = createMemoryStore();
  const notes = store.collection('notes').within('me');
  await notes.saveMany(Array.from({ length: 50 }, (_, n) => ({ id: `n${n}`, data: { n } })));
  return store;
}

/** A schedule whose first backup is done. */
async function start(store: Awaited<ReturnType<typeof filledStore>>, options: Partial<BackupScheduleOptions> = {}) {
  const events: StoreEvent[] = [];
  const time = { now: Date.UTC(2026, 10, 21, 14, 30) };
  const directory = options.directory ?? folder();
  let first: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    first = resolve;
  });
  const schedule = scheduleBackups(store, {
    directory,
    intervalMs: HOUR_MS,
    keep: 3,
    clock: () => time.now,
    onEvent: (event) => {
      events.push(event);
      first();
    },
    ...options,
  });
  onTestFinished(() => schedule.stop());
  return { schedule, events, time, directory, done };
}

describe('scheduled backups', () => {
  it('are written at once for the present period, whole and readable by restore', async () => {
    const { directory, done, events } = await start(await filledStore());
    await done;
    expect(readdirSync(directory)).toEqual(['store-20261121T140000Z.ndjson.gz']);
    expect(events).toMatchObject([{ type: 'backed-up', removed: 0 }]);
    const text = gunzipSync(readFileSync(join(directory, 'store-20261121T140000Z.ndjson.gz'))).toString();
    const restored = createMemoryStore();
    const notes = restored.collection('notes').within('me');
    await restored.restore(
      (async function* () {
        yield text;
      })(),
    );
    expect(await notes.count()).toBe(50);
  });

  it('are written once for each period, by one of many processes, and only the newest are kept', async () => {
    const store = await filledStore();
    const { schedule, time, directory, done } = await start(store);
    await done;
    expect(await schedule.runIfDue()).toBeUndefined();
    for (let hour = 0; hour < 4; hour += 1) {
      time.now += HOUR_MS;
      const others = await Promise.all(Array.from({ length: 5 }, () => schedule.runIfDue()));
      expect(others.filter((file) => file !== undefined)).toHaveLength(1);
    }
    expect(readdirSync(directory)).toEqual([
      'store-20261121T160000Z.ndjson.gz',
      'store-20261121T170000Z.ndjson.gz',
      'store-20261121T180000Z.ndjson.gz',
    ]);
  });

  it('leave other files alone, and are for nobody else to read', async () => {
    const directory = folder();
    writeFileSync(join(directory, 'a-dump.sql'), 'mine');
    const { done } = await start(await filledStore(), { directory, keep: 1 });
    await done;
    expect(readdirSync(directory)).toEqual(['a-dump.sql', 'store-20261121T140000Z.ndjson.gz']);
    if (process.platform !== 'win32')
      expect(statSync(join(directory, 'store-20261121T140000Z.ndjson.gz')).mode & 0o077).toBe(0);
  });

  it('go on when the process that was writing one has died', async () => {
    const directory = folder();
    const claim = join(directory, 'store-20261121T140000Z.ndjson.gz.partial');
    writeFileSync(claim, 'half of a backup');
    const { schedule } = await start(await filledStore(), { directory });
    expect(await schedule.runIfDue(), 'perhaps it is still writing').toBeUndefined();
    const old = new Date(Date.now() - 2 * HOUR_MS);
    utimesSync(claim, old, old);
    expect(await schedule.runIfDue()).toContain('140000Z');
    expect(readdirSync(directory)).toEqual(['store-20261121T140000Z.ndjson.gz']);
  });

  it('tell when they cannot be written, leave nothing half, and are tried again', async () => {
    const store = await filledStore();
    let isBroken = true;
    const broken = {
      ...store,
      async *backup() {
        yield '{"collection":"notes"}\n';
        if (isBroken) throw new Error('the database is down');
      },
    };
    const { done, events, directory, schedule } = await start(broken);
    await done;
    expect(events).toMatchObject([{ type: 'backup-failed', directory, error: { message: 'the database is down' } }]);
    expect(readdirSync(directory)).toEqual([]);
    isBroken = false;
    expect(await schedule.runIfDue()).toContain('140000Z');
  });

  it.each([
    [{ intervalMs: 1_000 }, /intervalMs takes 1 minute/],
    [{ keep: 0 }, /keep takes 1 to 10,000/],
    [{ directory: '' }, /directory is empty/],
    [{ every: 1 }, /has no option "every"/],
  ])('refuse %j', (options, message) => {
    const all = { directory: '/nowhere', intervalMs: HOUR_MS, keep: 1, ...options };
    expect(() => scheduleBackups(createMemoryStore(), all)).toThrow(message);
  });
});
