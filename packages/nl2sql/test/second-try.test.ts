import { describe, expect, it } from 'vitest';
import { createAsk } from '../src/index.ts';
import { answerWith, databaseError, scriptedModel, scriptedPorts } from './scripted-ports.ts';

/** Statements that say EMPTY return nothing, the others one row. */
const askWith = (model: ReturnType<typeof scriptedModel>, options: object = { retryImplausible: true }) => {
  const { schema, check, runner } = scriptedPorts({ explain: { BROKEN: databaseError('42703', 'no') } });
  const run = async (sql: string) => ({ columns: [{ name: 'n' }], rows: sql.includes('EMPTY') ? [] : [['1']] });
  return createAsk({ schema, check, runner: { ...runner, run }, model }, options);
};

describe('an implausible result', () => {
  it('is replaced by that of a second statement which is plausible', async () => {
    const model = scriptedModel(answerWith('SELECT EMPTY'), answerWith('SELECT 2', { interpretation: 'Two.' }));
    const outcome = await askWith(model)('Which?');
    expect(outcome).toMatchObject({
      kind: 'answered',
      sql: 'SELECT 2',
      interpretation: 'Two.',
      result: { rows: [['1']] },
      findings: [],
      usage: { modelCalls: 2 },
    });
    expect(outcome.attempts).toHaveLength(2);
    expect(model.requests[1]!.messages.at(-1)!.content).toContain('The result has no rows.');
  });

  it.each([
    ['keeps to its statement', answerWith('SELECT  EMPTY;')],
    ['writes another that returns nothing', answerWith('SELECT EMPTY, 2')],
    ['writes one that does not bind', answerWith('SELECT BROKEN')],
    ['writes no statement', 'I would not know.'],
    ['is down', new Error('down')],
  ])('stays when the model %s', async (_, second) => {
    const outcome = await askWith(scriptedModel(answerWith('SELECT EMPTY'), second))('Which?');
    expect(outcome).toMatchObject({ kind: 'answered', sql: 'SELECT EMPTY', findings: [{ kind: 'empty_result' }] });
    expect(outcome.attempts).toHaveLength(2);
  });

  it('costs no second call unless it is asked for, and a plausible one never does', async () => {
    const first = scriptedModel(answerWith('SELECT EMPTY'));
    await askWith(first, {})('Which?');
    const plausible = scriptedModel(answerWith('SELECT 1'));
    await askWith(plausible)('Which?');
    expect([first.requests.length, plausible.requests.length]).toEqual([1, 1]);
  });
});
