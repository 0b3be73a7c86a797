import { describe, expect, it } from 'vitest';
import {
  areaUnderCurve,
  createReplayModel,
  isSignificantlyWorse,
  pairedBootstrap,
  readCaseList,
  readCases,
  readPredictions,
  renderBars,
} from '../src/eval/index.ts';

describe('recorded statements', () => {
  it('are read by the id or the position of their case, blank lines and other keys left aside', () => {
    const lines = ['{"id":"a","sql":"SELECT 1","model":"m"}', '', '{"i":7,"sql":"SELECT 2"}', '  '].join('\n');
    expect([...readPredictions(lines)]).toEqual([
      ['a', 'SELECT 1'],
      ['7', 'SELECT 2'],
    ]);
  });

  it.each([
    ['{"id":"a"}', /Line 1 .* needs an id \(or i\) and sql/],
    ['{"sql":"SELECT 1"}', /Line 1 .* needs an id/],
    ['{"id":true,"sql":"SELECT 1"}', /Line 1 .* needs an id/],
    ['null', /Line 1 .* needs an id/],
    ['\n5', /Line 2 .* needs an id/],
    ['{"id":1,"sql":"x"}\nnonsense', /Line 2 .* is not JSON/],
  ])('are refused for %j', (lines, message) => {
    expect(() => readPredictions(lines)).toThrow(message);
  });

  it('are given back in order, and the last one again and again', async () => {
    const model = createReplayModel(['one', 'two']);
    const texts: string[] = [];
    for (let call = 0; call < 3; call++) texts.push((await model.complete({ messages: [] })).text);
    expect(texts).toEqual(['one', 'two', 'two']);
    expect(model.calls).toBe(3);
    expect((await createReplayModel([]).complete({ messages: [] })).text).toBe('');
  });
});

describe('cases', () => {
  it('are read from a list or a map of cases, with the position as id and one statement for a list', () => {
    const cases = [
      { question: 'One?', gold: 'SELECT 1' },
      { id: 7, question: 'Two?', answerable: false },
    ];
    const expected = [
      { id: '0', database: '', question: 'One?', gold: ['SELECT 1'] },
      { id: '7', database: '', question: 'Two?', gold: [], answerable: false },
    ];
    expect(readCaseList(cases)).toEqual(expected);
    expect(readCaseList({ cases })).toEqual(expected);
  });

  it('are read from our own CSV, several right statements in one cell', () => {
    const csv = 'id,question,gold,answerable\na,One?,SELECT 1; SELECT 2,\nb,Two?,,false\nc,Three?,SELECT 3,true\n';
    expect(readCases(csv, 'csv')).toMatchObject([
      { id: 'a', gold: ['SELECT 1', 'SELECT 2'] },
      { id: 'b', gold: [], answerable: false },
      { id: 'c', gold: ['SELECT 3'], answerable: true },
    ]);
  });

  it('are read as spreadsheets write them: with a byte order mark, TRUE and FALSE', () => {
    const csv = '\ufeffid,question,gold,answerable\na,One?,SELECT 1,TRUE\nb,Two?,,FALSE\n';
    expect(readCases(csv, 'csv')).toMatchObject([
      { id: 'a', answerable: true },
      { id: 'b', answerable: false },
    ]);
    expect(readCases('\ufeff[]', 'json')).toEqual([]);
    expect(() => readCases('question,answerable\nOne?,no\n', 'csv')).toThrow(
      /cases\[0\].answerable must be true or false/,
    );
  });

  it('of defog are refused without the columns that they are known by', () => {
    expect(() => readCases('id,question,gold\na,One?,SELECT 1\n', 'defog')).toThrow(
      /cases\[0\].query must be a string/,
    );
  });

  it('of defog keep their instructions', () => {
    const csv =
      'question,query,db_name,instructions,full_instructions\nOne?,SELECT 1,shop,Be exact.,All of it\nTwo?,SELECT 2,shop,,\n';
    expect(readCases(csv, 'defog')).toMatchObject([{ evidence: 'Be exact.' }, { id: '1' }]);
    expect(readCases(csv, 'defog')[1]).not.toHaveProperty('evidence');
  });

  it.each<[string, unknown, RegExp]>([
    ['no list', { questions: [] }, /must hold a list of cases/],
    [
      'an unknown key',
      [{ question: 'q', golden: 'SELECT 1' }],
      /cases\[0\] does not know "golden"\. Known: id, database/,
    ],
    ['no question', [{ id: 'a' }], /cases\[0\].question must be a string/],
    [
      'an id twice',
      [
        { id: 'a', question: 'q' },
        { id: 'a', question: 'r' },
      ],
      /cases\[1\].id "a" is taken already/,
    ],
    ['a database that is no text', [{ question: 'q', database: 5 }], /cases\[0\].database must be a string/],
    ['statements that are no texts', [{ question: 'q', gold: [1] }], /cases\[0\].gold must be/],
    [
      'an answerable that is neither',
      [{ question: 'q', answerable: 'yes' }],
      /cases\[0\].answerable must be true or false/,
    ],
    ['evidence that is no text', [{ question: 'q', evidence: 5 }], /cases\[0\].evidence must be a string/],
    [
      'an id that is neither text nor number',
      [{ question: 'q', id: {} }],
      /cases\[0\].id must be a string or a number/,
    ],
    ['nothing', [null], /cases\[0\] must be an object/],
  ])('are refused for %s', (_, value, message) => {
    expect(() => readCaseList(value)).toThrow(message);
  });
});

describe('numbers of a run', () => {
  it('have an area under their curve only where there are both kinds', () => {
    const item = (score: number, isPositive: boolean) => ({ score, isPositive });
    expect(areaUnderCurve([item(0.9, true), item(0.1, false)])).toBe(1);
    expect(areaUnderCurve([item(0.1, true), item(0.9, false)])).toBe(0);
    expect(areaUnderCurve([item(0.5, true), item(0.5, false)])).toBe(0.5);
    expect(areaUnderCurve([item(0.5, true)])).toBeUndefined();
    expect(areaUnderCurve([item(0.5, false)])).toBeUndefined();
  });

  it('of no questions differ by nothing, and a few questions prove nothing', () => {
    expect(pairedBootstrap([], [], { resamples: 10 })).toEqual({ difference: 0, low: 0, high: 0, questions: 0 });
    const worse = (questions: number) => pairedBootstrap(Array(questions).fill(1), Array(questions).fill(0));
    expect(isSignificantlyWorse(worse(9))).toBe(false);
    expect(isSignificantlyWorse(worse(10))).toBe(true);
    expect(isSignificantlyWorse(pairedBootstrap(Array(20).fill(0), Array(20).fill(1)))).toBe(false);
  });

  it('are drawn as bars whose texts cannot become markup', () => {
    const svg = renderBars('<b>&"', [
      { label: 'a<script>', share: 0.5, note: '1 of 2', before: 0.25 },
      { label: 'beyond\u0000', share: 7 },
    ]);
    expect(svg).not.toMatch(/<script|<b>|\u0000/);
    expect(svg).toContain('50.0 % (1 of 2)');
    expect(svg).toContain('700.0 %');
    // A bar never leaves its ground.
    const widths = [...svg.matchAll(/fill="#3b82f6"/g)].length;
    expect(widths).toBe(2);
    expect(svg).toMatch(/width="320" height="16" fill="#3b82f6"/);
  });
});
