import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAudit } from '../src/audit/audit.ts';
import { type AuditSink, fileSink } from '../src/audit/sinks.ts';
import { verifyAudit } from '../src/audit/verify.ts';
import { type FinishedCall, LOCAL_CALLER } from '../src/call.ts';
import { Secret } from '../src/config/secret.ts';
import { PgmcpError } from '../src/errors.ts';
import { createLogger } from '../src/observe/index.ts';
import { startCall } from '../src/start-call.ts';
import type { StatementRecord } from '../src/statement-record.ts';

const statement: StatementRecord = {
  database: 'shop',
  kind: 'select',
  normalized: 'SELECT * FROM customers WHERE email = $1',
  fingerprint: '0123456789abcdef',
  parametersHash: 'fedcba9876543210',
  rows: 1,
  bytes: 20,
  truncated: false,
  durationMs: 3.2,
  timedOut: false,
  cancelled: false,
};

function finished(tool = 'execute_query', more: Partial<FinishedCall> = {}): FinishedCall {
  const { call, finish } = startCall({
    tool,
    caller: { ...LOCAL_CALLER, id: 'alice', tenant: 'acme' },
    signal: new AbortController().signal,
    progress: () => undefined,
    client: 'claude 1.0',
  });
  call.record(statement);
  return { ...finish(), ...more };
}

function setUp(
  options: { onFailure?: 'fail-closed' | 'buffer'; bufferSize?: number; key?: string; sink?: AuditSink } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'pgmcp-audit-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'audit.jsonl');
  const log: Record<string, unknown>[] = [];
  const logger = createLogger({ destination: { write: (line: string) => void log.push(JSON.parse(line)) } });
  const { onFailure = 'fail-closed', bufferSize = 100, key, sink } = options;
  const open = () =>
    createAudit({
      sinks: [sink ?? fileSink(file)],
      configuration: { store: false, onFailure, bufferSize, ...(key !== undefined && { key: new Secret(key) }) },
      logger,
    });
  const lines = () => readFileSync(file, 'utf8').split('\n');
  return { audit: open(), open, file, folder, lines, log };
}

/** A disk that fails when it is told to, and may write a part before. */
function failingDisk(inner: AuditSink) {
  const disk = { fails: false };
  const sink: AuditSink = {
    name: inner.name,
    lastHash: () => inner.lastHash(),
    write: async (records) => {
      if (disk.fails) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      return inner.write(records);
    },
  };
  return { disk, sink };
}

