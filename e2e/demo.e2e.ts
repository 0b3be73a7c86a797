import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { connectMcpClient } from '@pgmcp/testing';
import { describe, expect, it } from 'vitest';
import { END_TIMEOUT_MS, STDIO_PROGRAM, serverEnvironment } from './running-server.ts';

const DEMO = fileURLToPath(new URL('../examples/demo/main.ts', import.meta.url));

interface Answer {
  readonly status: string;
  readonly source: string;
  readonly rows: unknown[][];
}

describe('the demo', () => {
  it('shows the whole product from start to end', async () => {
    const { DATABASE_URL: _otherServer, ...environment } = process.env;
    const child = spawn(process.execPath, ['--conditions=@pgmcp/source', DEMO], { env: environment, stdio: 'pipe' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const [code] = await once(child, 'close');
    expect(code, output).toBe(0);
    for (const shown of [
      'execute_query',
      'source: verified',
      'Halden Northfield Family Tent',
      'status: hand_over',
      'order_items',
      'UNSAFE_SQL',
      'Index Cond: (product_id = 7)',
      'claude_desktop_config.json',
      'claude mcp add',
      '.vscode/mcp.json',
      '.cursor/mcp.json',
      'Done in',
    ]) {
      expect(output).toContain(shown);
    }
  }, 120_000);
});

describe.each(['modern', 'legacy'] as const)('pgmcp --demo, %s era', (era) => {
  it('serves the retail database to a role that is no superuser, and leaves nothing behind', async () => {
    const client = await connectMcpClient({
      era,
      command: process.execPath,
      args: [STDIO_PROGRAM, '--demo'],
      env: serverEnvironment({ DATABASE_URL: 'postgresql://ignored@127.0.0.1:1/ignored' }),
      endTimeoutMs: END_TIMEOUT_MS,
    });
    try {
      const answer = await client.callTool<Answer>('query', { question: 'Top 10 products by sales' });
      expect(answer.isError, answer.text).toBe(false);
      expect(answer.structuredContent).toMatchObject({ status: 'answered', source: 'verified', row_count: 10 });
      const list = await client.readResource('databases://list');
      const [database] = JSON.parse(list.contents[0]?.text ?? '').databases;
      expect(database).toMatchObject({ name: 'retail', status: 'up' });
      expect(database).not.toHaveProperty('warning');
      const denied = await client.callTool('execute_query', { sql: 'SELECT * FROM pg_authid' });
      expect(denied.isError).toBe(true);
    } finally {
      await client.close();
    }
  }, 120_000);
});

describe('pgmcp --demo as a plain user', () => {
  it.runIf(process.getuid?.() === 0)(
    'works for one who may not write into the checkout',
    async () => {
      const child = spawn(process.execPath, [STDIO_PROGRAM, '--demo'], {
        uid: 65_534,
        gid: 65_534,
        cwd: '/',
        env: { ...serverEnvironment({}), HOME: '/nonexistent' },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      let errors = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        errors += text;
      });
      const initialize = {
        jsonrpc: '2.0',
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'plain', version: '1' } },
      };
      child.stdin.write(`${JSON.stringify(initialize)}\n`);
      const [line] = await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'), once(child, 'exit')]);
      expect(String(line), errors).toContain('"name":"pgmcp"');
      child.stdin.end();
      const [code] = await once(child, 'exit');
      expect(code, errors).toBe(0);
    },
    120_000,
  );
});
