import { describe, expect, it } from 'vitest';
import { type AskPorts, createAsk } from '../src/index.ts';
import { parsePort } from './parse-port.ts';
import { answerWith, databaseError, scriptedModel, scriptedPorts } from './scripted-ports.ts';
import { shop } from './shop.ts';

/** Ports that write down, in order, which of them is asked about which statement. */
const witnessed = (faults: Parameters<typeof scriptedPorts>[0] = {}, rows: unknown[][] = [['1']]) => {
  const asked: string[] = [];
  const { schema, check, runner } = scriptedPorts(faults);
  const witness = <Value>(what: string, sql: string, answer: () => Value): Value => {
    asked.push(`${what} ${sql}`);
    return answer();
  };
  const table = { columns: [{ name: 'n' }], rows };
  const ports: Omit<AskPorts, 'model'> = {
    schema,
    check: { check: (sql) => witness('check', sql, () => check.check(sql)) },
    parse: { parse: (sql) => witness('parse', sql, () => parsePort.parse(sql)) },
    catalog: { snapshot: () => shop },
    runner: {
      explain: (sql) => witness('explain', sql, () => runner.explain(sql)),
      run: (sql) => witness('run', sql, async () => table),
    },
  };
  return { ports, asked };
};

const wrongCase = 'SELECT qty FROM orderitems';
const rightCase = 'SELECT "Qty" FROM "OrderItems"';
const unknownTable = databaseError('42P01', 'relation "orderitems" does not exist', { position: '17' });

describe('before the database is asked', () => {
  it('a statement is checked, its names are resolved and repaired, and the repaired text is checked', async () => {
    const { ports, asked } = witnessed({ explain: { [wrongCase]: unknownTable } });
    const outcome = await createAsk({ ...ports, model: scriptedModel(answerWith(wrongCase)) })('How many?');
    expect(outcome).toMatchObject({ kind: 'answered', sql: rightCase });
    const firstExplain = asked.findIndex((line) => line.startsWith('explain'));
    const before = asked.slice(0, firstExplain);
    expect(before[0]).toBe(`check ${wrongCase}`);
    expect(before).toContain(`parse ${wrongCase}`);
    expect(before).toContain(`check ${rightCase}`);
    expect(asked.filter((line) => line.startsWith('explain'))).toEqual([
      `explain ${wrongCase}`,
      `explain ${rightCase}`,
    ]);
    expect(outcome.attempts).toMatchObject([
      { stage: 'done', sql: rightCase, writtenSql: wrongCase, repairs: [{ rule: 'quoting' }, { rule: 'quoting' }] },
    ]);
    expect(Object.keys(outcome.attempts[0]!.durationsMs)).toEqual(
      expect.arrayContaining(['check', 'resolve', 'repair', 'lint', 'explain']),
    );
  });

  it('joins and literals are looked at, also when the statement is not to run', async () => {
    const sql = 'SELECT 1 FROM stores s JOIN customers c ON c.customer_id = s.store_id';
    const { ports, asked } = witnessed();
    const ask = createAsk({ ...ports, model: scriptedModel(answerWith(sql)) });
    const outcome = await ask('Which?', { execute: false });
    expect(outcome).toMatchObject({ kind: 'answered', findings: [{ kind: 'off_key_join', isStrong: true }] });
    expect(asked.some((line) => line.startsWith('run'))).toBe(false);
  });
});

describe('what the snapshot says', () => {
  it('never changes a statement that PostgreSQL accepts: the snapshot may be old, or another search path in force', async () => {
    const { ports } = witnessed();
    const outcome = await createAsk({ ...ports, model: scriptedModel(answerWith(wrongCase)) })('How many?');
    expect(outcome).toMatchObject({ kind: 'answered', sql: wrongCase, attempts: [{ sql: wrongCase }] });
    expect(outcome.attempts[0]).not.toHaveProperty('repairs');
  });

  it('is dropped when the check refuses what rules made of it: PostgreSQL words the error', async () => {
    const { ports } = witnessed({ explain: { [wrongCase]: unknownTable }, check: { OrderItems: 'relation' } });
    const outcome = await createAsk({ ...ports, model: scriptedModel(answerWith(wrongCase)) }, { maxRepairs: 0 })('?');
    expect(outcome).toMatchObject({ kind: 'refused' });
    expect(outcome.attempts.every(({ stage }) => stage === 'check' || stage === 'explain')).toBe(true);
  });

  it('is done without when the snapshot cannot be had', async () => {
    const { ports } = witnessed();
    const catalog = { snapshot: () => Promise.reject(new Error('no catalog')) };
    const outcome = await createAsk({ ...ports, catalog, model: scriptedModel(answerWith('SELECT 1')) })('?');
    expect(outcome).toMatchObject({ kind: 'answered', sql: 'SELECT 1' });
  });
});

