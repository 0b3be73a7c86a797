import type { Socket } from 'node:net';
import { setInterval as every } from 'node:timers/promises';
import { createPools, type DatabaseSettings, type PoolEvent } from '@pgmcp/pool';
import { afterEach, describe, expect, test } from 'vitest';
import { eventually, sleep } from './eventually.ts';
import {
  AUTHENTICATED,
  COLUMN,
  done,
  FLIGHT,
  failed,
  LOG_IN,
  parameter,
  READY,
  row,
  said,
  startLyingServer,
} from './lying-server.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function open(lies: Parameters<typeof startLyingServer>[0], settings: Partial<DatabaseSettings> = {}) {
  const server = await startLyingServer(lies);
  cleanups.push(server.stop);
  const events: PoolEvent[] = [];
  const limits = { maxConnections: 1, connectTimeoutMs: 300, borrowTimeoutMs: 600, statementTimeoutMs: 200 };
  const pools = createPools([{ name: 'main', url: server.url, ...limits, ...settings }], {
    onEvent: (event) => events.push(event),
    environment: {},
  });
  cleanups.push(() => pools.close({ deadlineMs: 100 }));
  return { db: pools.database('main'), pools, server, events };
}

const NOTHING = Buffer.alloc(0);

describe('a server that lies about a read', () => {
  test('but the one of these tests can also tell the truth', async () => {
    const { db } = await open({});
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
    expect(db.stats()).toMatchObject({ total: 1, idle: 1 });
  });

  const begun = done('BEGIN');
  const ended = Buffer.concat([done('DEALLOCATE ALL'), done('ROLLBACK'), READY]);
  test.each([
    ['ready before anything was answered', READY],
    ['ready before the statement was answered', Buffer.concat([begun, READY])],
    ['ready before the transaction was ended', Buffer.concat([begun, COLUMN, row('1'), done('SELECT 1'), READY])],
    ['one answer too many', Buffer.concat([begun, COLUMN, row('1'), done('SELECT 1'), done('SELECT 1'), ended])],
    ['the answers in another order', Buffer.concat([COLUMN, row('1'), done('SELECT 1'), begun, ended])],
    ['a request for a password', Buffer.concat([begun, said('R', 3)])],
    ['a request for a hashed password', Buffer.concat([begun, said('R', 5, 'salt')])],
    ['the end of a log-in', Buffer.concat([begun, AUTHENTICATED])],
    ['data of a COPY that nobody began', Buffer.concat([begun, said('d', 'data')])],
    ['a message that there is not', Buffer.concat([begun, said('y', 'data')])],
    ['a length below zero', Buffer.concat([begun, Buffer.from('D\xff\xff\xff\xff', 'latin1')])],
    ['a row of 2 GB', Buffer.concat([begun, Buffer.from('D\x7f\xff\xff\xff', 'latin1')])],
    ['fields longer than their row', Buffer.concat([begun, COLUMN, said('D', Buffer.from([0, 1]), 1_000_000, 'x')])],
    ['fewer than no fields', Buffer.concat([begun, said('T', Buffer.from([0xff, 0xff]))])],
    ['an error without an end', Buffer.concat([begun, said('E')])],
    ['an error whose end is cut off', Buffer.concat([begun, said('E', 'SERROR\0CXX000\0Mlie\0')])],
    ['an error whose text is cut off', Buffer.concat([begun, said('E', 'SERROR')])],
    ['a notice without an end', Buffer.concat([begun, said('N')])],
    ['a tag without an end', said('C', 'BEGIN')],
    ['a status that there is not', Buffer.concat([FLIGHT.subarray(0, -1), Buffer.from('?')])],
    ['an open transaction at the end', Buffer.concat([FLIGHT.subarray(0, -1), Buffer.from('T')])],
    ['a second end', Buffer.concat([FLIGHT, READY])],
    ['an answer that nobody asked for behind the end', Buffer.concat([FLIGHT, COLUMN, row('2')])],
    ['the end of its session', Buffer.concat([begun, failed('FATAL', '57P01', 'ended')])],
    ['the end of its session behind the answer', Buffer.concat([FLIGHT, failed('FATAL', '57P01', 'ended')])],
    ['nothing', NOTHING],
  ])('%s: the call ends, its connection is not lent again, the next call is served', async (_, lie) => {
    let lies = 1;
    const { db, events } = await open({
      answer: (socket) => {
        lies -= 1;
        socket.write(lies < 0 ? FLIGHT : lie);
      },
    });
    const outcome = await db.table('SELECT 1').catch((error: unknown) => error);
    // Either the whole answer had come before the lie, or it is an error: never a part of an answer.
    if (outcome instanceof Error)
      expect(outcome).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$|^[0-9A-Z]{5}$/) });
    else expect(outcome).toMatchObject({ rows: [['1']], command: 'SELECT 1' });
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
    expect(events.filter(({ type }) => type === 'connection-opened').length).toBe(2);
    expect(db.stats()).toMatchObject({ total: 1, waiting: 0 });
  });

  test.each([
    ['notices', said('N', 'SNOTICE\0C00000\0Mlook\0\0')],
    ['rows', row('x'.repeat(100))],
    ['ends of statements', done('SELECT 1')],
    ['notifications', said('A', 1, 'channel\0payload\0')],
    ['parameters', parameter('application_name', 'x')],
  ])('%s without end: the call ends in time and others run meanwhile', async (_, flood) => {
    const chunk = Buffer.concat(Array.from({ length: 500 }, () => flood));
    const { db } = await open({
      answer: (socket) => {
        const pour = () => {
          while (!socket.destroyed && socket.write(chunk));
        };
        socket.on('drain', pour);
        pour();
      },
    });
    const outcome = db.table('SELECT 1').catch((error: unknown) => error);
    let turns = 0;
    for await (const _ of every(10)) {
      turns += 1;
      if (turns === 5) break;
    }
    expect(await outcome).toMatchObject({ code: expect.stringMatching(/TIMEOUT|CONNECTION_LOST|RESULT_TOO_LARGE/) });
    expect(db.stats()).toMatchObject({ total: 0, waiting: 0 });
  });

  test('an answer byte by byte: the statement has its time as a whole, not for each byte', async () => {
    const { db } = await open({
      answer: (socket) => {
        let at = 0;
        const timer = setInterval(() => {
          if (socket.destroyed || at >= FLIGHT.length) clearInterval(timer);
          else socket.write(FLIGHT.subarray(at, at + 1));
          at += 1;
        }, 100);
      },
    });
    await expect(db.table('SELECT 1')).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  test('names of parameters without end are not remembered', async () => {
    let n = 0;
    const { db, pools } = await open({
      answer: (socket) => {
        const names = Array.from({ length: 300 }, () => parameter(`made_up_${n++}`, 'x'));
        socket.write(Buffer.concat([...names, FLIGHT]));
      },
    });
    for (let call = 0; call < 3; call += 1) expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
    expect(pools.stats()[0]).toMatchObject({ total: 1 });
  });

  test('rows on a connection that nobody uses end it', async () => {
    const { db, events } = await open({
      answer: (socket) => {
        socket.write(FLIGHT);
        setTimeout(() => socket.write(Buffer.concat([COLUMN, row('2')])), 20);
      },
    });
    await db.table('SELECT 1');
    await eventually(
      () => events,
      (seen) => seen.some(({ type }) => type === 'connection-closed'),
    );
    expect(db.stats()).toMatchObject({ total: 0 });
  });
});

