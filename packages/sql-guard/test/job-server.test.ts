import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import type { CatalogSnapshot } from '../src/index.ts';
import { serveJobs } from '../src/job-server.ts';
import { compileParser } from '../src/parser-code.ts';
import { decodeVerdict } from '../src/verdict-message.ts';
import { toMessage, type WorkerMessage } from '../src/worker-protocol.ts';

const code = await compileParser();
const catalog: CatalogSnapshot = {
  fingerprint: 'jobs',
  searchPath: ['public'],
  definitionsQualified: true,
  relations: [{ schema: 'public', name: 't', kind: 'foreign-table', columns: [], parents: [] }],
  functions: [],
  operators: [],
  casts: [],
  types: [],
};

/** Serves what was sent before, in this thread: everything that a thread does between its start and its end. */
async function served(messages: readonly WorkerMessage[]): Promise<readonly unknown[]> {
  const { port1, port2 } = new MessageChannel();
  for (const message of messages) port1.postMessage(message);
  await serveJobs({ port: port2, signal: new Int32Array(new SharedArrayBuffer(4)) });
  const replies: unknown[] = [];
  for (let next = receiveMessageOnPort(port1); next; next = receiveMessageOnPort(port1))
    replies.push(typeof next.message === 'string' ? decodeVerdict(next.message) : next.message);
  port1.close();
  return replies;
}

describe('a thread', () => {
  it('answers texts, jobs with a context and parses, and ends when it is told to', async () => {
    const job = (sql: string, context = {}) => ({ kind: 'check', sql, byteLength: sql.length, context }) as const;
    const replies = await served([
      { type: 'code', code, key: 'none', policy: {} },
      'SELECT lower(a) FROM s.b',
      'SELECT pg_sleep(1)',
      toMessage(job('SELECT $1', { parameterCount: 1, serverVersionNum: 150_000 }), undefined),
      toMessage(job('DROP TABLE t', { purpose: 'explain-analyze' }), undefined),
      { type: 'catalog', key: 'of the test', snapshot: catalog },
      toMessage(job('SELECT * FROM t'), 'of the test'),
      { type: 'policy', key: 'other', policy: { tables: { allow: ['public.u'] } } },
      'SELECT * FROM public.t',
      { type: 'policy', key: 'none', policy: {} },
      'SELECT * FROM public.t',
      toMessage({ kind: 'parse', sql: 'SELECT 1', byteLength: 8 }, undefined),
      toMessage({ kind: 'parse', sql: 'SELEC', byteLength: 5 }, undefined),
      { type: 'close' },
      'SELECT 1',
    ]);
    expect(replies).toMatchObject([
      { type: 'ready' },
      { allowed: true, relations: [{ schema: 's', name: 'b' }], functions: [{ name: 'lower', builtIn: true }] },
      { allowed: false, violations: [{ code: 'function' }] },
      { allowed: true, parameterCount: 1 },
      { allowed: false },
      { allowed: false, violations: [{ code: 'relation' }] },
      { allowed: false, violations: [{ code: 'relation' }] },
      { allowed: true },
      { type: 'outcome', outcome: { parsed: true, tree: { stmts: [{}] } } },
      { type: 'outcome', outcome: { parsed: false, violations: [{ code: 'syntax' }] } },
    ]);
  });

  it('does nothing without a parser', async () => {
    expect(await served(['SELECT 1'])).toEqual([]);
    expect(await served([{ type: 'close' }])).toEqual([]);
  });

  it('answers on after ten thousand texts, having tested itself', async () => {
    const texts = Array.from({ length: 10_001 }, () => 'SELECT 1');
    const replies = await served([{ type: 'code', code, key: 'none', policy: {} }, ...texts, { type: 'close' }]);
    expect(replies).toHaveLength(10_002);
    expect(replies.slice(1).every((reply) => (reply as { allowed?: boolean }).allowed === true)).toBe(true);
  });
});
