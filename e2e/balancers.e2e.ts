import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, mayTestWith } from '@pgmcp/testing/programs';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpServer, startHttpServer } from './running-server.ts';
import { eventually } from './topology/eventually.ts';
import { hasHaproxy } from './topology/haproxy.ts';
import { callTool } from './topology/tool-call.ts';

const database = useDatabase();
const secret = 'a secret between proxy and server, long enough';
const IDENTITY = { 'x-rls-user-id': 'alice', 'x-rls-tenant-id': 'acme', 'x-pgmcp-proxy-secret': secret };
const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const hasNginx = (): boolean => mayTestWith('nginx', existsSync('/usr/sbin/nginx'));

/** Sends a call through TLS whose certificate nobody has signed for this name. */
function callThrough(port: number, headers: Record<string, string>): Promise<{ status: number; text: string }> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} });
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path: '/mcp',
        method: 'POST',
        rejectUnauthorized: false,
        agent: false,
        headers: {
          host: 'localhost',
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          'content-length': Buffer.byteLength(body),
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The snippets as they are published, with addresses of this machine in the place of yours. */
describe('the snippets for balancers', () => {
  const directory = mkdtempSync(join(tmpdir(), 'pgmcp-balancer-'));
  let server: HttpServer;
  const started: ChildProcess[] = [];
  beforeAll(async () => {
    server = await startHttpServer({
      DATABASE_URL: database.url,
      PG_MCP_AUTH_TRUSTED_PROXY_CIDRS: '127.0.0.0/8',
      PG_MCP_AUTH_TRUSTED_PROXY_SECRET: secret,
    });
    const direct = await callTool(server.url, '', 'execute_query', { sql: 'SELECT 1' }, undefined, IDENTITY);
    expect(direct.status).toBe(200);
    const certificate = read('packages/pool/test/certificates/server.crt');
    const key = read('packages/pool/test/certificates/server.key');
    writeFileSync(join(directory, 'pgmcp.pem'), certificate + key);
    writeFileSync(join(directory, 'pgmcp.crt'), certificate);
    writeFileSync(join(directory, 'pgmcp.key'), key);
  });
  afterAll(async () => {
    for (const child of started) child.kill('SIGKILL');
    await server?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const here = (snippet: string, port: number) =>
    read(`deploy/balancers/${snippet}`)
      .replaceAll(/10\.0\.0\.1\d:3000/g, new URL(server.url).host)
      .replaceAll('port 9464', `port ${new URL(server.adminUrl).port}`)
      .replaceAll(/\/etc\/(?:haproxy|nginx)\//g, `${directory}/`)
      .replace(/bind :443/, `bind 127.0.0.1:${port}`)
      .replace(/listen 443/, `listen 127.0.0.1:${port}`);

  async function start(program: string, args: readonly string[], port: number) {
    const child = spawn(program, args, { stdio: 'ignore' });
    started.push(child);
    const isUp = async () => (await callThrough(port, {}).catch(() => ({ status: 0 }))).status === 401;
    expect(await eventually(isUp, 10_000)).toBe(true);
  }

  /** Nobody logs in through the balancer by headers that only a proxy may state. */
  async function stripsIdentities(port: number) {
    for (const headers of [IDENTITY, { ...IDENTITY, 'x-rls-role': 'admin' }]) {
      const { status, text } = await callThrough(port, headers);
      expect([status, text]).toEqual([401, expect.stringContaining('invalid_token')]);
    }
  }

  it.skipIf(!hasHaproxy())('are one that HAProxy takes, and that takes identities from strangers', async () => {
    const port = await findFreePort();
    const file = join(directory, 'haproxy.cfg');
    writeFileSync(file, here('haproxy.cfg', port));
    execFileSync('/usr/sbin/haproxy', ['-c', '-f', file], { stdio: 'pipe' });
    await start('/usr/sbin/haproxy', ['-db', '-f', file], port);
    await stripsIdentities(port);
  });

  it.skipIf(!hasNginx())('are one that nginx takes, and that takes identities from strangers', async () => {
    const port = await findFreePort();
    const file = join(directory, 'nginx.conf');
    writeFileSync(file, here('nginx.conf', port));
    const globals = `pid ${directory}/nginx.pid; error_log stderr; daemon off;`;
    execFileSync('/usr/sbin/nginx', ['-t', '-q', '-c', file, '-g', globals], { stdio: 'pipe' });
    await start('/usr/sbin/nginx', ['-c', file, '-g', `${globals} master_process off;`], port);
    await stripsIdentities(port);
  });
});
