import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectMcpClient } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { STDIO_PROGRAM, serverEnvironment, startHttpServer, startServer } from './running-server.ts';

const database = useDatabase({ template: 'retail' });
const folder = mkdtempSync(join(tmpdir(), 'pgmcp-observation-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const logged = (log: string, message: string) =>
  log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter(({ msg }) => msg === message);

describe('a reload of pgmcp-http', () => {
  it('follows the file and SIGHUP, and keeps what it has when the file is wrong', async () => {
    const file = join(folder, 'pgmcp.yaml');
    const write = (rows: string) =>
      writeFileSync(
        file,
        `databases: [{ name: retail, url: "${database.url}" }]\nserver: { maxResultRows: ${rows}, logLevel: debug }\n`,
      );
    write('3');
    const server = await startHttpServer({}, ['--config', file]);
    const client = await connectMcpClient({ era: 'modern', url: server.url });
    const rows = async () => {
      const { structuredContent } = await client.callTool('execute_query', {
        sql: 'SELECT * FROM generate_series(1, 9) n',
      });
      return (structuredContent as { row_count: number }).row_count;
    };
    expect(await rows()).toBe(3);
    write('5');
    await vi.waitFor(async () => expect(await rows()).toBe(5), { timeout: 20_000, interval: 300 });
    write('"all of them"');
    const refused = 'configuration not reloaded; the former one stays in force';
    await vi.waitFor(() => expect(logged(server.log(), refused)).toHaveLength(1), { timeout: 20_000 });
    expect(await rows()).toBe(5);
    server.process.kill('SIGHUP');
    await vi.waitFor(() => expect(logged(server.log(), refused)).toHaveLength(2), { timeout: 20_000 });
    expect(await rows()).toBe(5);
    await client.close();
    await server.stop();
  });
});

describe.each(['stdio', 'http'] as const)('the records of a server over %s', (transport) => {
  it('hold who called what, and no canary', async () => {
    const audit = join(folder, `audit-${transport}.jsonl`);
    const logFile = join(folder, `log-${transport}.jsonl`);
    const settings = {
      PG_MCP_DATABASE_URL: database.url,
      PG_MCP_AUDIT_FILE: audit,
      PG_MCP_AUDIT_KEY: 'canary-audit-key',
      PG_MCP_TELEMETRY_LOG_FILE: logFile,
      PG_MCP_TELEMETRY_LOG_SQL: 'normalized',
      PG_MCP_TELEMETRY_SQL_COMMENTS: 'true',
    };
    const server = await startServer({ transport, era: 'modern' }, settings);
    await server.client.callTool('execute_query', {
      sql: "SELECT 'canary-literal' AS v, $1::text AS w -- canary-comment",
      params: ['canary-parameter'],
    });
    await server.client.callTool('execute_query', { sql: "DELETE FROM retail.orders WHERE note = 'canary-literal'" });
    await server.close();
    const records = readFileSync(audit, 'utf8');
    const decisions = records.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line).decision]));
    expect(decisions).toEqual(['allow', 'deny']);
    const file = readFileSync(logFile, 'utf8');
    expect(logged(file, 'statement')).toMatchObject([{ sql: expect.stringMatching(/^SELECT \$\d AS v/) }, {}]);
    expect(logged(server.log(), 'statement')).toHaveLength(2);
    expect(records + file + server.log()).not.toContain('canary');
    const verified = spawnSync(process.execPath, [STDIO_PROGRAM, 'audit', 'verify', audit], {
      env: serverEnvironment(settings),
      encoding: 'utf8',
    });
    expect(verified).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining('2 records in 1 chains, 0 problems.'),
    });
  });
});
