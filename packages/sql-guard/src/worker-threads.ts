import type { CatalogSnapshot } from './catalog/snapshot.ts';
import type { CheckedPolicy, PolicyOptions } from './check-policy.ts';
import { cannotStart, type Engine, engineRefusal, parserFault, tooManyWait, tooSlow } from './engine.ts';
import { GuardError } from './errors.ts';
import { type GuardEvent, tellOwner } from './events.ts';
import { entryOfThisBuild, type GuardThread, takeThread } from './guard-thread.ts';
import type { Job, JobOutcome } from './job.ts';
import { compileParser } from './parser-code.ts';
import type { Verdict } from './verdict.ts';
import { decodeVerdict } from './verdict-message.ts';
import { toMessage, type WorkerReply } from './worker-protocol.ts';
import { end, post, type Slot, sendCatalog, sendPolicy, type Task, type UsedPolicy } from './worker-slot.ts';

/** What the threads need to know beyond policies. */
export interface WorkerThreadsOptions {
  readonly workers: number;
  readonly onEvent?: (event: GuardEvent) => void;
  /** Entry of the thread; only tests choose another. */
  readonly entry?: URL;
}

/** Threads that judge under any number of policies. */
export interface WorkerThreads {
  /** Judges under one policy. Closing it ends what waits for it, and no thread. */
  engine(policy: CheckedPolicy, written: PolicyOptions): Engine;
  close(): Promise<void>;
}

const startTimeoutMs = 10_000;
const maxFailedStarts = 3;
// A catalog of thousands of tables takes its time to arrive; the text itself still has no more than its own.
const catalogTimeoutMs = 5_000;
// However busy the machine is, no text takes longer than this many times its limit.
const patience = 4;

function readVerdict(reply: string): Verdict | undefined {
  try {
    return decodeVerdict(reply);
  } catch {
    return undefined;
  }
}

/**
 * Judges in worker threads: one text at a time in each, a timer that ends a thread which takes too long, a spare one that is loaded when one
 * is about to be ended, and a bounded queue. Threads do not keep the process alive; a running verdict does.
 */
