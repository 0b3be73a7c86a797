import { parentPort, workerData } from 'node:worker_threads';
import { createCatalogView } from './catalog/create-view.ts';
import type { CatalogView } from './catalog/view.ts';
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
  let catalog: CatalogView | undefined;
  let sinceSelfTest = 0;
  port.on('message', (message: WorkerMessage) => {
    if (message.type === 'catalog') {
      catalog = message.snapshot && createCatalogView(message.snapshot, policy);
      return;
    }
    try {
      const outcome = decide(message.job, parser, policy, catalog);
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
