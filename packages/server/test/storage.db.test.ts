import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LOCAL_CALLER, noProgress } from '../src/call.ts';
import { createHistory } from '../src/history/history.ts';
import { ConfigurationError, createLogger, loadConfiguration } from '../src/index.ts';
import { startCall } from '../src/start-call.ts';
import { createStorage, type Storage } from '../src/storage/index.ts';
import { startInProcess } from './in-process-client.ts';
import { runCommand } from './run-command.ts';

const database = useDatabase();

const silent = createLogger({ level: 'silent' });

/** Storage as an operator configures it; ends with the test. */
function open(environment: Readonly<Record<string, string>> = {}): Storage {
  const configuration = loadConfiguration({ environment: { DATABASE_URL: database.url, ...environment } });
  const storage = createStorage(configuration.store, silent);
  onTestFinished(() => storage.close());
  return storage;
}

async function recordsRole(): Promise<string> {
  const role = await database.createRole('records');
  const owner = await database.connect();
  await owner.query(`GRANT CREATE ON DATABASE ${database.name} TO ${role.name}`);
  return role.url;
}

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'pgmcp-records-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

const problems = (work: () => unknown): ConfigurationError => {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('This was not refused.');
};

describe('records of the server', () => {
  it('are in memory by default, and no other process of the same configuration sees them', async () => {
    const [one, other] = [open(), open()];
    expect(one).toMatchObject({ kind: 'memory', connections: undefined });
    const notes = one.collection<{ text: string }>('notes').within('caller');
    await notes.save({ id: 'a', data: { text: 'kept' } });
    expect((await notes.load('a'))?.data).toEqual({ text: 'kept' });
    expect(await other.collection('notes').within('caller').load('a')).toBeUndefined();
    expect(await one.health()).toMatchObject({ kind: 'memory', status: 'up', problems: [] });
  });

  it('are in PostgreSQL when it is configured, seen by every replica and after a restart, by a role of their own', async () => {
    const url = await recordsRole();
    const environment = { PG_MCP_STORE_URL: url, PG_MCP_STORE_SCHEMA: 'replicas', PG_MCP_STORE_AUTO_MIGRATE: 'true' };
    const [one, other] = [open(environment), open(environment)];
    expect(one.kind).toBe('postgresql');
    const mine = one.collection<{ text: string }>('notes').within('caller');
    await mine.saveMany(Array.from({ length: 2_500 }, (_, n) => ({ id: `n${n}`, data: { text: `note ${n}` } })));
    const theirs = other.collection<{ text: string }>('notes');
    expect((await theirs.within('caller').load('n2499'))?.data).toEqual({ text: 'note 2499' });
    expect(await theirs.within('another caller').count()).toBe(0);
    expect(await other.health()).toMatchObject({ kind: 'postgresql', status: 'up', problems: [] });
  });

  it('need the operator to make their tables, unless the server may, and the health says so', async () => {
    const url = await recordsRole();
    const environment = { PG_MCP_STORE_URL: url, PG_MCP_STORE_SCHEMA: 'by_hand' };
    const storage = open(environment);
    const notes = storage.collection('notes').within('caller');
    await expect(notes.save({ data: {} })).rejects.toMatchObject({ code: 'MIGRATION_NEEDED' });
    expect(await storage.health()).toMatchObject({ status: 'down', problems: [expect.stringContaining('migrate()')] });
    await storage.store.migrate();
    await notes.save({ data: {} });
    expect(await storage.health()).toMatchObject({ status: 'up', problems: [] });
  });

  it('are not left in the dark: a database that is down makes calls and health fail with the reason', async () => {
    const storage = open({ PG_MCP_STORE_URL: 'postgresql://records:secret-word@127.0.0.1:1/none' });
    await expect(storage.collection('notes').within('caller').count()).rejects.toThrow(/127\.0\.0\.1:1/);
    const health = await storage.health();
    expect(health).toMatchObject({ kind: 'postgresql', status: 'down' });
    expect(JSON.stringify(health)).not.toContain('secret-word');
  });

  it('say what is wrong with them to whoever reads on in the history too', async () => {
    const url = await recordsRole();
    const keeping = { enabled: true, maxEntries: 10, maxAgeMs: 60_000, slowThresholdMs: 100, slowPlans: false };
    const within = (schema: string) => open({ PG_MCP_STORE_URL: url, PG_MCP_STORE_SCHEMA: schema });
    const made = within('made');
    const history = createHistory(made, keeping, silent);
    await made.store.migrate();
    const parts = { caller: LOCAL_CALLER, signal: new AbortController().signal, progress: noProgress };
    for (const tool of ['a', 'b']) history.record(startCall({ tool, ...parts }).finish());
    const { next } = await history.calls('everybody', { limit: 1 });
    const unmade = createHistory(within('unmade'), keeping, silent);
    await expect(unmade.calls('everybody', { after: next })).rejects.toMatchObject({ code: 'MIGRATION_NEEDED' });
    await expect(history.calls('everybody', { after: 'a page' })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    expect((await history.calls('everybody', { after: next })).items).toHaveLength(1);
  });

  it.skipIf(process.platform !== 'linux')('are refused a folder that cannot be made, with the cure', () => {
    expect(problems(() => open({ PG_MCP_STORE_DIRECTORY: '/proc/nowhere/store' })).message).toMatch(
      /store\.directory[\s\S]*cannot be used \(ENOENT\)\. Correct the path/,
    );
  });

  it('survive a restart in a folder, which one process has at a time', async () => {
    const directory = folder();
    const environment = { PG_MCP_STORE_DIRECTORY: directory };
    const first = open(environment);
    await first
      .collection('notes')
      .within('caller')
      .save({ id: 'a', data: { n: 1 } });
    expect(problems(() => open(environment)).message).toMatch(/store\.directory.*Process \d+ uses/s);
    await first.close();
    const second = open(environment);
    expect((await second.collection('notes').within('caller').load('a'))?.data).toEqual({ n: 1 });
  });

  it('are backed up into a folder while the server serves', async () => {
    const directory = folder();
    const storage = open({ PG_MCP_STORE_BACKUP_DIRECTORY: directory, PG_MCP_STORE_BACKUP_KEEP: '2' });
    await storage
      .collection('notes')
      .within('caller')
      .save({ id: 'a', data: { n: 1 } });
    storage.startMaintenance();
    await vi.waitFor(
      () => expect(readdirSync(directory)).toEqual([expect.stringMatching(/^store-.*\.ndjson\.gz$/)]),
      10_000,
    );
  });

  it('go from one place to another by backup and restore on the command line', async () => {
    const [from, to] = [folder(), folder()];
    const first = open({ PG_MCP_STORE_DIRECTORY: from });
    await first
      .collection('kept')
      .within('caller')
      .save({ id: 'a', data: { n: 1 } });
    await first.close();
    const run = (argv: readonly string[], directory: string) =>
      runCommand(argv, { DATABASE_URL: database.url, PG_MCP_STORE_DIRECTORY: directory });
    expect(await run(['store', 'backup'], from)).toMatchObject({ code: 0 });
    const file = join(to, 'lines.ndjson');
    writeFileSync(file, '{"collection":"unknown","scope":"s","data":{}}\n');
    expect(await run(['store', 'restore', file], to)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('unknown'),
    });
    expect((await run(['store', 'restore', join(to, 'none')], to)).stderr).toContain('cannot be read');
    // Four programs, each with a database in a folder: a busy machine takes its time.
  }, 90_000);

  it('get every table that the configuration needs by one command, before any server starts', async () => {
    const environment = {
      DATABASE_URL: database.url,
      PG_MCP_STORE_URL: await recordsRole(),
      PG_MCP_STORE_SCHEMA: 'by_command',
      PG_MCP_HTTP_SESSIONS: 'true',
      PG_MCP_RATE_LIMIT_BACKEND: 'postgresql',
    };
    const before = await runCommand(['store', 'check'], environment);
    expect(before.code).toBe(3);
    for (const table of ['records_http_sessions', 'records_query_results', 'records_history'])
      expect(before.stdout).toContain(table);
    expect(await runCommand(['store', 'migrate'], environment)).toMatchObject({ code: 0 });
    expect(await runCommand(['store', 'check'], environment)).toMatchObject({
      code: 0,
      stdout: '-- Nothing is missing.\n',
    });
    const { services } = await startInProcess(environment);
    expect(await services.storage.health()).toMatchObject({ status: 'up', problems: [] });
    const inMemory = await runCommand(['store', 'check'], { DATABASE_URL: database.url });
    expect(inMemory).toMatchObject({ code: 1, stderr: expect.stringContaining('PG_MCP_STORE_URL') });
  });

  it('are never given to the role by which assistants query the same database', () => {
    const refused = problems(() => open({ PG_MCP_STORE_URL: database.url }));
    expect(refused.problems).toEqual([
      expect.objectContaining({ key: 'PG_MCP_STORE_URL', message: expect.stringContaining('Use another role') }),
    ]);
    expect(refused.message).not.toContain(database.url);
  });

  it('have one place', () => {
    const both = { PG_MCP_STORE_URL: 'postgresql://a@localhost/b', PG_MCP_STORE_DIRECTORY: '/tmp/records' };
    expect(problems(() => open(both)).problems).toEqual([
      expect.objectContaining({ message: expect.stringContaining('not both') }),
    ]);
  });
});