describe('a statement that looks wrong', () => {
  const offKey = 'SELECT 1 FROM stores s JOIN customers c ON c.customer_id = s.store_id';
  const onKey = 'SELECT 1 FROM stores s JOIN orders o ON o.store_id = s.store_id';

  it('is asked about once before it runs, with retryImplausible, and replaced by a better one', async () => {
    const { ports, asked } = witnessed();
    const model = scriptedModel(answerWith(offKey), answerWith(onKey));
    const outcome = await createAsk({ ...ports, model }, { retryImplausible: true })('Which?');
    expect(outcome).toMatchObject({ kind: 'answered', sql: onKey, findings: [], usage: { modelCalls: 2 } });
    expect(outcome).toMatchObject({ confidence: { reasons: ['The statement passed every check.'] } });
    expect(asked.filter((line) => line.startsWith('run'))).toEqual([`run ${onKey}`]);
    const told = model.requests[1]!.messages.at(-1)!.content;
    expect(told).toContain('was not run yet');
    expect(told).toContain('no foreign key links them');
    expect(told).toContain('send it again as it is');
  });

  it.each([
    ['sends it again', answerWith(` ${offKey};`)],
    ['is down', new Error('down')],
  ])('runs when the model %s, and is not asked about again', async (_, second) => {
    const { ports, asked } = witnessed();
    const model = scriptedModel(answerWith(offKey), second);
    const outcome = await createAsk({ ...ports, model }, { retryImplausible: true })('Which?');
    expect(outcome).toMatchObject({ kind: 'answered', sql: offKey, findings: [{ kind: 'off_key_join' }] });
    expect(model.requests).toHaveLength(2);
    expect(asked.filter((line) => line.startsWith('run'))).toEqual([`run ${offKey}`]);
  });

  it('is not asked about a second time when the second one looks wrong too', async () => {
    const other = 'SELECT 2 FROM stores s JOIN customers c ON c.customer_id = s.store_id';
    const { ports } = witnessed();
    const model = scriptedModel(answerWith(offKey), answerWith(other));
    const outcome = await createAsk({ ...ports, model }, { retryImplausible: true })('Which?');
    expect(outcome).toMatchObject({ kind: 'answered', sql: other, usage: { modelCalls: 2 } });
  });

  it('runs at once without retryImplausible', async () => {
    const { ports } = witnessed();
    const model = scriptedModel(answerWith(offKey));
    const outcome = await createAsk({ ...ports, model })('Which?');
    expect(outcome).toMatchObject({ kind: 'answered', sql: offKey, findings: [{ kind: 'off_key_join' }] });
  });

  it('is never held when it is a verified one', async () => {
    const { ports } = witnessed();
    const verifiedPairs = [{ question: 'Which?', sql: offKey }];
    const outcome = await createAsk(
      { ...ports, model: scriptedModel() },
      { verifiedPairs, retryImplausible: true },
    )('Which?');
    expect(outcome).toMatchObject({ kind: 'answered', source: 'verified', sql: offKey });
  });

  it.each([
    ['told', true, 'holds "North", not "north"'],
    ['kept from the model', false, 'holds "north" in another spelling'],
  ])(
    'with a text that is stored in another spelling is found before it runs, the spelling %s',
    async (_, valueHints, said) => {
      const [regions, ...others] = shop.tables;
      const columns = regions!.columns.map((column) =>
        column.name === 'region_name' ? { ...column, statistics: { commonValues: ['North', 'South'] } } : column,
      );
      const { ports, asked } = witnessed();
      const catalog = { snapshot: () => ({ tables: [{ ...regions!, columns }, ...others] }) };
      const [wrong, right] = ['north', 'North'].map((name) => `SELECT 1 FROM regions WHERE region_name = '${name}'`);
      const model = scriptedModel(answerWith(wrong!), answerWith(right!));
      const outcome = await createAsk({ ...ports, catalog, model }, { retryImplausible: true, valueHints })('Which?');
      expect(outcome).toMatchObject({ kind: 'answered', sql: right });
      expect(asked).not.toContain(`run ${wrong}`);
      const { content } = model.requests[1]!.messages.at(-1)!;
      expect(content).toContain(said);
      expect(content.includes('"North"')).toBe(valueHints);
    },
  );
});
