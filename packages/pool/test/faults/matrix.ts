import type { EmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import type { ChaosProxy } from './chaos-proxy.ts';
import type { Subject } from './subjects.ts';

/** What a fault is made with. */
export interface Rig {
  readonly server: EmbeddedPostgres;
  readonly proxy: ChaosProxy;
  readonly subject: Subject;
  /** Runs SQL as superuser, past the proxy, on a connection of its own. */
  admin(sql: string): Promise<readonly Record<string, unknown>[]>;
  /** Process ids of the subject's backends. */
  backends(): Promise<readonly number[]>;
  /** Undone after the cell, also when it fails. */
  undo(undo: () => Promise<unknown> | unknown): void;
}

/** One row of the matrix. */
export interface Fault {
  readonly name: string;
  /** `busy`: callers at work when it comes; `idle`: connections pooled and unused for more than a second. */
  readonly when: 'busy' | 'idle';
  readonly inject: (rig: Rig) => Promise<unknown> | unknown;
  /** How long it lasts before `heal`. */
  readonly holdMs: number;
  readonly heal: (rig: Rig) => Promise<unknown> | unknown;
  /** From `heal` to the first success. */
  readonly recoverWithinMs: number;
  /** Errors that calls begun before the fault, or while it lasted, may get: all of them, or none. */
  readonly mayFail: boolean;
  /** The statement of the callers. Default: a quick one. */
  readonly statement?: string;
  /** What every call that fails has to fail with. */
  readonly codes?: RegExp;
}

const nothing = () => {};
const signalAll = async ({ backends }: Rig, signal: NodeJS.Signals) => {
  for (const pid of await backends()) process.kill(pid, signal);
};

/** A ParameterStatus that says that backslashes are escapes now: the text that was checked would mean something else. */
const UNTRUSTED_PARAMETER = (() => {
  const body = Buffer.from('standard_conforming_strings\0off\0');
  const message = Buffer.alloc(5 + body.length);
  message.write('S');
  message.writeInt32BE(4 + body.length, 1);
  body.copy(message, 5);
  return message;
})();

/** Every fault as data. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'idle backends terminated (57P01)',
    when: 'idle',
    inject: ({ admin }) =>
      admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'subject'"),
    holdMs: 0,
    heal: nothing,
    recoverWithinMs: 1_000,
    mayFail: false,
  },
  {
    name: 'backends terminated between statements of callers',
    when: 'busy',
    inject: ({ admin }) =>
      admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'subject'"),
    holdMs: 0,
    heal: nothing,
    recoverWithinMs: 1_000,
    mayFail: false,
  },
  {
    name: 'backends terminated in the middle of a statement',
    when: 'busy',
    statement: 'SELECT pg_sleep(0.2)',
    inject: ({ admin }) =>
      admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'subject'"),
    holdMs: 0,
    heal: nothing,
    recoverWithinMs: 1_500,
    mayFail: false,
  },
  {
    name: 'a backend killed (SIGKILL): the server recovers, 57P03',
    when: 'busy',
    inject: async ({ backends }) => process.kill((await backends())[0] ?? 0, 'SIGKILL'),
    holdMs: 0,
    heal: nothing,
    recoverWithinMs: 5_000,
    mayFail: true,
    codes: /CONNECT_FAILED|CONNECTION_LOST|BUSY/,
  },
  {
    name: 'server crashes and comes back',
    when: 'busy',
    inject: ({ server }) => server.crash(),
    holdMs: 500,
    heal: ({ server }) => server.resume(),
    recoverWithinMs: 5_000,
    mayFail: true,
    codes: /CONNECT_FAILED|CONNECTION_LOST|BUSY/,
  },
  {
    name: 'server crashes and comes back, nobody calling',
    when: 'idle',
    inject: ({ server }) => server.crash(),
    holdMs: 300,
    heal: ({ server }) => server.resume(),
    recoverWithinMs: 5_000,
    mayFail: true,
  },
  {
    name: 'all backends frozen (SIGSTOP)',
    when: 'busy',
    inject: async (rig) => {
      const pids = await rig.backends();
      rig.undo(() => {
        for (const pid of pids)
          try {
            process.kill(pid, 'SIGCONT');
          } catch {}
      });
      await signalAll(rig, 'SIGSTOP');
    },
    holdMs: 300,
    heal: nothing,
    recoverWithinMs: 4_000,
    mayFail: true,
    codes: /TIMEOUT|BUSY|CONNECTION_LOST/,
  },
  {
    name: 'idle backends frozen (SIGSTOP)',
    when: 'idle',
    inject: async (rig) => {
      const pids = await rig.backends();
      rig.undo(() => {
        for (const pid of pids)
          try {
            process.kill(pid, 'SIGCONT');
          } catch {}
      });
      await signalAll(rig, 'SIGSTOP');
    },
    holdMs: 0,
    heal: nothing,
    recoverWithinMs: 4_000,
    mayFail: true,
    codes: /BUSY/,
  },
  {
    name: 'postmaster frozen (SIGSTOP), connections reset',
    when: 'busy',
    inject: ({ server, proxy, undo }) => {
      undo(() => process.kill(server.postmasterPid, 'SIGCONT'));
      process.kill(server.postmasterPid, 'SIGSTOP');
      proxy.reset();
    },
    holdMs: 500,
    heal: ({ server }) => process.kill(server.postmasterPid, 'SIGCONT'),
    recoverWithinMs: 3_000,
    mayFail: true,
    codes: /CONNECT_FAILED|BUSY/,
  },
  {
    name: 'TCP reset',
    when: 'busy',
    inject: ({ proxy }) => proxy.reset(),
    holdMs: 0,
    heal: nothing,
    recoverWithinMs: 1_000,
    mayFail: false,
  },
  {
    name: 'TCP reset, nobody calling',
    when: 'idle',
    inject: ({ proxy }) => proxy.reset(),
    holdMs: 0,
    heal: nothing,
    recoverWithinMs: 1_000,
    mayFail: false,
  },
  {
    name: 'network silent both ways, then back',
    when: 'busy',
    inject: ({ proxy }) => proxy.set({ kind: 'silence' }),
    holdMs: 2_500,
    heal: ({ proxy }) => proxy.set({ kind: 'pass' }),
    recoverWithinMs: 3_500,
    mayFail: true,
    codes: /TIMEOUT|CONNECT_FAILED|BUSY|CONNECTION_LOST/,
  },
  {
    name: 'idle sockets half-open, new ones fine',
    when: 'idle',
    inject: ({ proxy }) => proxy.strand(),
    holdMs: 0,
    heal: nothing,
    recoverWithinMs: 1_500,
    mayFail: false,
  },
  {
    name: 'sockets half-open under statements, new ones fine',
    when: 'busy',
    inject: ({ proxy }) => proxy.strand(),
    holdMs: 0,
    heal: nothing,
    recoverWithinMs: 3_500,
    mayFail: true,
    codes: /TIMEOUT|BUSY/,
  },
  {
    name: 'connections refused, then accepted',
    when: 'busy',
    inject: ({ proxy }) => proxy.refuse(),
    holdMs: 700,
    heal: ({ proxy }) => proxy.listen(),
    recoverWithinMs: 1_500,
    mayFail: true,
    codes: /CONNECT_FAILED|CONNECTION_LOST|BUSY/,
  },
  {
    name: 'latency of 50 ms',
    when: 'busy',
    inject: ({ proxy }) => proxy.set({ kind: 'latency', milliseconds: 50 }),
    holdMs: 500,
    heal: ({ proxy }) => proxy.set({ kind: 'pass' }),
    recoverWithinMs: 1_000,
    mayFail: false,
  },
  {
    name: 'every byte a packet of its own',
    when: 'busy',
    inject: ({ proxy }) => proxy.set({ kind: 'slice', bytes: 1 }),
    holdMs: 500,
    heal: ({ proxy }) => proxy.set({ kind: 'pass' }),
    recoverWithinMs: 1_000,
    mayFail: false,
  },
  {
    name: 'connections cut in the middle of an answer',
    when: 'busy',
    inject: ({ proxy }) => proxy.set({ kind: 'limit', bytes: 700 }),
    holdMs: 500,
    heal: ({ proxy }) => proxy.set({ kind: 'pass' }),
    recoverWithinMs: 1_000,
    mayFail: true,
    codes: /CONNECTION_LOST|CONNECT_FAILED|BUSY/,
  },
  {
    name: 'garbage from the server',
    when: 'busy',
    inject: ({ proxy }) => proxy.set({ kind: 'inject', bytes: Buffer.from('HTTP/1.1 502 Bad Gateway\r\n\r\n') }),
    holdMs: 300,
    heal: ({ proxy }) => proxy.set({ kind: 'pass' }),
    recoverWithinMs: 1_500,
    mayFail: true,
    codes: /CONNECTION_LOST|CONNECT_FAILED|BUSY/,
  },
  {
    name: 'a session setting changed from outside (ParameterStatus)',
    when: 'busy',
    inject: ({ proxy }) => proxy.set({ kind: 'inject', bytes: UNTRUSTED_PARAMETER }),
    holdMs: 200,
    heal: ({ proxy }) => proxy.set({ kind: 'pass' }),
    recoverWithinMs: 1_500,
    mayFail: true,
    codes: /BUSY|CONNECT_FAILED/,
  },
  {
    name: 'server full (53300), then not',
    when: 'busy',
    inject: async (rig) => {
      await rig.admin('ALTER ROLE app CONNECTION LIMIT 0');
      rig.undo(() => rig.admin('ALTER ROLE app CONNECTION LIMIT -1'));
      await rig.admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'subject'");
    },
    holdMs: 500,
    heal: ({ admin }) => admin('ALTER ROLE app CONNECTION LIMIT -1'),
    recoverWithinMs: 1_500,
    mayFail: true,
    codes: /CONNECT_FAILED|BUSY|CONNECTION_LOST/,
  },
  {
    name: 'statements that never end',
    when: 'busy',
    statement: 'SELECT pg_sleep(60)',
    inject: nothing,
    holdMs: 0,
    heal: nothing,
    recoverWithinMs: 3_500,
    mayFail: true,
    codes: /57014|BUSY/,
  },
  {
    name: 'texts that end their transaction',
    when: 'busy',
    statement: 'COMMIT',
    inject: nothing,
    holdMs: 200,
    heal: nothing,
    recoverWithinMs: 3_500,
    mayFail: true,
    codes: /TRANSACTION_LOST|BUSY/,
  },
  {
    name: 'one cell of 20 MB',
    when: 'busy',
    statement: "SELECT repeat('x', 20000000)",
    inject: nothing,
    holdMs: 0,
    heal: nothing,
    recoverWithinMs: 5_000,
    mayFail: true,
    codes: /RESULT_TOO_LARGE|57014|BUSY|TIMEOUT/,
  },
  {
    name: 'COPY answers',
    when: 'busy',
    statement: 'COPY (SELECT 1) TO STDOUT',
    inject: nothing,
    holdMs: 200,
    heal: nothing,
    recoverWithinMs: 3_500,
    mayFail: true,
    codes: /COPY_REFUSED|BUSY/,
  },
];
