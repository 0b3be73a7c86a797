import { describe, expect, it } from 'vitest';
import { type AskPorts, createAsk, type LanguageModel } from '../src/index.ts';
import { parsePort } from './parse-port.ts';
import { answerWith, scriptedPorts } from './scripted-ports.ts';
import { shop } from './shop.ts';

const empty = answerWith('SELECT EMPTY');
const offKey = answerWith('SELECT 1 FROM stores s JOIN customers c ON c.customer_id = s.store_id');
const limited = answerWith('SELECT total FROM orders ORDER BY total LIMIT 1');

/** A question whose `hangs` never comes back, and whose caller gives up as soon as it is reached. */
const giveUpIn = async (
  replies: readonly string[],
  options: object,
  hang: (ports: AskPorts, hangs: () => Promise<never>) => Partial<AskPorts>,
) => {
  const caller = new AbortController();
  const hangs = (): Promise<never> => {
    queueMicrotask(() => caller.abort(new Error('gone')));
    return new Promise<never>(() => {});
  };
  let calls = 0;
  const model: LanguageModel = {
    complete: async () => {
      const text = replies[calls++];
      return text === undefined ? hangs() : { text };
    },
  };
  const { schema, check, runner } = scriptedPorts();
  const ran: string[] = [];
  const run = async (sql: string) => {
    ran.push(sql);
    return { columns: [{ name: 'n' }], rows: sql.includes('EMPTY') ? [] : [['1']] };
  };
  const ports = {
    schema,
    check,
    runner: { ...runner, run },
    parse: parsePort,
    catalog: { snapshot: () => shop },
    model,
  };
  const ask = createAsk({ ...ports, ...hang(ports, hangs) }, options);
  return { outcome: await ask('Which?', { signal: caller.signal }), ran, calls: () => calls };
};

describe('a question whose caller gives up ends as aborted', () => {
  it.each<[string, readonly string[], object]>([
    ['in the first call', [], {}],
    ['in a repair round', ['no statement'], {}],
    ['in a vote', [empty], { extraCandidates: 2 }],
    ['in the middle of a vote', [empty, answerWith('SELECT 7')], { extraCandidates: 3 }],
    ['in a second try', [empty], { retryImplausible: true }],
    ['while a doubt is put to the model', [offKey], { retryImplausible: true }],
  ])('%s', async (_, replies, options) => {
    const { outcome, ran } = await giveUpIn(replies, options, () => ({}));
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'ABORTED', cause: { message: 'gone' } } });
    expect(ran.length).toBeLessThanOrEqual(2);
  });

  it('in the schema text of a vote', async () => {
    const { outcome } = await giveUpIn([empty], { extraCandidates: 1 }, ({ schema }, hangs) => ({
      schema: {
        describe: (question, limit) => (limit.variant === undefined ? schema.describe(question, limit) : hangs()),
      },
    }));
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'ABORTED' } });
  });

  it('in the catalog, the parser, the examples', async () => {
    for (const hang of [
      (hangs: () => Promise<never>) => ({ catalog: { snapshot: hangs } }),
      (hangs: () => Promise<never>) => ({ parse: { parse: hangs } }),
      (hangs: () => Promise<never>) => ({ examples: { nearest: hangs, save: hangs } }),
    ]) {
      const { outcome } = await giveUpIn([limited], {}, (_, hangs) => hang(hangs));
      expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'ABORTED' } });
    }
  });

  it('in the probe for ties', async () => {
    const { outcome } = await giveUpIn([limited], {}, ({ runner }, hangs) => ({
      runner: { ...runner, run: (sql, given) => (sql.includes('WITH TIES') ? hangs() : runner.run(sql, given)) },
    }));
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'ABORTED' } });
  });
});

it('a caller who gave up before asking costs nothing', async () => {
  const { schema, check, runner, ran, explained } = scriptedPorts();
  let calls = 0;
  const model: LanguageModel = {
    complete: async () => {
      calls += 1;
      return { text: empty };
    },
  };
  const outcome = await createAsk({ schema, check, runner, model })('Which?', { signal: AbortSignal.abort() });
  expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'ABORTED' } });
  expect([calls, ran.length, explained.length]).toEqual([0, 0, 0]);
});
