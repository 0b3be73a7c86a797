import { describe, expect, it } from 'vitest';
import { createAsk } from '../src/index.ts';
import { parsePort } from './parse-port.ts';
import { answerWith, databaseError, scriptedModel, scriptedPorts } from './scripted-ports.ts';
import { shop } from './shop.ts';

/** Orders have no column totl; total is the one that is nearly called so. */
const misspelt = 'SELECT totl FROM orders';

const askWith = (model: ReturnType<typeof scriptedModel>, options: object = {}) => {
  const unknown = databaseError('42703', 'column "totl" does not exist', { position: '8' });
  const { ran, schema, check, runner } = scriptedPorts({
    explain: {
      totl: unknown,
      '`': databaseError('42601', 'syntax error at or near "`"'),
      missing: databaseError('42703', 'column "missing"'),
    },
  });
  const ask = createAsk({ schema, check, runner, model, parse: parsePort, catalog: { snapshot: () => shop } }, options);
  return { ask, ran };
};

describe('a statement that rules repaired by choosing what it means', () => {
  it('waits for the model, which is told what would be accepted', async () => {
    const model = scriptedModel(answerWith(misspelt), answerWith('SELECT sum(total) FROM orders'));
    const { ask, ran } = askWith(model);
    const outcome = await ask('How much?');
    expect(outcome).toMatchObject({ kind: 'answered', sql: 'SELECT sum(total) FROM orders' });
    expect(ran).toEqual(['SELECT sum(total) FROM orders']);
    expect(outcome.attempts[0]).toMatchObject({
      stage: 'explain',
      sql: misspelt,
      heldSql: 'SELECT orders.total FROM orders',
      error: { sqlState: '42703' },
      repairs: [{ rule: 'near name', from: 'totl', to: 'orders.total' }],
    });
    const told = model.requests[1]!.messages.at(-1)!.content;
    expect(told).toContain('SELECT orders.total FROM orders');
    expect(told).toContain('Send it only if it says what you mean');
  });

  it.each([
    ['repeats its statement', answerWith(misspelt)],
    ['writes one that fails too', answerWith('SELECT missing FROM nowhere')],
    ['writes no statement', 'I would not know.'],
    ['is down', new Error('down')],
  ])('is the answer when the model %s', async (_, second) => {
    const { ask } = askWith(scriptedModel(answerWith(misspelt), second), { maxRepairs: 1 });
    const outcome = await ask('How much?');
    expect(outcome).toMatchObject({ kind: 'answered', sql: 'SELECT orders.total FROM orders' });
    expect(outcome.attempts.at(-1)).toMatchObject({ stage: 'done', writtenSql: misspelt, round: 0 });
  });

  it('is not the answer when the model says that the database does not hold it', async () => {
    const reply = JSON.stringify({ status: 'unanswerable', sql: null, reason: 'No totals.', missing: ['total'] });
    const { ask, ran } = askWith(scriptedModel(answerWith(misspelt), reply));
    expect(await ask('How much?')).toMatchObject({ kind: 'unanswerable', reason: 'No totals.' });
    expect(ran).toEqual([]);
  });

  it('runs at once in the last round, and always where that is wanted', async () => {
    for (const options of [{ maxRepairs: 0 }, { confirmRepairs: false }]) {
      const model = scriptedModel(answerWith(misspelt));
      expect(await askWith(model, options).ask('How much?')).toMatchObject({ kind: 'answered' });
      expect(model.requests).toHaveLength(1);
    }
  });
});

it('a repair of notation alone is not asked about', async () => {
  const model = scriptedModel(answerWith('SELECT `total` FROM orders'));
  expect(await askWith(model).ask('How much?')).toMatchObject({ kind: 'answered', sql: 'SELECT total FROM orders' });
  expect(model.requests).toHaveLength(1);
});

it('the same error in the same line ends the rounds, in another line it does not', async () => {
  const { schema, check, runner } = scriptedPorts({
    explain: { missing: databaseError('42703', 'column "missing" does not exist', { position: '8' }) },
  });
  const same = scriptedModel(
    answerWith('SELECT missing\nFROM a'),
    answerWith('SELECT missing\nFROM b'),
    answerWith('SELECT 1'),
  );
  const ended = await createAsk({ schema, check, runner, model: same })('Which?');
  expect(ended).toMatchObject({ kind: 'failed', error: { code: 'SQL_ERROR', sqlState: '42703' } });
  expect(same.requests).toHaveLength(2);
  const other = scriptedModel(
    answerWith('SELECT missing FROM a'),
    answerWith('SELECT missing, b'),
    answerWith('SELECT 1'),
  );
  expect(await createAsk({ schema, check, runner, model: other })('Which?')).toMatchObject({ kind: 'answered' });
});

it('a column is never made to be compared with itself', async () => {
  const sql = 'SELECT o.total FROM orders o JOIN stores s ON o.customer_id = s.customer_id';
  const { explained, schema, check, runner } = scriptedPorts({
    explain: { 's.customer_id': databaseError('42703', 'column s.customer_id does not exist', { position: '64' }) },
  });
  const model = scriptedModel(answerWith(sql));
  const outcome = await createAsk(
    { schema, check, runner, model, parse: parsePort, catalog: { snapshot: () => shop } },
    { maxRepairs: 0 },
  )('?');
  expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'SQL_ERROR' } });
  expect(explained).toEqual([sql]);
});
