import { describe, expect, it } from 'vitest';
import { createAsk } from '../src/index.ts';
import { answerWith, scriptedModel, scriptedPorts } from './scripted-ports.ts';

const confidence = async (score: number, bestOmittedScore: number, omitted: readonly string[]) => {
  const { check, runner } = scriptedPorts();
  const tables = [
    { schema: 'public', name: 'stores', score },
    { schema: 'public', name: 'other', score: 99 },
  ];
  const schema = { describe: async () => ({ text: 'stores(id)', tables, omitted, bestOmittedScore, tokens: 5 }) };
  const outcome = await createAsk({ schema, check, runner, model: scriptedModel(answerWith('SELECT 1')) })('Which?');
  return outcome.kind === 'answered' ? outcome.confidence : undefined;
};

describe('the choice of tables', () => {
  it('lowers confidence when a table that was left out fits about as well as the best that was read', async () => {
    expect(await confidence(10, 9, ['public.shops'])).toMatchObject({
      level: 'low',
      reasons: [expect.stringContaining('did not fit the prompt')],
    });
  });

  it.each([
    ['it was clear', 10, 5, ['public.shops']],
    ['nothing was left out', 10, 9, []],
    ['what was left out does not fit at all', 10, 0, ['public.shops']],
  ])('does not when %s', async (_, score, best, omitted) => {
    expect(await confidence(score, best, omitted)).toMatchObject({ level: 'medium' });
  });
});
