import { describe, expect, it } from 'vitest';
import {
  type CaseResult,
  compareResults,
  compareRuns,
  createReplayModel,
  evaluate,
  expandVariants,
  isOrdered,
  pairedBootstrap,
  readCases,
  renderReport,
  summarize,
  type TypedTable,
} from '../src/eval/index.ts';
import { createAsk } from '../src/index.ts';
import { parsePort } from './parse-port.ts';
import { databaseError, scriptedPorts } from './scripted-ports.ts';

const int = 23;
const numeric = 1700;
const text = 25;
const table = (types: number[], ...rows: (string | null)[][]): TypedTable => ({
  columns: types.map((typeOid, at) => ({ name: `c${at}`, typeOid })),
  rows,
});
const same = (left: TypedTable, right: TypedTable, ordered = false) => compareResults(left, right, { ordered }).exact;
const one = (typeOid: number, cell: string | null) => table([typeOid], [cell]);

describe('two cells are equal when', () => {
  it.each([
    ['numbers of different types are the same', one(int, '5'), one(numeric, '5.000')],
    ['numbers agree to ten digits', one(701, '0.12345678901'), one(numeric, '0.12345678904')],
    ['zero has a sign', one(701, '-0'), one(int, '0')],
    ['char(n) is padded', one(1042, 'ab  '), one(text, 'ab')],
    ['a date is the midnight of a timestamp', one(1082, '2024-03-01'), one(1114, '2024-03-01 00:00:00')],
    [
      'moments are the same in other zones',
      one(1184, '2024-03-01 12:00:00.5+02'),
      one(1184, '2024-03-01 05:30:00.5-04:30'),
    ],
    [
      'JSON has its keys in another order',
      one(3802, '{"b": [1, {"d": 1, "c": 2}], "a": 1}'),
      one(114, '{"a":1,"b":[1,{"c":2,"d":1}]}'),
    ],
    ['both are NULL', one(int, null), one(text, null)],
    ['both are NaN', one(701, 'NaN'), one(numeric, 'NaN')],
    ['both are infinite', one(1114, 'infinity'), one(1082, 'infinity')],
  ])('%s', (_, left, right) => {
    expect(same(left, right)).toBe(true);
  });
});

describe('two cells differ when', () => {
  it.each([
    ['a text looks like a number', one(int, '5'), one(text, '5')],
    ['a text looks like a boolean', one(16, 't'), one(text, 't')],
    ['one is NULL and one is empty', one(text, null), one(text, '')],
    ['case differs', one(text, 'a'), one(text, 'A')],
    ['microseconds differ', one(1114, '2024-03-01 00:00:00.000001'), one(1114, '2024-03-01 00:00:00')],
    ['they are of unlike types', one(1186, '01:00:00'), one(1083, '01:00:00')],
    ['numbers differ in the tenth digit', one(numeric, '1.234567891'), one(numeric, '1.234567892')],
  ])('%s', (_, left, right) => {
    expect(same(left, right)).toBe(false);
  });
});

describe('compareResults', () => {
  const gold = table([text, int], ['a', '1'], ['b', '2'], ['b', '2']);

  it('compares multisets, and sequences when order counts', () => {
    const shuffled = table([text, int], ['b', '2'], ['a', '1'], ['b', '2']);
    expect(compareResults(gold, shuffled, { ordered: false })).toEqual({ exact: true, set: true, subset: true });
    expect(compareResults(gold, shuffled, { ordered: true })).toEqual({ exact: false, set: true, subset: false });
  });

  it('forgives lost duplicates only as a set', () => {
    const distinct = table([text, int], ['a', '1'], ['b', '2']);
    expect(compareResults(gold, distinct, { ordered: false })).toEqual({ exact: false, set: true, subset: false });
  });

  it('forgives extra columns only as a subset, in any order', () => {
    const wider = table([int, text, text], ['1', 'x', 'a'], ['2', 'x', 'b'], ['2', 'x', 'b']);
    expect(compareResults(gold, wider, { ordered: false })).toEqual({ exact: false, set: false, subset: true });
    const wrong = table([int, text, text], ['1', 'x', 'b'], ['2', 'x', 'a'], ['2', 'x', 'b']);
    expect(compareResults(gold, wrong, { ordered: false }).subset).toBe(false);
  });

  it('does not take values of one column for those of another', () => {
    expect(same(table([text, text], ['a', 'b']), table([text, text], ['b', 'a']))).toBe(false);
  });
});

