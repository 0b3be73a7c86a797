import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { verifyAudit } from '../src/audit/verify.ts';
import { failure, startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase({ template: 'retail' });

const settings = (more: Record<string, string> = {}) => ({
  PG_MCP_DATABASE_NAME: 'retail',
  PG_MCP_DATABASE_URL: database.url,
  ...more,
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'pgmcp-records-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe('what is kept', () => {
  it('outlives the process in a store, history and audit alike, and holds no canary', async () => {
    const role = await database.createRole('records');
    const owner = await database.connect();
    await owner.query(`GRANT CREATE ON DATABASE ${database.name} TO ${role.name}`);
    const file = join(folder(), 'audit.jsonl');
    const kept = settings({
      PG_MCP_STORE_URL: role.url,
      PG_MCP_STORE_AUTO_MIGRATE: 'true',
      PG_MCP_AUDIT_STORE: 'true',
      PG_MCP_AUDIT_FILE: file,
      PG_MCP_AUDIT_KEY: 'canary-audit-key',
      PG_MCP_HISTORY_SLOW_THRESHOLD: '1ms',
    });
    const first = await startInProcess(kept);
    const sql = "SELECT 'canary-literal' AS v, $1::text AS w /* canary-comment */";
    await succeed(first.client, 'execute_query', { sql, params: ['canary-parameter'] });
    await failure(first.client, 'execute_query', { sql: "DELETE FROM retail.orders WHERE note = 'canary-literal'" });
    await failure(first.client, 'execute_query', { sql: "SELECT 'canary-literal'::int AS v" });
    await first.services.close();
    const { services } = await startInProcess(kept);
    const { items } = await services.history.calls('everybody', { database: 'retail' });
    expect(items.map(({ outcome }) => outcome)).toEqual(['failed', 'refused', 'ok']);
    const page = await services.history.calls('everybody', { limit: 2 });
    const rest = await services.history.calls('everybody', { limit: 2, after: page.next });
    expect([...page.items, ...rest.items]).toHaveLength(3);
    await expect(services.history.calls('everybody', { after: 'x' })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
    });
    expect((await services.history.calls({ caller: 'somebody else' })).items).toEqual([]);
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(await verifyAudit(lines, 'canary-audit-key')).toMatchObject({ records: 3, findings: [] });
    const tables = await owner.query(
      "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'pgmcp' AND tablename ~ 'audit|history|slow'",
    );
    expect(tables.rows.length).toBeGreaterThanOrEqual(3);
    const stored = await owner.query(
      tables.rows.map(({ name }) => `SELECT data::text AS text FROM ONLY ${name}`).join(' UNION ALL '),
    );
    const everything = [
      ...lines,
      ...stored.rows.map(({ text }) => String(text)),
      ...first.log.map((line) => JSON.stringify(line)),
    ];
    expect(everything.length).toBeGreaterThan(8);
    expect(everything.join('\n')).not.toContain('canary');
  });

  it('answers nothing and runs nothing while the audit log cannot be written', async () => {
    const { client, services, log } = await startInProcess(settings({ PG_MCP_AUDIT_FILE: '/nowhere/audit.jsonl' }));
    const error = await failure(client, 'execute_query', { sql: 'SELECT 1 AS one' });
    expect(error).toMatchObject({ code: 'INTERNAL_ERROR', message: expect.stringContaining('audit log') });
    expect(services.poolStats()[0]?.borrowed).toBe(0);
    expect(log).toContainEqual(
      expect.objectContaining({ msg: 'audit records cannot be written', policy: 'fail-closed' }),
    );
  });

  it('goes on with a buffer when the policy says so', async () => {
    const { client, services } = await startInProcess(
      settings({ PG_MCP_AUDIT_FILE: '/nowhere/audit.jsonl', PG_MCP_AUDIT_ON_FAILURE: 'buffer' }),
    );
    await succeed(client, 'execute_query', { sql: 'SELECT 1 AS one' });
    await vi.waitFor(() => expect(services.audit.state).toMatchObject({ failing: true, waiting: 1 }), {
      timeout: 15_000,
    });
  });
});