describe('a server that lies while somebody logs in', () => {
  test.each([
    ['an error without an end', said('E')],
    ['a notice without an end', said('N', 'S')],
    ['an unknown kind of log-in', said('R', 99)],
    ['no mechanism', said('R', 10, '\0')],
    ['a mechanism that there is not', said('R', 10, 'MAGIC\0\0')],
    ['the middle of a log-in', said('R', 11, 'r=x,s=eA==,i=4096')],
    ['its end', said('R', 12, 'v=eA==')],
    ['a key and no end', Buffer.concat([AUTHENTICATED, said('K', 1, 2)])],
    ['a key that is cut off', Buffer.concat([AUTHENTICATED, said('K', 1)])],
    ['rows', Buffer.concat([AUTHENTICATED, COLUMN, row('1')])],
    [
      'parameters without end',
      Buffer.concat(Array.from({ length: 5_000 }, (_, n) => parameter(`p${n}`, 'x'.repeat(50)))),
    ],
    [
      'hidden text rules',
      Buffer.concat([AUTHENTICATED, parameter('standard_conforming_strings', 'off'), said('K', 1, 2), READY]),
    ],
  ])('%s: a failure in time, the process lives', async (_, lie) => {
    const { db, server } = await open({ logIn: (socket) => socket.write(lie) });
    await expect(db.table('SELECT 1')).rejects.toMatchObject({ code: 'CONNECT_FAILED' });
    expect(await eventually(server.open, (count) => count === 0)).toBe(0);
  });

  test('and wants two thousand million rounds of hashing is refused before one is done', async () => {
    const { db } = await open({
      logIn: (socket) => {
        socket.once('data', () => {});
        socket.write(said('R', 10, 'SCRAM-SHA-256\0\0'));
      },
      answer: (socket, received) => {
        const nonce = /r=([^,]+)/.exec(received.toString('latin1'))?.[1] ?? '';
        socket.write(said('R', 11, `r=${nonce}more,s=c2FsdHNhbHRzYWx0c2FsdA==,i=2000000000`));
      },
    });
    await expect(db.table('SELECT 1')).rejects.toMatchObject({
      code: 'CONNECT_FAILED',
      message: expect.stringContaining('iteration'),
    });
  });

  test.each([
    ['nothing', NOTHING],
    ['garbage', Buffer.from('\x16\x03\x01garbage', 'latin1')],
    ['a log-in in plain text', Buffer.concat([AUTHENTICATED, READY])],
  ])('TLS accepted and %s sent along in plain text is never taken for the server', async (_, injected) => {
    for (const sslMode of ['require', 'verify-full'] as const) {
      const { db } = await open(
        { encrypt: (socket) => socket.write(Buffer.concat([Buffer.from('S'), injected])) },
        { sslMode },
      );
      await expect(db.table('SELECT 1')).rejects.toMatchObject({
        code: 'CONNECT_FAILED',
        message: expect.stringContaining(`sslMode ${sslMode}`),
      });
    }
  });

  test('and never answers the question whether it is the primary does not keep the place of a connection for ever', async () => {
    let isSilent = true;
    const { db, server } = await open(
      {
        answer: (socket, received) => {
          if (isSilent) return;
          const isQuestion = received.toString('latin1').includes('pg_is_in_recovery');
          socket.write(isQuestion ? Buffer.concat([COLUMN, row('f'), done('SELECT 1'), READY]) : FLIGHT);
        },
      },
      { targetSessionAttrs: 'primary' },
    );
    await expect(db.table('SELECT 1')).rejects.toMatchObject({ code: 'CONNECT_FAILED' });
    isSilent = false;
    const table = await eventually(
      () => db.table('SELECT 1').catch(() => undefined),
      (answer) => answer !== undefined,
    );
    expect(table?.rows).toEqual([['1']]);
    expect(await eventually(server.open, (count) => count === 1)).toBe(1);
  });

  test('and answers the question whether it is the primary with an error leaves no connection behind', async () => {
    const { db, server } = await open(
      { answer: (socket) => socket.write(Buffer.concat([failed('ERROR', '42501', 'not you'), READY])) },
      { targetSessionAttrs: 'primary' },
    );
    await expect(db.table('SELECT 1')).rejects.toMatchObject({ code: expect.any(String) });
    expect(await eventually(server.open, (count) => count === 0)).toBe(0);
  });
});

