import { isMainThread, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { createCatalogView } from './catalog/create-view.ts';
import { createCatalogViewCache } from './catalog/view-cache.ts';
import { compilePolicy } from './compiled-policy.ts';
import { decide } from './decide.ts';
import type { JobOutcome } from './job.ts';
import { createParser } from './parser.ts';
import { passesSelfTest } from './self-test.ts';
import type { Verdict } from './verdict.ts';
import { encodeVerdict } from './verdict-message.ts';
import { type JobMessage, toJob, type WorkerMessage, type WorkerReply, type WorkerSetup } from './worker-protocol.ts';

const selfTestInterval = 10_000;

async function main({ policy: options, code, port, signal }: WorkerSetup): Promise<void> {
  const reply = (message: WorkerReply): void => port.postMessage(message);
  const policy = compilePolicy(options);
  const parser = await createParser(code);
  if (!passesSelfTest(parser)) return reply({ type: 'fault', reason: 'self-test' });
  const catalogs = createCatalogViewCache((snapshot) => createCatalogView(snapshot, policy, parser));
  let sinceSelfTest = 0;

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
  for (let seen = 0; ; seen = Atomics.load(signal, 0)) {
    for (let received = receiveMessageOnPort(port); received; received = receiveMessageOnPort(port)) {
      const message = received.message as WorkerMessage;
      if (typeof message === 'string' || !('type' in message)) {
        if (!answer(message)) return;
      } else if (message.type === 'close') return;
      else catalogs.add(message.snapshot);
    }
    Atomics.wait(signal, 0, seen);
  }
}

if (!isMainThread) await main(workerData as WorkerSetup);