describe('cases', () => {
  it('are read from our own JSON', () => {
    const cases = [{ id: 'a', database: 'd', question: 'q', gold: ['SELECT 1'], evidence: 'e' }];
    expect(readCases(JSON.stringify(cases), 'json')).toEqual(cases);
  });

  it('are read from BIRD, with the position as id', () => {
    const entry = { question_id: 7, db_id: 'd', question: 'q', evidence: 'e', SQL: 'SELECT 1', difficulty: 'simple' };
    expect(readCases(JSON.stringify([entry]), 'bird')).toEqual([
      { id: '0', database: 'd', question: 'q', evidence: 'e', gold: ['SELECT 1'] },
    ]);
  });

  it('are read from the CSV of defog', () => {
    const csv =
      'question,query,db_name\r\n"How many, ""in"" all?","SELECT 1;\nSELECT 2",shop\nThe "next" one?,SELECT 3,shop\n"An "odd" one",SELECT 4,shop\n';
    expect(readCases(csv, 'defog')).toEqual([
      { id: '0', database: 'shop', question: 'How many, "in" all?', gold: ['SELECT 1', 'SELECT 2'] },
      { id: '1', database: 'shop', question: 'The "next" one?', gold: ['SELECT 3'] },
      { id: '2', database: 'shop', question: 'An odd" one"', gold: ['SELECT 4'] },
    ]);
  });

  it.each([
    ['{', 'json', /must be JSON/],
    ['{}', 'bird', /must hold a list/],
    ['[1]', 'json', /cases\[0\] must be an object/],
    ['[{"id":"a","database":"d","question":"q","gold":5}]', 'json', /cases\[0\].gold must be/],
    ['[{"db_id":"d"}]', 'bird', /cases\[0\].question must be a string/],
  ] as const)('are refused for %j', (content, format, message) => {
    expect(() => readCases(content, format)).toThrow(message);
  });

  it('of defog stand for every choice of their members', () => {
    expect(expandVariants('SELECT {a, f(b, c)}, count(*) FROM t GROUP BY {}; SELECT 2')).toEqual([
      'SELECT a, count(*) FROM t GROUP BY a',
      'SELECT f(b, c), count(*) FROM t GROUP BY f(b, c)',
      'SELECT a, f(b, c), count(*) FROM t GROUP BY a, f(b, c)',
      'SELECT 2',
    ]);
  });
});

describe('evaluate', () => {
  const wrong = databaseError('42703', 'column "b" does not exist');
  const cases = [
    { id: '0', database: 'd', question: 'First?', gold: ['SELECT 0', 'SELECT 1'] },
    { id: '1', database: 'd', question: 'Second?', gold: ['SELECT 1'] },
    { id: '2', database: 'd', question: 'Third?', gold: ['SELECT 1'] },
  ];
  const replies = [['SELECT b', 'SELECT 1'], ['SELECT 2'], ['SELECT b', 'SELECT b + 1', 'SELECT b + 2']];
  const run = async (sql: string) => one(int, /\d/.exec(sql)?.[0] ?? '0');
  const replay = () => {
    const { schema, check, runner } = scriptedPorts({ explain: { 'SELECT b': wrong } });
    return evaluate(cases, {
      ask: ({ id }) => createAsk({ schema, check, runner, model: createReplayModel(replies[Number(id)]!) }),
      run: async (_, sql) => run(sql),
      parse: parsePort,
    });
  };

  it('replays recorded replies and compares what they return', async () => {
    expect(await replay()).toMatchObject([
      { id: '0', kind: 'answered', rounds: 2, comparison: { exact: true } },
      { id: '1', kind: 'answered', rounds: 1, comparison: { exact: false } },
      { id: '2', kind: 'failed', rounds: 3, errorClass: '42703' },
    ]);
  });

  it('sums up and reports, against another run', async () => {
    const results = await replay();
    const summary = summarize(results);
    expect(summary).toMatchObject({
      cases: 3,
      answered: 2,
      exact: 1,
      compared: 3,
      meanRounds: 2,
      errors: { '42703': 1 },
    });
    const better = results.map((result) => ({
      ...result,
      comparison: { exact: result.id !== '0', set: true, subset: true },
    }));
    const difference = compareRuns(results, better as CaseResult[]);
    expect(difference).toMatchObject({ gained: ['1', '2'], lost: ['0'], exact: { questions: 3 } });
    expect(difference.exact.difference).toBeCloseTo(1 / 3);
    const report = renderReport('Replay', summary, difference);
    expect(report).toContain('| exact | 1 of 3 (33.3 %) |');
    expect(report).toContain('Gained: 1, 2. Lost: 0.');
    expect(report).toContain('Errors: 42703 1.');
  });

  it('calls a candidate that does not run wrong', async () => {
    const { schema, check, runner } = scriptedPorts();
    const [result] = await evaluate(cases.slice(0, 1), {
      ask: () => createAsk({ schema, check, runner, model: createReplayModel(['SELECT 1/0']) }),
      run: async () => {
        throw new Error('division by zero');
      },
      parse: parsePort,
    });
    expect(result).toMatchObject({ kind: 'answered', comparison: { exact: false, set: false, subset: false } });
  });

  it('knows whether order counts', async () => {
    expect(await isOrdered('SELECT 1 FROM (SELECT 2 ORDER BY 1) t', parsePort)).toBe(false);
    expect(await isOrdered('SELECT 1 UNION SELECT 2 ORDER BY 1', parsePort)).toBe(true);
  });
});

describe('pairedBootstrap', () => {
  it('is sure of a large difference and not of none, and always says the same', () => {
    const before = Array.from({ length: 100 }, (_, at) => Number(at % 2 === 0));
    const sure = pairedBootstrap(
      before,
      before.map(() => 1),
    );
    expect(sure).toMatchObject({ difference: 0.5, questions: 100 });
    expect(sure.low).toBeGreaterThan(0.3);
    expect(sure).toEqual(
      pairedBootstrap(
        before,
        before.map(() => 1),
      ),
    );
    const swapped = before.map((score, at) => (at < 4 ? 1 - score : score));
    const unsure = pairedBootstrap(before, swapped);
    expect(unsure.low).toBeLessThan(0);
    expect(unsure.high).toBeGreaterThan(0);
  });
});
