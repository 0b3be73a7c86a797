import { describe, expect, it } from 'vitest';
import { createAsk } from '../src/index.ts';
import { coverageOf } from '../src/link/coverage.ts';
import { answerWith, scriptedModel, scriptedPorts } from './scripted-ports.ts';
import { shop } from './shop.ts';

describe('coverageOf', () => {
  it.each([
    ['How many orders did each customer place per region last year?', []],
    ['What is the average unit price of order items in 2024, sorted descending?', []],
    ['Total weight of the orders of "Rainy Days" customers', []],
    ['Which customers are registered in the loyalty programme?', ['registered', 'loyalty', 'programme']],
    ['What is the rainfall in Paris?', ['rainfall', 'paris']],
  ])('misses in %j', (question, missing) => {
    const coverage = coverageOf(question, shop);
    expect(coverage.missing).toEqual(missing);
    expect(coverage.share < 1).toBe(missing.length > 0);
  });

  it('is full for a question without content', () => {
    expect(coverageOf('How many are there?', shop)).toEqual({ share: 1, missing: [] });
  });
});

const clarify = JSON.stringify({
  status: 'clarify',
  sql: null,
  clarification: { question: 'Which date?', options: ['orders.placed', 'customers.born'] },
});

const askWith = (model: ReturnType<typeof scriptedModel>, maxRepairs = 2) => {
  const { schema, check, runner } = scriptedPorts();
  return createAsk({ schema, check, runner, model, catalog: { snapshot: () => shop } }, { maxRepairs });
};

describe('an unanswerable question', () => {
  it('is looked around for in a bounded time, however much the model says is missing', async () => {
    const columns = Array.from({ length: 5_000 }, (_, at) => ({ name: `measured_value_${at}`, type: 'text' }));
    const snapshot = { tables: [{ schema: 'public', name: 'wide', columns, foreignKeys: [] }] };
    const words = Array.from({ length: 150 }, (_, at) => `word${at}`).join(' ');
    const missing = Array.from({ length: 10 }, (_, at) => `measured value ${at} ${words}`);
    const text = JSON.stringify({ status: 'unanswerable', sql: null, reason: 'No.', missing });
    const { schema, check, runner } = scriptedPorts();
    const ports = { schema, check, runner, model: scriptedModel(text), catalog: { snapshot: () => snapshot } };
    const outcome = await createAsk(ports)('Which?');
    expect(outcome).toMatchObject({ kind: 'unanswerable', nearest: expect.any(Array) });
  });

  it('names the words that nothing is called and the nearest columns', async () => {
    const text = JSON.stringify({
      status: 'unanswerable',
      sql: null,
      reason: 'No such data.',
      missing: ['customer mail'],
    });
    expect(await askWith(scriptedModel(text))('Which customers subscribed to the email newsletter?')).toMatchObject({
      kind: 'unanswerable',
      missing: ['customer mail'],
      unknownWords: ['subscribed', 'newsletter'],
      nearest: expect.arrayContaining(['customers.email']),
    });
  });

  it('is reported without them when there is no catalog', async () => {
    const { schema, check, runner } = scriptedPorts();
    const text = JSON.stringify({ status: 'unanswerable', sql: null, reason: 'No.', missing: ['x'] });
    const outcome = await createAsk({ schema, check, runner, model: scriptedModel(text) })('Rain?');
    expect(outcome).toMatchObject({ kind: 'unanswerable', unknownWords: [], nearest: [] });
  });
});

describe('an ambiguous question', () => {
  it('is read in the most likely way when nobody can be asked, with the assumption stated', async () => {
    const model = scriptedModel(clarify, answerWith('SELECT 1', { assumptions: ['date: orders.placed'] }));
    const outcome = await askWith(model)('When?', { onAmbiguity: 'assume' });
    expect(outcome).toMatchObject({ kind: 'answered', assumptions: ['date: orders.placed'] });
    expect(outcome).toHaveProperty('confidence.reasons', ['The statement passed every check.']);
    expect(model.requests[1]!.messages.slice(-2)).toMatchObject([
      { role: 'assistant', content: 'Which date?' },
      { role: 'user', content: expect.stringContaining('Nobody can be asked') },
    ]);
  });

  it('comes back as a question when the model insists', async () => {
    const outcome = await askWith(scriptedModel(clarify, clarify), 1)('When?', { onAmbiguity: 'assume' });
    expect(outcome).toMatchObject({ kind: 'needs_clarification', attempts: [{ stage: 'reply' }, { stage: 'reply' }] });
  });

  it('is asked again with what was answered', async () => {
    const model = scriptedModel(answerWith('SELECT 1'));
    await askWith(model)('When?', { clarifications: [{ question: 'Which date?', answer: 'orders.placed' }] });
    expect(model.requests[0]!.messages[1]!.content).toMatch(
      /Question: When\?\nAsked back: Which date\?\nAnswer: orders.placed$/,
    );
  });

  it('is not worked on with an unknown way to treat it', async () => {
    await expect(askWith(scriptedModel())('When?', { onAmbiguity: 'guess' as never })).rejects.toThrow(/ask or assume/);
  });
});
