import { describe, expect, it } from 'vitest';
import {
  compareOfflineRuns,
  type EvalCase,
  evaluateOffline,
  isSignificantlyWorse,
  type OfflineResult,
  type OfflineSetup,
  renderOfflineReport,
  summarizeOffline,
  type TypedTable,
} from '../src/eval/index.ts';
import { useShop } from './use-tables.ts';

const { ports } = useShop();

const run = async (_: EvalCase, sql: string): Promise<TypedTable> => (await ports().runner.run(sql)) as TypedTable;

const setup = (more: Partial<OfflineSetup> = {}): OfflineSetup => ({ ports, maxSchemaTokens: 1_000, ...more });

const north: EvalCase = {
  id: 'north',
  database: 'shop',
  question: 'Which stores are in the region North?',
  gold: ["SELECT s.name FROM stores s JOIN regions r USING (region_id) WHERE r.region_name = 'North'"],
};
const open: EvalCase = {
  id: 'open',
  database: 'shop',
  question: 'How many tickets are in progress?',
  gold: ["WITH t AS (SELECT * FROM tickets) SELECT count(*) FROM t WHERE state = 'in progress'"],
};
const none: EvalCase = {
  id: 'none',
  database: 'shop',
  question: 'Which orders exceed a million?',
  gold: ['SELECT order_id FROM orders WHERE total > 1000000'],
};
const weather: EvalCase = {
  id: 'weather',
  database: 'shop',
  question: 'How was the weather?',
  gold: [],
  answerable: false,
};

const models = (...statements: readonly Readonly<Record<string, string>>[]) =>
  statements.map((recorded) => new Map(Object.entries(recorded)));

const first = async (evalCase: EvalCase, sql: string, more: Partial<OfflineSetup> = {}) => {
  const [result] = await evaluateOffline(
    [evalCase],
    setup({ run, predictions: models({ [evalCase.id]: sql }), ...more }),
  );
  return result?.predictions[0];
};

