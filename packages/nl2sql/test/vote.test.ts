import { describe, expect, it } from 'vitest';
import { createAsk } from '../src/index.ts';
import { answerWith, scriptedModel, scriptedPorts } from './scripted-ports.ts';

/** `SELECT 7` returns one row with 7; `SELECT EMPTY` nothing; 'SELECT TWICE' its row two times, which is a finding. */
const askWith = (model: ReturnType<typeof scriptedModel>, options: object = { extraCandidates: 2 }) => {
  const { schema, check, runner } = scriptedPorts();
  const seen: (number | undefined)[] = [];
  const asked: string[] = [];
  const describe = (question: string, limit: { maxTokens: number; variant?: number | undefined }) => {
    seen.push(limit.variant);
    asked.push(question);
    return schema.describe(question, limit);
  };
  const run = async (sql: string) => ({
    columns: [{ name: 'n' }],
    rows: sql.includes('EMPTY') ? [] : [[Number(/\d+/.exec(sql)?.[0])]],
  });
  return { seen, asked, ask: createAsk({ schema: { describe }, check, runner: { ...runner, run }, model }, options) };
};

const empty = answerWith('SELECT EMPTY', { interpretation: 'Nothing.' });
const seven = answerWith('SELECT 7', { interpretation: 'Seven.' });
const eight = answerWith('SELECT 8', { interpretation: 'Eight.' });

describe('a doubtful answer', () => {
  it('is replaced by the result that most statements give', async () => {
    const model = scriptedModel(empty, seven, seven);
    const { ask, seen } = askWith(model);
    expect(await ask('Which?')).toMatchObject({
      kind: 'answered',
      sql: 'SELECT 7',
      interpretation: 'Seven.',
      agreement: { agreeing: 2, of: 3 },
      usage: { modelCalls: 3 },
      confidence: { reasons: expect.arrayContaining(['2 of 3 statements gave this result.']) },
    });
    expect(seen).toEqual([undefined, 1, 2]);
    const prompts = model.requests.map(({ messages }) => messages.at(-1)!.content);
    expect(new Set(prompts).size).toBe(3);
  });

  it('is compared with statements that were told the same names behind the words of the question', async () => {
    const context = { tables: { stores: { synonyms: ['shops'] } } };
    const { ask, asked } = askWith(scriptedModel(empty, seven, seven), { extraCandidates: 2, context });
    await ask('Which shops?');
    expect(asked).toEqual(Array(3).fill('Which shops? stores'));
  });

  it('leaves nothing of what went wrong on its way to the one that replaces it', async () => {
    const { ask } = askWith(scriptedModel('no SQL', empty, seven, seven));
    const outcome = await ask('Which?');
    expect(outcome).toMatchObject({ sql: 'SELECT 7', confidence: { score: 0.4 } });
    expect(outcome).toHaveProperty('confidence.reasons', ['2 of 3 statements gave this result.']);
  });

  it('becomes a question about the readings when no two agree', async () => {
    const { ask } = askWith(scriptedModel(empty, seven, eight));
    expect(await ask('Which?')).toMatchObject({
      kind: 'needs_clarification',
      clarification: { options: ['Seven. (stores)', 'Eight. (stores)'] },
    });
  });

  it('stays, with less confidence, when no two agree and nobody can be asked', async () => {
    const { ask } = askWith(scriptedModel(empty, seven, eight));
    const outcome = await ask('Which?', { onAmbiguity: 'assume' });
    expect(outcome).toMatchObject({ kind: 'answered', sql: 'SELECT 7', agreement: { agreeing: 1, of: 3 } });
    expect(outcome).toMatchObject({ confidence: { level: 'low' } });
  });

  it('stays when the further calls fail', async () => {
    const { ask } = askWith(scriptedModel(empty, new Error('down'), 'I would not know.'));
    expect(await ask('Which?')).toMatchObject({ kind: 'answered', sql: 'SELECT EMPTY' });
  });

  it('is not voted on without a result', async () => {
    const model = scriptedModel('no SQL', seven);
    await askWith(model).ask('Which?', { execute: false });
    expect(model.requests).toHaveLength(2);
  });
});

it('an answer that nothing speaks against costs one call', async () => {
  const model = scriptedModel(seven);
  expect(await askWith(model).ask('Which?')).not.toHaveProperty('agreement');
  expect(model.requests).toHaveLength(1);
});

it('an answer after an error gains confidence when every statement agrees', async () => {
  const { ask } = askWith(scriptedModel('no SQL', seven, seven, seven));
  expect(await ask('Which?')).toMatchObject({
    agreement: { agreeing: 3, of: 3 },
    confidence: { score: 0.83, level: 'medium' },
  });
});
