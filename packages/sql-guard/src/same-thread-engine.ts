import { createCatalogView } from './catalog/create-view.ts';
import { type CatalogViewCache, createCatalogViewCache } from './catalog/view-cache.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { decide } from './decide.ts';
import { type Engine, engineRefusal, parserFault } from './engine.ts';
import { GuardError } from './errors.ts';
import { type GuardEvent, tellOwner } from './events.ts';
import type { Parser } from './parser.ts';
import { passesSelfTest } from './self-test.ts';

const selfTestInterval = 10_000;

/** Loads the parser with the first text: a guard that judges in threads, or not at all, needs none of it here. */
async function loadParser(): Promise<Parser> {
  const [{ compileParser }, { createParser }] = await Promise.all([
    import('./parser-code.ts'),
    import('./parser-instance.ts'),
  ]);
  return createParser(await compileParser());
}

/** Parses in this thread, with an instance of its own that is replaced after any fault. Nothing can stop a text that makes it spin. */
export function createSameThreadEngine(
  policy: CompiledPolicy,
  onEvent: ((event: GuardEvent) => void) | undefined,
  load: () => Promise<Parser> = loadParser,
): Engine {
  let parser: Promise<Parser> | undefined;
  // Views are judged with a parser, and go when it goes.
  const catalogs = new WeakMap<Parser, CatalogViewCache>();
  let sinceSelfTest = 0;
  let closed = false;

  function newViews(loaded: Parser): CatalogViewCache {
    const views = createCatalogViewCache((snapshot) => createCatalogView(snapshot, policy, loaded));
    catalogs.set(loaded, views);
    return views;
  }

  async function start(): Promise<Parser> {
    const startedAt = performance.now();
    const loaded = await load().catch((cause: unknown) => {
      const message = `The SQL parser cannot be loaded; check the installation of libpg-query: ${String(cause)}`;
      throw new GuardError('PARSER_UNAVAILABLE', message, { cause });
    });
    if (!passesSelfTest(loaded))
      throw new GuardError('PARSER_UNAVAILABLE', 'The SQL parser gives wrong answers; reinstall libpg-query.');
    tellOwner(onEvent, { type: 'worker-started', startMs: performance.now() - startedAt });
    return loaded;
  }

  function current(): Promise<Parser> {
    if (!parser) {
      const starting = start();
      parser = starting;
      starting.catch(() => {
        if (parser === starting) parser = undefined;
      });
    }
    return parser;
  }

  function discard(reason: 'parser-fault' | 'self-test'): void {
    parser = undefined;
    sinceSelfTest = 0;
    tellOwner(onEvent, { type: 'worker-discarded', reason });
  }

  return {
    async run(job, snapshot) {
      if (closed) throw new GuardError('CLOSED', 'The guard is closed.');
      const loaded = await current();
      try {
        const views = snapshot && (catalogs.get(loaded) ?? newViews(loaded));
        const view =
          views && snapshot && (views.get(snapshot.fingerprint) ?? views.add(snapshot.fingerprint, snapshot));
        const verdict = decide(job, loaded, policy, view);
        sinceSelfTest += 1;
        if (sinceSelfTest >= selfTestInterval) {
          sinceSelfTest = 0;
          if (!passesSelfTest(loaded)) {
            discard('self-test');
            return engineRefusal(job, parserFault());
          }
        }
        return verdict;
      } catch {
        discard('parser-fault');
        return engineRefusal(job, parserFault());
      }
    },
    warmUp() {
      if (!closed) current().catch(() => undefined);
    },
    async close() {
      closed = true;
      parser = undefined;
    },
  };
}
