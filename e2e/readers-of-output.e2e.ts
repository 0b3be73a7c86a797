import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it, onTestFinished } from 'vitest';
import { STDIO_PROGRAM, serverEnvironment } from './running-server.ts';

const database = useDatabase();
/** Long enough for a process that waits for nobody to have ended, in milliseconds. */
const IDLE_MS = 1_500;
const ROWS = 4_000;
const SQL = `SELECT n, repeat('x', 500) AS text FROM generate_series(1, ${ROWS}) AS n`;

/** Starts `pgmcp` with pipes that nobody reads yet. */
function start(...words: string[]) {
  const child = spawn(process.execPath, [STDIO_PROGRAM, ...words], {
    env: serverEnvironment({
      PG_MCP_DATABASE_URL: database.url,
      PG_MCP_SERVER_MAX_RESULT_ROWS: '100000',
      PG_MCP_SERVER_MAX_RESULT_BYTES: '64MiB',
      PG_MCP_SERVER_MAX_RESULT_TOKENS: '100000000',
    }),
    stdio: 'pipe',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const closed = once(child, 'close') as Promise<[number | null]>;
  const said = { text: '' };
  child.stderr.on('data', (chunk) => {
    said.text += String(chunk);
  });
  return { child, closed, said };
}

describe('a command whose reader is slow', () => {
  // Standard output of a process that has ended is gone with what its pipe did not hold.
  it.each(['json', 'ndjson', 'csv'])('gives it every row as %s', async (format) => {
    const { child, closed, said } = start('query', SQL, '--format', format);
    await once(child.stdout, 'readable');
    await pause(IDLE_MS);
    const written = await text(child.stdout);
    const [code] = await closed;
    expect(code).toBe(0);
    expect(written.match(/x{500}/g)).toHaveLength(ROWS);
    expect(said.text).not.toContain('Error');
  });

  it('says so in one line when the reader goes away before the end', async () => {
    const { child, closed, said } = start('query', SQL, '--format', 'csv');
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = await closed;
    expect(code).toBe(1);
    expect(said.text).toContain('Standard output takes no more (EPIPE): not everything was written.');
    expect(said.text).not.toMatch(/^ {4}at /m);
  });
});

it('the last answer reaches a client that reads it after it has closed its side', async () => {
  const { child, closed, said } = start();
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const clientInfo = { name: 'slow', version: '1' };
  send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo } });
  send({ method: 'notifications/initialized' });
  send({ id: 2, method: 'tools/call', params: { name: 'execute_query', arguments: { sql: SQL, limit: 900 } } });
  while (!said.text.includes('"msg":"tool call"')) await once(child.stderr, 'data');
  child.stdin.end();
  await pause(IDLE_MS);
  const answers = await text(child.stdout);
  const [code] = await closed;
  expect(code).toBe(0);
  const answer = answers.split('\n').find((line) => line.includes('xxxxx')) ?? '';
  expect(JSON.parse(answer).result.structuredContent.row_count).toBe(900);
});