describe('who takes log-ins and ends every session, as a pooler without its server', () => {
  const refusing = Buffer.concat([failed('FATAL', '08P01', 'server login has been failing')]);

  test.each([
    ['at its first message', { answer: (socket: Socket) => socket.end(refusing) }],
    ['at once', { logIn: (socket: Socket) => socket.end(Buffer.concat([LOG_IN, refusing])) }],
  ])('%s is not asked thousands of times, and the call says why it failed', async (_, lies) => {
    const { db, events } = await open(lies, { maxConnections: 4, connectTimeoutMs: 2_000 });
    const calls = await Promise.allSettled(Array.from({ length: 6 }, () => db.table('SELECT 1')));
    for (const call of calls) expect(call).toMatchObject({ status: 'rejected', reason: { retryable: true } });
    // Not every one: on a busy machine a sign of life may be waited for in vain before its refusal is read.
    expect(JSON.stringify(calls.map((call) => 'reason' in call && String(call.reason)))).toContain(
      'server login has been failing',
    );
    expect(events.filter(({ type }) => type === 'connection-opened').length).toBeLessThan(80);
    const stats = await eventually(db.stats, ({ total, connecting }) => total + connecting === 0);
    expect(stats).toMatchObject({ total: 0, waiting: 0, connecting: 0 });
  });
});

describe('a server that never answers', () => {
  const silent = { answer: () => {} };
  test('LISTEN: the call ends', async () => {
    const { db, server } = await open(silent);
    await expect(db.listen('news', () => {})).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(await eventually(server.open, (count) => count === 0)).toBe(0);
  });

  test('the statement of a transaction, a stream, a maintenance: each call ends', async () => {
    const { db } = await open(silent);
    await expect(db.transaction((one) => one.query('SELECT 1'))).rejects.toMatchObject({ code: 'TIMEOUT' });
    await expect(db.stream('SELECT 1')[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'TIMEOUT' });
    await expect(db.maintain('VACUUM')).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect((await db.health()).status).toBe('down');
    expect(db.stats()).toMatchObject({ total: 0, waiting: 0 });
  });

  test('an abort at any moment ends the call', async () => {
    const { db } = await open(silent, { statementTimeoutMs: 5_000 });
    for (const afterMs of [0, 1, 5, 20]) {
      const controller = new AbortController();
      const call = db.with({ signal: controller.signal }).table('SELECT 1');
      setTimeout(() => controller.abort(), afterMs);
      await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    }
    await sleep(0);
    expect(db.stats()).toMatchObject({ waiting: 0, lent: 0 });
  });
});