describe('a case without a model', () => {
  it('tells which tables are shown, whether the right statement passes, and which values were found', async () => {
    const [result] = await evaluateOffline([open], setup());
    expect(result).toMatchObject({
      id: 'open',
      // The name that WITH defines is no table.
      tables: 1,
      tablesShown: 0,
      schemaTokens: 10,
      goldPasses: true,
      goldBinds: true,
      literals: 1,
      literalsFound: 1,
      answerable: true,
      predictions: [],
    });
    expect(result?.valueHits).toBeGreaterThan(0);
    expect(Object.values(result?.stageMs ?? {}).reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(result?.addedMs ?? 0);
  });

  it('that cannot be answered has no right statement to judge', async () => {
    const [result] = await evaluateOffline([weather], setup());
    expect(result).toMatchObject({ answerable: false, tables: 0, literals: 0 });
    expect(result).not.toHaveProperty('goldPasses');
  });

  it.each([
    ['is no SQL', 'SELEC 1', { goldPasses: false, goldBinds: false, goldError: '42601', tables: 0 }],
    ['is refused', 'DELETE FROM stores', { goldPasses: false, goldBinds: false, goldError: 'statement' }],
    ['needs quotes', 'SELECT OrderId FROM OrderItems', { goldPasses: false, goldBinds: true, goldError: '42P01' }],
    ['names a schema', 'SELECT note FROM archive.old_orders', { goldPasses: true, tables: 1 }],
  ])('whose right statement %s says so', async (_, gold, expected) => {
    const [result] = await evaluateOffline([{ ...north, gold: [gold] }], setup());
    expect(result).toMatchObject(expected);
  });

  it('is not begun when the caller has given up', async () => {
    const done: string[] = [];
    const caller = new AbortController();
    const onCase = ({ id }: OfflineResult) => {
      done.push(id);
      caller.abort(new Error('gone'));
    };
    await expect(evaluateOffline([north, open], setup({ signal: caller.signal, onCase }))).rejects.toThrow('gone');
    expect(done).toEqual(['north']);
  });
});

describe('a recorded statement', () => {
  it.each([
    [
      'binds and is right',
      north,
      "SELECT name FROM stores WHERE region_id = (SELECT region_id FROM regions WHERE region_name LIKE 'North')",
      { fate: 'binds', right: true },
    ],
    ['binds and is wrong', north, 'SELECT name FROM stores WHERE region_id = 2', { fate: 'binds', right: false }],
    [
      'binds and returns nothing',
      north,
      'SELECT name FROM stores WHERE false',
      { fate: 'binds', right: false, doubts: { isImplausible: true, flags: ['empty_result'] } },
    ],
    [
      'leaves out a row that ties',
      { ...north, gold: ['SELECT name FROM stores'] },
      'SELECT name FROM stores ORDER BY length(name) > 0 LIMIT 1',
      { fate: 'binds', right: false, doubts: { flags: ['limit_ties'] } },
    ],
    [
      'binds and fails while it runs',
      north,
      'SELECT 1 / (store_id - store_id) FROM stores',
      { fate: 'binds', right: false },
    ],
    [
      'is repaired and right',
      north,
      "SELECT s.`name` FROM stores s JOIN regions r USING (region_id) WHERE r.region_name = 'North'",
      { fate: 'repaired', error: '42601', right: true },
    ],
    ['is beyond repair', north, 'SELECT nonsense FROM nowhere_at_all', { fate: 'fails', error: '42P01' }],
    ['is refused', north, 'DROP TABLE stores', { fate: 'fails', error: 'statement' }],
  ])('%s', async (_, evalCase, sql, expected) => {
    expect(await first(evalCase, sql)).toMatchObject(expected);
  });

  it('with an unknown column is held against the columns that it lacks', async () => {
    expect(await first(north, "SELECT nam_of FROM stores WHERE region_name = 'North'")).toMatchObject({
      error: '42703',
      feedback: { missing: expect.any(Number), named: expect.any(Number) },
    });
    const lacking = await first(north, 'SELECT shop_title FROM stores');
    expect(lacking?.feedback?.named).toBeGreaterThan(0);
    // It names every column of the right one: there is nothing that it lacks.
    const { gold } = north;
    const complete = `SELECT s.rainfall, s.name, s.region_id, r.region_id, r.region_name FROM stores s, regions r`;
    expect(await first({ ...north, gold }, complete)).not.toHaveProperty('feedback');
    expect(await first({ ...north, gold: ['SELEC'] }, 'SELECT rainfall FROM stores')).not.toHaveProperty('feedback');
  });

  it('is not judged by its rows where the right one has none, or nothing is run', async () => {
    expect(await first(none, 'SELECT order_id FROM orders WHERE false')).toEqual({ fate: 'binds' });
    expect(await first(weather, 'SELECT 1')).toEqual({ fate: 'binds' });
    expect(await first(north, 'SELECT 1', { run: undefined })).toEqual({ fate: 'binds' });
  });
});

describe('a run without a model', () => {
  const weak = { north: 'SELECT nam FROM stores', open: 'SELECT count(*) FROM ticket' };
  const strong = {
    north: "SELECT s.name FROM stores s JOIN regions r USING (region_id) WHERE r.region_name = 'North'",
    open: "SELECT count(*) FROM tickets WHERE state = 'open'",
  };
  const measured = (...recorded: readonly Readonly<Record<string, string>>[]) =>
    evaluateOffline([north, open, weather], setup({ run, predictions: models(...recorded) }));

  it('is summed up and reported, with its difference to another one', async () => {
    const [before, after] = [await measured(weak), await measured(strong, weak)];
    const summary = summarizeOffline(after);
    expect(summary).toMatchObject({
      cases: 3,
      goldStatements: 2,
      goldStopped: 0,
      goldBinding: 2,
      valueRecall: expect.any(Number),
      answerabilityAuc: 1,
      predictions: {
        statements: 4,
        failing: 2,
        changed: 0,
        right: { compared: expect.any(Number) },
        doubts: { answers: { right: expect.any(Number) } },
      },
    });
    const differences = compareOfflineRuns(before, after);
    expect(Object.keys(differences)).toContain('recorded statements that bind');
    const report = renderOfflineReport('Offline', summary, differences);
    expect(report).toContain('| M3 | right statements stopped by check or EXPLAIN | 0 of 2 |');
    expect(report).toContain('| M8 | answerable told from unanswerable (AUC) | 1.000 |');
    expect(report).toMatch(/\| M7 \| confidence: AUC \/ calibration error \|/);
    expect(report).toMatch(/Against the run before, recorded statements that bind: [-\d.]+ points/);
    expect(Object.values(differences).some(isSignificantlyWorse)).toBe(false);
    expect(compareOfflineRuns([], after)).toEqual({});
  });

  it('of nothing has no shares, and says what was stopped and why', async () => {
    const [stopped] = [await evaluateOffline([{ ...north, gold: ['DELETE FROM stores'] }], setup())];
    const summary = summarizeOffline(stopped);
    expect(summary).toMatchObject({ goldErrors: { statement: 1 }, predictions: undefined, valueRecall: undefined });
    const report = renderOfflineReport('Offline', summary);
    expect(report).toContain('Stopped: statement 1.');
    expect(report).toContain('| M8 | answerable told from unanswerable (AUC) | – |');
    expect(summarizeOffline([])).toMatchObject({ cases: 0, addedMsP95: 0, stageShares: { linking: 0 } });
  });
});