describe('the audit log', () => {
  it('has a record of each call, with who, what and how it ended, and no literal', async () => {
    const { audit, lines, file } = setUp();
    await audit.record(finished());
    await audit.record(
      finished('execute_query', {
        statements: [{ ...statement, refusedBy: 'guard.function' }],
        error: new PgmcpError('UNSAFE_SQL', 'refused'),
      }),
    );
    const [first, second] = lines().flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
    expect(first).toMatchObject({
      principal: 'alice',
      tenant: 'acme',
      client: 'claude 1.0',
      tool: 'execute_query',
      decision: 'allow',
      outcome: 'ok',
      statements: [
        { database: 'shop', sql: statement.normalized, fingerprint: statement.fingerprint, rows: 1, decision: 'allow' },
      ],
      sequence: 1,
      previous: '0'.repeat(64),
    });
    expect(second).toMatchObject({
      decision: 'deny',
      outcome: 'refused',
      code: 'UNSAFE_SQL',
      statements: [{ decision: 'deny', rule: 'guard.function' }],
      sequence: 2,
      previous: first.hash,
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await verifyAudit(lines(), undefined)).toEqual({
      records: 2,
      chains: 1,
      findings: [],
      torn: [],
      begins: '0'.repeat(64),
      ends: second.hash,
    });
  });

  it('keeps one order when many calls end at once', async () => {
    const { audit, lines } = setUp({ bufferSize: 200 });
    await Promise.all(Array.from({ length: 200 }, () => audit.record(finished())));
    expect(await verifyAudit(lines(), undefined)).toMatchObject({ records: 200, chains: 1, findings: [] });
  });

  it('goes on after a restart, after a torn line and after a rotation', async () => {
    const { audit, open, file, lines } = setUp();
    await audit.record(finished());
    await open().record(finished());
    appendFileSync(file, '{"time":"2026-01-01T00:00:00Z","requ');
    await open().record(finished());
    expect(await verifyAudit(lines(), undefined)).toMatchObject({ records: 3, chains: 3, findings: [], torn: [3] });
    const last = open();
    await last.record(finished());
    const { ends } = await verifyAudit(lines(), undefined);
    renameSync(file, `${file}.1`);
    await last.record(finished());
    expect(await verifyAudit(lines(), undefined)).toMatchObject({ records: 1, findings: [], begins: ends });
  });

  it('finds the last record of a large file, also behind a long torn line', async () => {
    const { audit, open, file, lines } = setUp();
    await audit.record(finished('x'.repeat(600_000)));
    await audit.record(finished('x'.repeat(600_000)));
    appendFileSync(file, '{"torn":"');
    await open().record(finished());
    expect(await verifyAudit(lines(), undefined)).toMatchObject({ records: 3, chains: 2, findings: [], torn: [3] });
  });

  const changes: readonly [string, (lines: string[]) => string[]][] = [
    ['changes a record', (all) => all.map((line, index) => (index === 1 ? line.replace('alice', 'mallo') : line))],
    ['removes a record', (all) => all.filter((_, index) => index !== 1)],
    ['moves a record', ([first = '', second = '', ...rest]) => [second, first, ...rest]],
    ['adds a copy', ([first = '', ...rest]) => [first, first, ...rest]],
    ['makes a record unreadable', (all) => all.map((line, index) => (index === 1 ? line.slice(1) : line))],
  ];

  it.each(changes)('shows whoever %s', async (_, change) => {
    const { audit, lines } = setUp({ key: 'a-key-of-the-operator' });
    for (let index = 0; index < 4; index += 1) await audit.record(finished());
    const tampered = change(lines().filter((line) => line !== ''));
    const { findings } = await verifyAudit(tampered, 'a-key-of-the-operator');
    expect(findings.length).toBeGreaterThan(0);
    expect(findings[0]?.line).toBeLessThanOrEqual(3);
  });

  it('cannot be made anew without the key', async () => {
    const { audit, lines } = setUp({ key: 'a-key-of-the-operator' });
    await audit.record(finished());
    const other = setUp();
    await other.audit.record(finished());
    expect(await verifyAudit(lines(), 'a-key-of-the-operator')).toMatchObject({ findings: [] });
    expect((await verifyAudit(other.lines(), 'a-key-of-the-operator')).findings).toHaveLength(1);
    expect((await verifyAudit(lines(), 'another key')).findings).toHaveLength(1);
  });

  it('fail-closed: refuses to answer and to begin while it cannot write, then catches up', async () => {
    const { file } = setUp();
    const { disk, sink } = failingDisk(fileSink(file));
    const { audit, log } = setUp({ sink });
    await audit.record(finished('first'));
    disk.fails = true;
    await expect(audit.record(finished('second'))).rejects.toMatchObject({
      code: 'INTERNAL_ERROR',
      retryable: true,
      message: expect.stringContaining('audit log cannot be written'),
    });
    await expect(audit.admit()).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });
    expect(audit.state).toMatchObject({ failing: true, waiting: 1, dropped: 0 });
    // Said once, not for each call.
    expect(log.filter(({ level }) => level === 'error')).toEqual([
      expect.objectContaining({ reason: expect.stringContaining('ENOSPC'), policy: 'fail-closed' }),
    ]);
    disk.fails = false;
    await audit.admit();
    expect(audit.state).toMatchObject({ failing: false, waiting: 0 });
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines.flatMap((line) => (line === '' ? [] : [JSON.parse(line).tool]))).toEqual(['first', 'second']);
    expect(await verifyAudit(lines, undefined)).toMatchObject({ records: 2, findings: [] });
  });

  it('fail-closed: begins nothing before a place is known to be writable', async () => {
    const missing = createAudit({
      sinks: [fileSink('/nowhere/audit.jsonl')],
      configuration: { store: false, onFailure: 'fail-closed', bufferSize: 10 },
      logger: createLogger({ level: 'silent' }),
    });
    await expect(missing.admit()).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });
    const { file, audit } = setUp();
    writeFileSync(file, '');
    chmodSync(file, 0o400);
    // Root may write whatever its mode is.
    if (process.getuid?.() !== 0) await expect(audit.admit()).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });
    else await audit.admit();
  });

  it('fail-closed: answers no call whose record found no room', async () => {
    const { audit } = setUp({ bufferSize: 2 });
    const ends = await Promise.allSettled([1, 2, 3].map(() => audit.record(finished())));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(audit.state.dropped).toBe(1);
  });

  it('buffer: goes on, keeps what fits, counts what does not, and catches up', async () => {
    const { file } = setUp();
    const { disk, sink } = failingDisk(fileSink(file));
    const { audit } = setUp({ sink, onFailure: 'buffer', bufferSize: 3 });
    disk.fails = true;
    for (let index = 0; index < 5; index += 1) {
      await audit.admit();
      await audit.record(finished());
    }
    expect(audit.state).toMatchObject({ waiting: 3, dropped: 2 });
    disk.fails = false;
    await audit.close();
    expect(audit.state).toMatchObject({ failing: false, waiting: 0 });
    expect(await verifyAudit(readFileSync(file, 'utf8').split('\n'), undefined)).toMatchObject({
      records: 3,
      findings: [],
    });
  });

  it.skipIf(spawnSync('prlimit', ['--version']).status !== 0)(
    'goes on behind the records that a full disk took',
    async () => {
      const { file } = setUp();
      const source = (path: string) => JSON.stringify(join(import.meta.dirname, '../src', path));
      // A process of its own, whose files may be eight kibibytes long for a while.
      const program = `
      const { execFileSync } = await import('node:child_process');
      const { createAudit } = await import(${source('audit/audit.ts')});
      const { fileSink } = await import(${source('audit/sinks.ts')});
      const { createLogger } = await import(${source('observe/index.ts')});
      const limit = (bytes) => execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=' + bytes + ':unlimited']);
      const audit = createAudit({
        sinks: [fileSink(process.argv[1])],
        configuration: { store: false, onFailure: 'buffer', bufferSize: 1_000 },
        logger: createLogger({ level: 'silent' }),
      });
      const call = (id) => ({ requestId: id, tool: 'execute_query', caller: { id: 'alice', scopes: 'all' } });
      const record = (index) => audit.record({ call: call('call ' + index), startedAtMs: 0, durationMs: 1, statements: [] });
      await record(0);
      await audit.close();
      limit(8_192);
      await Promise.all(Array.from({ length: 100 }, (_, index) => record(index + 1)));
      await audit.close();
      console.log(JSON.stringify(audit.state));
      limit('unlimited');
      await audit.close();
      console.log(JSON.stringify(audit.state));
    `;
      const flags = ['--conditions=@pgmcp/source', '--input-type=module', '-e', program, file];
      const { stdout, stderr } = spawnSync(process.execPath, flags, { encoding: 'utf8' });
      expect(stderr).toBe('');
      const [during, after] = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(during).toMatchObject({ failing: true, waiting: expect.any(Number), dropped: 0 });
      expect(during.waiting).toBeLessThan(100);
      expect(after).toEqual({ failing: false, waiting: 0, dropped: 0 });
      const lines = readFileSync(file, 'utf8').split('\n');
      expect(await verifyAudit(lines, undefined)).toMatchObject({ records: 101, chains: 1, findings: [] });
    },
  );

  it.skipIf(process.platform !== 'linux')('meets a disk that is really full', async () => {
    const audit = createAudit({
      sinks: [fileSink('/dev/full')],
      configuration: { store: false, onFailure: 'fail-closed', bufferSize: 10 },
      logger: createLogger({ level: 'silent' }),
    });
    await expect(audit.record(finished())).rejects.toMatchObject({ code: 'INTERNAL_ERROR' });
  });

  it('does nothing when it is not asked for', async () => {
    const audit = createAudit({
      sinks: [],
      configuration: { store: false, onFailure: 'fail-closed', bufferSize: 10 },
      logger: createLogger({ level: 'silent' }),
    });
    await audit.admit();
    await audit.record(finished());
    expect(audit).toMatchObject({ enabled: false, state: { failing: false, waiting: 0, dropped: 0 } });
  });
});
