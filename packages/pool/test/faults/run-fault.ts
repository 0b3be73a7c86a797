import type { EmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import pg from 'pg';
import { type ChaosProxy, startChaosProxy } from './chaos-proxy.ts';
import type { Fault, Rig } from './matrix.ts';
import { BORROW_MS, CONNECTIONS, openSubject, type Subject, type SubjectName, TIMEOUT_MS } from './subjects.ts';

const QUICK = 'SELECT count(*) FROM generate_series(1, 500)';
const WARM_UP_MS = 150;
const IDLE_MS = 1_150;
/** What a call may take: waiting for a connection, its statement, one second of grace, and some slack for a busy machine. */
export const CALL_LIMIT_MS = BORROW_MS + TIMEOUT_MS + 1_000 + 1_000;
const GIVE_UP_MS = 8_000;
/** A backend that builds a huge value looks for a cancel only when it is done. */
const ORPHANS_GONE_MS = 5_000;

/** What was seen of one fault. */
export interface Observation {
  readonly calls: number;
  /** Codes of the calls that failed, begun before the fault was over. */
  readonly errors: readonly string[];
  /** Codes of the calls that failed although they began after the first success. */
  readonly lateErrors: readonly string[];
  readonly slowestCallMs: number;
  /** Calls that had not settled when we gave up. */
  readonly hanging: number;
  /** From healing to the first success; undefined when there was none. */
  readonly recoveredAfterMs: number | undefined;
  /** Statements of the subject still running on the server at the end. */
  readonly orphans: number;
  readonly counts: { readonly total: number; readonly idle: number; readonly waiting: number };
}

interface Call {
  readonly startedAt: number;
  endedAt?: number;
  error?: string;
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function runAdmin(server: EmbeddedPostgres, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server.url(), application_name: 'admin' });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function track(calls: Call[], subject: Subject, text: string): Promise<void> {
  const call: Call = { startedAt: performance.now() };
  calls.push(call);
  return subject.call(text).then(
    () => {
      call.endedAt = performance.now();
    },
    (error: { code?: string; message?: string }) => {
      call.endedAt = performance.now();
      call.error = error.code ?? error.message ?? 'unknown';
    },
  );
}

/** Calls one after the other until told to stop; not in a tight circle when every call fails at once. */
async function work(calls: Call[], subject: Subject, text: () => string, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const startedAt = performance.now();
    await track(calls, subject, text());
    await sleep(performance.now() - startedAt < 5 ? 5 : 0);
  }
}

async function eventually<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean, limitMs: number): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (isRight(answer) || performance.now() > deadline) return answer;
    await sleep(20);
  }
}

/** Puts one subject through one fault. */
export async function runFault(server: EmbeddedPostgres, subjectName: SubjectName, fault: Fault): Promise<Observation> {
  const proxy: ChaosProxy = await startChaosProxy(server);
  const subject = openSubject(subjectName, `postgresql://app@127.0.0.1:${proxy.port}/postgres`);
  const undos: (() => unknown)[] = [];
  const rig: Rig = {
    server,
    proxy,
    subject,
    admin: (sql) => runAdmin(server, sql),
    backends: async () =>
      (await runAdmin(server, "SELECT pid FROM pg_stat_activity WHERE application_name = 'subject'")).map(({ pid }) =>
        Number(pid),
      ),
    undo: (undo) => undos.push(undo),
  };
  const calls: Call[] = [];
  let isOver = false;
  let isHealed = false;
  try {
    // The statements that are themselves the fault are sent while it lasts; before and after, quick ones show who still works.
    let isOn = false;
    const text = () => (isOn && fault.statement !== undefined ? fault.statement : QUICK);
    const workers = () => Array.from({ length: CONNECTIONS }, () => work(calls, subject, text, () => isOver));
    let working: Promise<unknown> = Promise.resolve();
    if (fault.when === 'idle') {
      await Promise.all(Array.from({ length: CONNECTIONS }, () => track(calls, subject, 'SELECT pg_sleep(0.03)')));
      // Idle is what has been given back, which may be a moment after its answer.
      await eventually(
        async () => subject.counts(),
        ({ total, idle }) => total === idle,
        GIVE_UP_MS,
      );
      await sleep(IDLE_MS);
    } else {
      working = Promise.all(workers());
      await sleep(WARM_UP_MS);
    }
    isOn = fault.statement !== undefined;
    if (isOn) await sleep(50);
    await fault.inject(rig);
    if (fault.when === 'idle' && fault.holdMs === 0) working = Promise.all(workers());
    await sleep(fault.holdMs);
    if (fault.when === 'idle' && fault.holdMs > 0) working = Promise.all(workers());
    await fault.heal(rig);
    isHealed = true;
    isOn = false;
    const healedAt = performance.now();
    const firstSuccess = () =>
      calls.find(
        ({ startedAt, endedAt, error }) =>
          endedAt !== undefined && error === undefined && (startedAt >= healedAt || endedAt >= healedAt),
      );
    await eventually(
      async () => firstSuccess(),
      (call) => call !== undefined,
      GIVE_UP_MS,
    );
    const recovered = firstSuccess()?.endedAt;
    // What was begun before has to settle; what begins now has to work.
    await sleep(300);
    isOver = true;
    await Promise.race([working, sleep(CALL_LIMIT_MS + 500)]);
    const settled = calls.filter(({ endedAt }) => endedAt !== undefined);
    const failed = settled.filter(({ error }) => error !== undefined);
    const late = failed.filter(({ startedAt }) => recovered !== undefined && startedAt > recovered + 50);
    // A frozen backend cannot end; what counts is that it does when it can.
    for (const undo of undos.splice(0).reverse()) await undo();
    const orphans = await eventually(
      async () =>
        Number(
          (
            await rig.admin(
              "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'subject' AND state = 'active'",
            )
          )[0]?.['count'],
        ),
      (count) => count === 0,
      ORPHANS_GONE_MS,
    );
    const counts = await eventually(
      async () => subject.counts(),
      ({ total, idle, waiting }) => total === idle && waiting === 0,
      2_000,
    );
    return {
      calls: calls.length,
      errors: failed.filter((call) => !late.includes(call)).map(({ error }) => error ?? ''),
      lateErrors: late.map(({ error }) => error ?? ''),
      slowestCallMs: Math.round(Math.max(...settled.map(({ startedAt, endedAt = 0 }) => endedAt - startedAt))),
      hanging: calls.length - settled.length,
      recoveredAfterMs: recovered === undefined ? undefined : Math.round(recovered - healedAt),
      orphans,
      counts: { total: counts.total, idle: counts.idle, waiting: counts.waiting },
    };
  } finally {
    isOver = true;
    if (!isHealed) await Promise.resolve(fault.heal(rig)).catch(() => {});
    for (const undo of undos.reverse()) await undo();
    await Promise.race([subject.close(), sleep(2_000)]);
    await proxy.close();
  }
}
