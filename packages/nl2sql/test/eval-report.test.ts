import { describe, expect, it } from 'vitest';
import {
  type CaseResult,
  compareRuns,
  createReplayModel,
  evaluate,
  renderReport,
  summarize,
} from '../src/eval/index.ts';
import { createAsk } from '../src/index.ts';
import { databaseError, scriptedPorts } from './scripted-ports.ts';

const result = (id: string, more: Partial<CaseResult> = {}): CaseResult => ({
  id,
  database: 'shop',
  kind: 'answered',
  rounds: 1,
  repairs: 0,
  totalTokens: 10,
  durationMs: 5,
  ...more,
});
const right = { exact: true, set: true, subset: true };
const wrong = { exact: false, set: false, subset: true };

describe('a report', () => {
  it('of nothing says nothing that it does not know', () => {
    const summary = summarize([]);
    expect(summary).toMatchObject({ cases: 0, meanRounds: 0, confidenceAuc: undefined, calibrationError: undefined });
    const report = renderReport('Nothing', summary);
    expect(report).toContain('| answered | 0 (–) |');
    expect(report).not.toMatch(/exact|unanswerable|confidence|Errors|database/);
  });

  it('tells databases, unanswerable questions, confidence and errors where there are any', () => {
    const results = [
      result('a', { comparison: right, confidence: 0.9 }),
      result('b', { comparison: wrong, confidence: 0.2, database: 'bank' }),
      result('c', { kind: 'unanswerable', answerable: false }),
      result('d', { kind: 'failed', errorClass: '42703', answerable: false }),
    ];
    const report = renderReport('All', summarize(results), compareRuns(results, results));
    expect(report).toContain('| exact | 1 of 2 (50.0 %) |');
    expect(report).toContain('| unanswerable, recognised | 1 of 2 |');
    expect(report).toContain('| confidence: AUC / calibration error | 1.000 / 0.150 |');
    expect(report).toContain('| shop | 1 of 1 (100.0 %) |');
    expect(report).toContain('Outcomes: answered 2, unanswerable 1, failed 1.');
    expect(report).toContain('Errors: 42703 1.');
    expect(report).toContain('Gained: none. Lost: none.');
  });

  it('counts databases whatever they are called', () => {
    const results = [result('a', { comparison: right, database: '__proto__' }), result('b', { comparison: wrong })];
    const { byDatabase } = summarize(results);
    expect(Object.entries(byDatabase)).toEqual([
      ['__proto__', { exact: 1, compared: 1 }],
      ['shop', { exact: 0, compared: 1 }],
    ]);
    expect(Object.prototype).not.toHaveProperty('compared');
  });

  it('compares only cases that are in both runs', () => {
    const difference = compareRuns(
      [result('a', { comparison: right })],
      [result('a'), result('z', { comparison: right })],
    );
    expect(difference).toMatchObject({ lost: ['a'], gained: [], exact: { questions: 1, difference: -1 } });
  });
});

describe('a case', () => {
  const evalCase = { id: 'a', database: 'shop', question: 'One?', gold: ['SELECT 1'], evidence: 'One is 1.' };
  const askWith = (reply: string, faults = {}) => {
    const { schema, check, runner } = scriptedPorts(faults);
    return createAsk({ schema, check, runner, model: createReplayModel([reply]) }, { maxRepairs: 0 });
  };

  it('that is refused tells why, and is wrong where results are compared', async () => {
    const ask = () => askWith('DROP TABLE t', { check: { DROP: 'statement' } });
    const run = async () => ({ columns: [], rows: [] });
    expect(await evaluate([evalCase], { ask, run })).toMatchObject([
      { kind: 'refused', errorClass: 'statement', comparison: { exact: false } },
    ]);
    expect((await evaluate([evalCase], { ask }))[0]).not.toHaveProperty('comparison');
  });

  it('whose right statement fails is not compared, says so, and does not stop the run', async () => {
    const ask = () => askWith('SELECT 1');
    const run = async (_: unknown, sql: string) => {
      if (sql === 'SELECT gone') throw databaseError('42703', 'no');
      return { columns: [], rows: [] };
    };
    const cases = [
      { ...evalCase, gold: ['SELECT gone'] },
      { ...evalCase, id: 'b' },
    ];
    const [broken, other] = await evaluate(cases, { ask, run });
    expect(broken).toMatchObject({ kind: 'answered', errorClass: 'right statement: 42703' });
    expect(broken).not.toHaveProperty('comparison');
    expect(other).toMatchObject({ comparison: { exact: true } });
  });

  it('is asked with its evidence, and compared with nothing where nothing is run', async () => {
    const asked: string[] = [];
    const [answered] = await evaluate([{ ...evalCase, answerable: true }], {
      ask: () => (question, options) => {
        asked.push(question);
        return askWith('SELECT 1')(question, options);
      },
    });
    expect(asked).toEqual(['One?\nOne is 1.']);
    expect(answered).toMatchObject({ kind: 'answered', answerable: true, sql: 'SELECT 1' });
    expect(answered).not.toHaveProperty('comparison');
  });

  it('is not asked any more when the run was given up', async () => {
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(evaluate([evalCase], { ask: () => askWith('SELECT 1'), signal })).rejects.toThrow('gone');
  });
});
