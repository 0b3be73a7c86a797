import { parentPort, workerData } from 'node:worker_threads';
import { createCatalogView } from './catalog/create-view.ts';
import { createCatalogViewCache } from './catalog/view-cache.ts';
import { compilePolicy } from './compiled-policy.ts';
import { decide } from './decide.ts';
import { createParser } from './parser.ts';
import { passesSelfTest } from './self-test.ts';
import type { WorkerMessage, WorkerReply, WorkerSetup } from './worker-protocol.ts';

const selfTestInterval = 10_000;
const { policy: options } = workerData as WorkerSetup;

async function main(port: NonNullable<typeof parentPort>): Promise<void> {
  const reply = (message: WorkerReply): void => port.postMessage(message);
  const policy = compilePolicy(options);
  const parser = await createParser();
  if (!passesSelfTest(parser)) return reply({ type: 'fault', reason: 'self-test' });
  const catalogs = createCatalogViewCache((snapshot) => createCatalogView(snapshot, policy, parser));
  let sinceSelfTest = 0;
  port.on('message', (message: WorkerMessage) => {
    if (message.type === 'catalog') {
      catalogs.add(message.snapshot);
      return;
    }
    try {
      const outcome = decide(message.job, parser, policy, catalogs.get(message.catalogFingerprint));
      sinceSelfTest += 1;
      if (sinceSelfTest >= selfTestInterval) {
        sinceSelfTest = 0;
        // Before the answer leaves: it may already be one of a damaged parser.
        if (!passesSelfTest(parser)) return reply({ type: 'fault', reason: 'self-test' });
      }
      reply({ type: 'outcome', outcome });
    } catch {
      // Not the parser's own syntax error: the instance can no longer be trusted, so the thread reports and waits for its end.
      reply({ type: 'fault', reason: 'parser-fault' });
    }
  });
  reply({ type: 'ready' });
}

if (parentPort) await main(parentPort);
