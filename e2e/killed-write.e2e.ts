import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { type HttpServer, startHttpServer } from './running-server.ts';
import { callTool, type WireCaller } from './wire-call.ts';

const database = useDatabase();
const records = useDatabase();

const queries = [1, 2].map((id) => ({ sql: `UPDATE accounts SET balance = 0 WHERE id = ${id}` }));

/** A server that is killed while a confirmed write runs: `kill -9`, no drain, no last words. */
describe('a write whose server is killed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pgmcp-killed-'));
  const auditFile = join(folder, 'audit.jsonl');
  afterAll(() => rmSync(folder, { recursive: true }));
  const start = () =>
    startHttpServer({
      DATABASE_URL: database.url,
      PG_MCP_SECURITY_MODE: 'standard',
      PG_MCP_STORE_URL: records.url,
      PG_MCP_STORE_AUTO_MIGRATE: 'true',
      PG_MCP_AUDIT_FILE: auditFile,
    });
  const callerOf = (server: HttpServer): WireCaller => ({ url: server.url, headers: {} });

  it('is not half done, not done again by its token, and stands in the audit log', async () => {
    const admin = await database.connect();
    await admin.query(
      'CREATE TABLE accounts (id int PRIMARY KEY, balance int); INSERT INTO accounts VALUES (1, 10), (2, 20)',
    );
    const blocker = await database.connect();
    onTestFinished(async () => {
      await Promise.all([admin.end(), blocker.end()]);
    });
    const first = await start();
    const preview = await callTool(callerOf(first), 'execute_transaction', { queries });
    const token = preview.structured?.['confirmation_token'];
    expect(token, JSON.stringify(preview.error)).toEqual(expect.any(String));

    // The first statement runs, the second waits.
    await blocker.query('BEGIN; SELECT FROM accounts WHERE id = 2 FOR UPDATE');
    const confirmed = callTool(callerOf(first), 'execute_transaction', { queries, confirmation_token: token });
    const lost = expect(confirmed).rejects.toThrow();
    const waiting = `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    await expect.poll(async () => (await admin.query(waiting)).rows.length, { timeout: 20_000 }).toBe(1);
    const exited = once(first.process, 'exit');
    first.process.kill('SIGKILL');
    await exited;
    await lost;
    await blocker.query('COMMIT');
    const open = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`;
    await expect.poll(async () => (await admin.query(open)).rows, { timeout: 20_000 }).toEqual([]);
    const balances = async () =>
      (await admin.query('SELECT balance FROM accounts ORDER BY id')).rows.map((row) => row.balance);
    expect(await balances()).toEqual([10, 20]);

    const second = await start();
    const again = await callTool(callerOf(second), 'execute_transaction', { queries, confirmation_token: token });
    expect(again.error).toMatchObject({ code: 'CONFIRMATION_INVALID' });
    expect(await balances()).toEqual([10, 20]);
    await second.stop();

    const audited = readFileSync(auditFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const begun = audited.filter(({ outcome }) => outcome === 'begun');
    expect(begun).toEqual([
      expect.objectContaining({
        tool: 'execute_transaction',
        decision: 'allow',
        statements: queries.map(() =>
          expect.objectContaining({ kind: 'update', sql: expect.stringMatching(/^UPDATE accounts/) }),
        ),
      }),
    ]);
    // Nothing follows it: that is how an auditor sees that its end is unknown.
    expect(audited.filter(({ requestId }) => requestId === begun[0]?.requestId)).toHaveLength(1);
    expect(JSON.stringify(audited)).not.toContain(String(token));
  });
});