export function createWorkerThreads(options: WorkerThreadsOptions): WorkerThreads {
  const { workers, onEvent, entry = entryOfThisBuild() } = options;
  const slots = new Set<Slot>();
  const queue: Task[] = [];
  let failedStarts = 0;
  let closed = false;
  let policies = 0;
  /** Whose threads are started without a text. */
  let newest: UsedPolicy | undefined;

  function spawn(): void {
    const policy = queue[0]?.policy ?? newest;
    if (policy === undefined) return;
    const startedAt = performance.now();
    const thread = tryTakeThread();
    if (thread === undefined) return;
    const { worker, port, signal } = thread;
    const slot: Slot = {
      worker,
      port,
      signal,
      ready: false,
      task: undefined,
      timer: undefined,
      firesAt: 0,
      dueAt: 0,
      giveUpAt: 0,
      policyKey: policy.key,
      catalogs: new Set(),
    };
    slots.add(slot);
    // Holds the process while a text waits for this thread.
    slot.timer = setTimeout(() => drop(slot, 'timeout'), startTimeoutMs);
    port.on('message', (reply: WorkerReply) => {
      if (!slots.has(slot)) return;
      if (typeof reply === 'string') {
        const verdict = readVerdict(reply);
        // A thread that answers with something else is not to be asked again, and its text gets a refusal.
        if (verdict === undefined) return drop(slot, 'parser-fault');
        release(slot)?.settle(verdict);
        return dispatch();
      }
      if (reply.type === 'ready') {
        clearTimeout(slot.timer);
        slot.timer = undefined;
        slot.ready = true;
        failedStarts = 0;
        tellOwner(onEvent, { type: 'worker-started', startMs: performance.now() - startedAt });
        return dispatch();
      }
      if (reply.type === 'fault') return drop(slot, reply.reason);
      release(slot)?.settle(reply.outcome);
      dispatch();
    });
    port.unref();
    worker.on('error', () => drop(slot, 'exit'));
    worker.on('exit', () => drop(slot, 'exit'));
    // Compiled while the thread starts, by the first of them.
    compileParser()
      .then((code) => slots.has(slot) && post(slot, { type: 'code', code, key: policy.key, policy: policy.written }))
      .catch(() => drop(slot, 'exit'));
  }

  /** Undefined when this process may not start threads, which no second try changes. */
  function tryTakeThread(): GuardThread | undefined {
    try {
      return takeThread(entry);
    } catch {
      failedStarts = maxFailedStarts;
      tellOwner(onEvent, { type: 'worker-discarded', reason: 'exit' });
      refuseWaiting();
      return undefined;
    }
  }

  /** Starts a thread; one at a time, and none after several that did not come up: the next text tries again. */
  function start(): void {
    if (failedStarts < maxFailedStarts && ![...slots].some((slot) => !slot.ready)) spawn();
  }

  /** Refuses what waits for a thread when there is none. */
  function refuseWaiting(): void {
    if (failedStarts < maxFailedStarts || [...slots].some((slot) => slot.ready)) return;
    for (const waiting of queue.splice(0)) waiting.settle(engineRefusal(waiting.job, cannotStart()));
  }

  /** Takes the finished task from a slot. Its timer goes on for the next one, but holds the process no longer. */
  function release(slot: Slot): Task | undefined {
    const { task } = slot;
    slot.timer?.unref();
    slot.task = undefined;
    return task;
  }

  /** Ends a thread, refuses its text and starts another thread. */
  function drop(slot: Slot, why: 'timeout' | 'exit' | 'parser-fault' | 'self-test'): void {
    if (!slots.delete(slot)) return;
    clearTimeout(slot.timer);
    slot.timer = undefined;
    const task = release(slot);
    // One that reported a fault ends by itself.
    void end(slot, why === 'parser-fault' || why === 'self-test');
    if (!slot.ready) failedStarts += 1;
    tellOwner(onEvent, { type: 'worker-discarded', reason: why });
    task?.settle(
      engineRefusal(task.job, why === 'timeout' ? tooSlow(task.policy.limits.killTimeoutMs) : parserFault()),
    );
    refuseWaiting();
    dispatch();
  }

  /**
   * Ends a thread that works on one text for too long. On a machine that is busy with other things a thread may not have run at all: after
   * the time is up it must be seen to use the processor, for half as long again, before it is blamed.
   */
  function watch(slot: Slot, delayMs: number): void {
    const now = performance.now();
    slot.dueAt = now + delayMs;
    slot.giveUpAt = now + delayMs * patience;
    // A timer for each text would cost more than waking the thread.
    if (slot.timer && slot.firesAt <= slot.dueAt) slot.timer.ref();
    else arm(slot, delayMs);
  }

  function arm(slot: Slot, delayMs: number): void {
    clearTimeout(slot.timer);
    slot.firesAt = performance.now() + delayMs;
    slot.timer = setTimeout(() => {
      slot.timer = undefined;
      if (!slot.task) return;
      const leftMs = slot.dueAt - performance.now();
      if (leftMs > 0) arm(slot, leftMs);
      else observe(slot);
    }, delayMs);
  }

  function observe(slot: Slot): void {
    const { task } = slot;
    if (!task) return;
    // Loaded before the thread is ended, and not before it is needed: each holds tens of megabytes.
    if (!closed && slots.size <= workers) start();
    const windowMs = task.policy.limits.killTimeoutMs / 2;
    const before = process.cpuUsage();
    slot.firesAt = performance.now() + windowMs;
    slot.timer = setTimeout(() => {
      slot.timer = undefined;
      const used = process.cpuUsage(before);
      const busy = (used.user + used.system) / 1_000 >= windowMs / 2 || performance.now() > slot.giveUpAt;
      // Messages that already arrived are delivered before this runs.
      setImmediate(() => {
        if (!slots.has(slot) || !slot.task) return;
        if (slot.task !== task) {
          if (!slot.timer) arm(slot, Math.max(slot.dueAt - performance.now(), 0));
        } else if (busy) drop(slot, 'timeout');
        else observe(slot);
      });
    }, windowMs);
  }

  function enqueue(policy: UsedPolicy, job: Job, catalog: CatalogSnapshot | undefined): Promise<JobOutcome> {
    return new Promise((settle, fail) => {
      queue.push({ policy, job, catalog, settle, fail });
    });
  }

  /** The next task, for which the thread now has policy and catalog. One whose catalog cannot cross to a thread is its caller's mistake. */
  function prepareNext(slot: Slot) {
    for (let task = queue.shift(); task; task = queue.shift()) {
      const { policy, catalog } = task;
      const catalogKey = catalog && `${policy.key} ${catalog.fingerprint}`;
      try {
        sendPolicy(slot, policy);
        return { task, catalogKey, sent: sendCatalog(slot, catalog, catalogKey) };
      } catch (cause) {
        const message = `The catalog cannot be sent to a thread, because it is more than plain data: ${String(cause)}`;
        task.fail(new GuardError('INVALID_OPTIONS', message, { cause }));
      }
    }
    return undefined;
  }

  function dispatch(): void {
    if (closed) return;
    let busy = 0;
    for (const slot of slots) if (slot.task) busy += 1;
    for (const slot of slots) {
      if (queue.length === 0 || busy >= workers) break;
      if (!slot.ready || slot.task) continue;
      const next = prepareNext(slot);
      if (!next) break;
      const { task, catalogKey, sent } = next;
      slot.task = task;
      busy += 1;
      watch(slot, task.policy.limits.killTimeoutMs + (sent ? catalogTimeoutMs : 0));
      post(slot, toMessage(task.job, catalogKey));
    }
    if (slots.size < workers) start();
  }

  const closedError = () => new GuardError('CLOSED', 'The guard was closed before the text was judged.');

  function failWaiting(isOurs: (task: Task) => boolean): void {
    const waiting = queue.splice(0);
    for (const task of waiting) if (isOurs(task)) task.fail(closedError());
    queue.push(...waiting.filter((task) => !isOurs(task)));
  }

  function engine({ limits }: CheckedPolicy, written: PolicyOptions): Engine {
    policies += 1;
    const policy: UsedPolicy = { key: String(policies), written, limits };
    let ended = false;
    newest = policy;
    return {
      run(job, catalog) {
        if (closed || ended) return Promise.reject(new GuardError('CLOSED', 'The guard is closed.'));
        if (queue.length >= limits.maxQueue && queue.length > 0) {
          tellOwner(onEvent, { type: 'busy', queued: queue.length });
          return Promise.resolve(engineRefusal(job, tooManyWait(queue.length)));
        }
        if (failedStarts >= maxFailedStarts) failedStarts = slots.size === 0 ? 0 : maxFailedStarts - 1;
        const outcome = enqueue(policy, job, catalog);
        dispatch();
        return outcome;
      },
      warmUp() {
        newest = policy;
        if (!closed && slots.size === 0) start();
      },
      async close() {
        ended = true;
        failWaiting((task) => task.policy === policy);
      },
    };
  }

  return {
    engine,
    async close() {
      closed = true;
      failWaiting(() => true);
      const ending = [...slots].map((slot) => {
        slots.delete(slot);
        clearTimeout(slot.timer);
        slot.timer = undefined;
        const idle = slot.task === undefined && slot.ready;
        release(slot)?.fail(closedError());
        if (idle) post(slot, { type: 'close' });
        return end(slot, idle);
      });
      await Promise.all(ending);
    },
  };
}
