import { afterAll, afterEach, beforeAll } from 'vitest';
import { type ScriptedModel, type ScriptedModelOptions, startScriptedModel } from '../scripted-model/index.ts';

/**
 * Gives a test file a scripted model: started before its tests, without script and requests after each, stopped after the last. A test
 * that asked for more than its script answers fails.
 */
export function useScriptedModel(options: ScriptedModelOptions = {}): Omit<ScriptedModel, 'close'> {
  let live: ScriptedModel | undefined;
  const current = (): ScriptedModel => {
    if (live === undefined) throw new Error('The scripted model exists inside tests and hooks only.');
    return live;
  };

  beforeAll(async () => {
    live = await startScriptedModel(options);
  });
  afterEach(() => {
    try {
      current().refuseMissed();
    } finally {
      current().reset();
    }
  });
  afterAll(() => live?.close());

  return {
    get baseUrl() {
      return current().baseUrl;
    },
    get azureEndpoint() {
      return current().azureEndpoint;
    },
    get requests() {
      return current().requests;
    },
    get pendingReplies() {
      return current().pendingReplies;
    },
    reply: (...replies) => current().reply(...replies),
    replyAlways: (reply) => current().replyAlways(reply),
    failEmbeddings: (...replies) => current().failEmbeddings(...replies),
    refuseMissed: () => current().refuseMissed(),
    reset: () => current().reset(),
  };
}
