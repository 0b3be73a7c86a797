import { fileURLToPath } from 'node:url';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { attackTarget } from '../src/cli/attack/attack-target.ts';
import { findSqlTool } from '../src/cli/attack/find-sql-tool.ts';
import { renderReport } from '../src/cli/attack/render-report.ts';
import type { AttackFinding } from '../src/cli/attack/run-attack.ts';
import { readTarget } from '../src/cli/attack/target.ts';
import { attackCommand } from '../src/cli/commands/attack.ts';

/** A server of its own: what other tests do to theirs would look like a side effect. */
let server: EmbeddedPostgres;
beforeAll(async () => {
  server = await startEmbeddedPostgres();
}, 60_000);
afterAll(() => server.stop());

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const program = (file: string) => ({
  command: process.execPath,
  arguments: ['--conditions=@pgmcp/source', '--disable-warning=ExperimentalWarning', path(file)],
});
const context = () => ({ signal: new AbortController().signal, progress: () => undefined });
/** A server that answers, and knows no tools. */
const LISTS_NOTHING = `require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const serverInfo = { name: 'none', version: '1' };
  const result = { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo };
  const rest = method === 'initialize' ? { result } : { error: { code: -32603, message: 'not today' } };
  console.log(JSON.stringify({ jsonrpc: '2.0', id, ...rest }));
});`;
const before = process.env['DATABASE_URL'];
const limitBefore = process.env['PG_MCP_RATE_LIMIT_ENABLED'];
afterEach(() => {
  if (limitBefore === undefined) delete process.env['PG_MCP_RATE_LIMIT_ENABLED'];
  else process.env['PG_MCP_RATE_LIMIT_ENABLED'] = limitBefore;
  if (before === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = before;
});

describe('pgmcp attack', () => {
  it('gets nothing through our own server, with the whole corpus', { timeout: 120_000 }, async () => {
    process.env['DATABASE_URL'] = server.url();
    process.env['PG_MCP_RATE_LIMIT_ENABLED'] = 'false';
    const report = await attackTarget(
      program('../../../apps/stdio/src/main.ts'),
      { others: {}, scratch: server.url(), timeoutMs: 20_000 },
      context(),
    );
    expect(report.findings).toEqual([]);
    expect(report.statements).toBeGreaterThan(1_000);
    expect(Object.keys(report.classes).length).toBeGreaterThan(40);
  });

  it('takes no statement that was turned away unread for refused', { timeout: 60_000 }, async () => {
    process.env['DATABASE_URL'] = server.url();
    process.env['PG_MCP_RATE_LIMIT_ENABLED'] = 'true';
    const target = program('../../../apps/stdio/src/main.ts');
    const options = { others: {}, scratch: server.url(), timeoutMs: 20_000 };
    await expect(attackTarget(target, options, context())).rejects.toThrow(/PG_MCP_RATE_LIMIT_ENABLED=false/);
  });

  it('finds what a careless server executes, what it leaves behind, and what kills it', {
    timeout: 60_000,
  }, async () => {
    process.env['DATABASE_URL'] = server.url();
    const classes = ['advisory-locks', 'large-objects', 'server-files', 'set-config'];
    const findings: AttackFinding[] = [];
    for (const attackClass of classes) {
      const options = { others: {}, scratch: server.url(), attackClass, timeoutMs: 20_000 };
      const report = await attackTarget(program('./programs/weak-mcp-server.ts'), options, context());
      expect(report).toMatchObject({ tool: 'run_query', argument: 'query' });
      findings.push(...report.findings);
      expect(renderReport(report)).toContain(`| ${attackClass} |`);
    }
    const seen = (attackClass: string) => findings.filter((finding) => finding.attackClass === attackClass);
    expect(seen('advisory-locks').some(({ sideEffects }) => sideEffects.includes('advisory locks'))).toBe(true);
    expect(seen('large-objects').some(({ sideEffects }) => sideEffects.includes('large objects'))).toBe(true);
    expect(seen('server-files').some(({ outcome }) => outcome === 'crashed')).toBe(true);
    expect(seen('set-config').some(({ outcome }) => outcome === 'executed')).toBe(true);
  });

  it('ends with 0 or 1, and prints the report', { timeout: 60_000 }, async () => {
    process.env['DATABASE_URL'] = server.url();
    const { command, arguments: args } = program('./programs/weak-mcp-server.ts');
    let printed = '';
    const flags = { with: {}, timeout: 20, format: 'json', class: 'sequences', 'i-own-this-server': false };
    const run = { words: [command, ...args], flags, print: (text: string) => (printed += text), ...context() };
    expect(await attackCommand.run(run as unknown as Parameters<typeof attackCommand.run>[0])).toBe(1);
    expect(JSON.parse(printed)).toMatchObject({ tool: 'run_query', classes: { sequences: {} } });
  });

  it('refuses an unknown class, and a server without a tool for SQL', async () => {
    const options = { others: {}, attackClass: 'none', timeoutMs: 1_000 };
    await expect(attackTarget(program('x'), options, context())).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    const tools = [{ name: 'add', inputSchema: { properties: { a: { type: 'number' } } } }];
    expect(() => findSqlTool(tools, {})).toThrow(/--tool and --argument. Tools: add/);
    expect(findSqlTool(tools, { tool: 'add', argument: 'a' })).toEqual({ tool: 'add', argument: 'a', others: {} });
  });

  it.each([
    [{ command: process.execPath, arguments: ['-e', ''] }, /is no MCP server over standard input and output/],
    [{ command: process.execPath, arguments: ['-e', LISTS_NOTHING] }, /does not list its tools/],
    [{ command: '/nowhere/program', arguments: [] }, /cannot be started.*ENOENT/],
    [{ url: new URL('http://127.0.0.1:9/mcp') }, /127\.0\.0\.1:9 does not answer as an MCP server/],
  ])('says that nothing answers as a server: %#', async (target, message) => {
    const attack = attackTarget(target, { others: {}, timeoutMs: 5_000 }, context());
    await expect(attack).rejects.toMatchObject({ code: 'CONNECTION_ERROR', message: expect.stringMatching(message) });
  });

  it('attacks this machine only, unless one says that the server is ones own', () => {
    expect(readTarget(['http://127.0.0.1:3000/mcp'], false)).toHaveProperty('url');
    expect(readTarget(['http://localhost/mcp'], false)).toHaveProperty('url');
    expect(readTarget(['http://[::1]:1/mcp'], false)).toHaveProperty('url');
    for (const address of ['http://192.0.2.1/mcp', 'https://127.0.0.1.example.com/', 'http://localhost.example.com/'])
      expect(() => readTarget([address], false)).toThrow(/--i-own-this-server/);
    expect(readTarget(['https://db.example.com/mcp'], true)).toHaveProperty('url');
    expect(() => readTarget(['http://'], false)).toThrow(/not an address/);
    expect(readTarget(['node', 'server.js', '--x'], false)).toEqual({
      command: 'node',
      arguments: ['server.js', '--x'],
    });
  });
});
