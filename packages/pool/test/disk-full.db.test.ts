import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPools, type Pools } from '@pgmcp/pool';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from './eventually.ts';

/** Whether a small disk can be made: Linux, as root, where mounting is allowed. */
function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'pgmcp-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const isPossible = canMount();
if (!isPossible) process.stderr.write('\nNo disk can be mounted here (Linux, root): a full disk is NOT TESTED.\n');

describe.skipIf(!isPossible)('a disk that is full', () => {
  let server: EmbeddedPostgres;
  let admin: pg.Client;
  let disk: string;
  let pools: Pools;

  beforeAll(async () => {
    server = await startEmbeddedPostgres();
    disk = mkdtempSync(join(tmpdir(), 'pgmcp-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]);
    const { uid, gid } = statSync(server.dataDirectory);
    chownSync(disk, uid, gid);
    admin = new pg.Client({ connectionString: server.url() });
    await admin.connect();
    await admin.query(`CREATE TABLESPACE small LOCATION '${disk}'`);
    await admin.query(
      'CREATE TABLE filler (body text) TABLESPACE small; ALTER TABLE filler ALTER COLUMN body SET STORAGE EXTERNAL',
    );
    pools = createPools([
      {
        name: 'main',
        url: server.url(),
        maxConnections: 2,
        options: '-c temp_tablespaces=small',
        session: { work_mem: '64kB' },
      },
    ]);
  });
  afterAll(async () => {
    await pools?.close();
    // A server that begins its recovery without the disk refuses to start: everything on it goes first.
    await admin?.query('DROP TABLE IF EXISTS filler');
    await admin?.query('CHECKPOINT');
    await admin?.query('DROP TABLESPACE IF EXISTS small');
    await admin?.end();
    await server?.stop();
    if (disk !== undefined) {
      execFileSync('umount', ['-l', disk]);
      rmSync(disk, { recursive: true });
    }
  });

  const SPILLING = 'SELECT n FROM generate_series(1, 2000000) n ORDER BY n % 1000, n';

  test('fails the sort that needs it with 53100, and the connection serves the next caller', async () => {
    const db = pools.database('main');
    const before = (await db.table('SELECT pg_backend_pid()')).rows;
    await expect(db.with({ maxRows: 5 }).table(SPILLING)).rejects.toMatchObject({
      code: '53100',
      message: expect.stringMatching(/No space left/),
    });
    expect((await db.table('SELECT pg_backend_pid()')).rows).toEqual(before);
    expect(db.stats()).toMatchObject({ total: 1, lent: 0, waiting: 0, breaker: 'closed' });
  });

  test('fails a write with 53100, once and not repeated, and leaves nothing behind', async () => {
    const db = pools.database('main');
    let attempts = 0;
    const write = db.with({ access: 'read-write' }).transaction(async (transaction) => {
      attempts += 1;
      await transaction.query("INSERT INTO filler SELECT repeat('x', 8000) FROM generate_series(1, 2000)");
    });
    await expect(write).rejects.toMatchObject({ code: '53100' });
    expect(attempts).toBe(1);
    expect((await db.query('SELECT count(*)::int AS n FROM filler')).rows).toEqual([{ n: 0 }]);
    expect(db.stats()).toMatchObject({ lent: 0, waiting: 0, breaker: 'closed' });
  });

  test('under many callers no call hangs, no backend stays, and all is well once there is room', async () => {
    const db = pools.database('main');
    const calls = await Promise.allSettled(
      Array.from({ length: 6 }, () => db.with({ maxRows: 5, timeoutMs: 20_000 }).table(SPILLING)),
    );
    expect(calls.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'rejected'));
    for (const call of calls) expect(call).toMatchObject({ reason: { code: '53100' } });
    const active = async () =>
      (
        await admin.query(
          "SELECT count(*)::int AS n FROM pg_stat_activity WHERE state <> 'idle' AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
        )
      ).rows[0].n as number;
    expect(await eventually(active, (n) => n === 0)).toBe(0);
    execFileSync('mount', ['-o', 'remount,size=256m', disk]);
    expect((await db.with({ maxRows: 2, timeoutMs: 20_000 }).table(SPILLING)).rows).toEqual([['1000'], ['2000']]);
    expect(db.stats()).toMatchObject({ lent: 0, waiting: 0 });
  });
});
