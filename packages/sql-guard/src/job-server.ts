import { receiveMessageOnPort } from 'node:worker_threads';
import { createCatalogView } from './catalog/create-view.ts';
import { createCatalogViewCache } from './catalog/view-cache.ts';
import type { PolicyOptions } from './check-policy.ts';
import { compilePolicy } from './compiled-policy.ts';
import { decide } from './decide.ts';
import type { JobOutcome } from './job.ts';
import { createParser } from './parser-instance.ts';
import { passesSelfTest } from './self-test.ts';
import type { Verdict } from './verdict.ts';
import { encodeVerdict } from './verdict-message.ts';
import { type JobMessage, toJob, type WorkerMessage, type WorkerReply, type WorkerSetup } from './worker-protocol.ts';

const selfTestInterval = 10_000;

/** Policies that a thread keeps compiled. */
const keptPolicies = 64;

/** Takes what has arrived at a thread; sleeps until something does. The counter is read before, so that no message is slept over. */
function receive({ port, signal }: WorkerSetup): WorkerMessage {
  for (;;) {
    const seen = Atomics.load(signal, 0);
    const received = receiveMessageOnPort(port);
    if (received) return received.message as WorkerMessage;
    Atomics.wait(signal, 0, seen);
  }
}

/**
 * Answers jobs in a thread until it is told to close, or until its parser can no longer be trusted. The first message brings the parser,
 * which is compiled while the thread starts.
 */
export async function serveJobs(setup: WorkerSetup): Promise<void> {
  const { port } = setup;
  const reply = (message: WorkerReply): void => port.postMessage(message);
  const first = receive(setup);
  if (typeof first === 'string' || !('type' in first) || first.type !== 'code') return;
  let policy = compilePolicy(first.policy);
  const policies = new Map([[first.key, policy]]);
  const parser = await createParser(first.code);
  if (!passesSelfTest(parser)) return reply({ type: 'fault', reason: 'self-test' });
  const catalogs = createCatalogViewCache((snapshot) => createCatalogView(snapshot, policy, parser));
  let sinceSelfTest = 0;

  /** From now on jobs are judged under this policy. */
  function use(key: string, written: PolicyOptions): void {
    policy = policies.get(key) ?? compilePolicy(written);
    policies.delete(key);
    policies.set(key, policy);
    for (const oldest of policies.keys()) {
      if (policies.size <= keptPolicies) break;
      policies.delete(oldest);
    }
  }

  /** False: the parser can no longer be trusted, and the thread waits for its end. */
  function answer(message: string | JobMessage): boolean {
    const job = toJob(message);
    let outcome: JobOutcome;
    try {
      outcome = decide(job, parser, policy, typeof message === 'string' ? undefined : catalogs.get(message[6]));
    } catch {
      // Not the parser's own syntax error.
      reply({ type: 'fault', reason: 'parser-fault' });
      return false;
    }
    sinceSelfTest += 1;
    if (sinceSelfTest >= selfTestInterval) {
      sinceSelfTest = 0;
      // Before the answer leaves: it may already be one of a damaged parser.
      if (!passesSelfTest(parser)) {
        reply({ type: 'fault', reason: 'self-test' });
        return false;
      }
    }
    if (job.kind === 'check') reply(encodeVerdict(outcome as Verdict));
    else reply({ type: 'outcome', outcome });
    return true;
  }

  reply({ type: 'ready' });
  for (;;) {
    const message = receive(setup);
    if (typeof message === 'string' || !('type' in message)) {
      if (!answer(message)) return;
    } else if (message.type === 'catalog') catalogs.add(message.key, message.snapshot);
    else if (message.type === 'policy') use(message.key, message.policy);
    else return;
  }
}
