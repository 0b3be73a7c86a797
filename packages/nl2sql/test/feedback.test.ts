import { describe, expect, it } from 'vitest';
import { adviceFor } from '../src/feedback/advice.ts';
import { describeFailure, markPosition } from '../src/feedback/feedback.ts';
import { suggestColumns } from '../src/feedback/suggest-columns.ts';
import { suggestJoins } from '../src/feedback/suggest-joins.ts';
import { createAsk } from '../src/index.ts';
import { indexCatalog } from '../src/repair/catalog-index.ts';
import { wordsOf } from '../src/words.ts';
import { parsePort } from './parse-port.ts';
import { answerWith, databaseError, scriptedModel, scriptedPorts, slice } from './scripted-ports.ts';
import { shop } from './shop.ts';

const suggest = async (sql: string, question: string, maxCharacters = 800) => {
  const outcome = await parsePort.parse(sql);
  if (!outcome.parsed) throw new Error('does not parse');
  return suggestColumns({ tree: outcome.tree, index: indexCatalog(shop), question, maxCharacters });
};

describe('suggestColumns', () => {
  it('begins with the column most like the unknown name, with its table', async () => {
    const [first] = await suggest('SELECT mail FROM customers', 'What are the addresses?');
    expect(first).toMatch(/^customers: email/);
  });

  it('reaches tables one foreign key away, and writes names as they must be written', async () => {
    const lines = await suggest('SELECT quantity FROM orders', 'What quantity was sold per region?');
    expect(lines.find((line) => line.startsWith('"OrderItems": '))).toContain('"Qty"');
    expect(lines.some((line) => line.startsWith('stores: '))).toBe(true);
    expect(lines.join('\n')).toContain('"Opening Date"');
  });

  it('prefers columns whose words the question has', async () => {
    const lines = await suggest('SELECT x FROM regions, customers', 'In which country was the customer born?');
    expect(lines.find((line) => line.startsWith('regions: '))).toMatch(/^regions: country/);
    expect(lines.find((line) => line.startsWith('customers: '))).toMatch(
      /^customers: (born|customer_id), (born|customer_id)/,
    );
  });

  it('stays within its bound', async () => {
    const lines = await suggest('SELECT x FROM orders', 'x', 60);
    expect(lines.join('\n').length).toBeLessThanOrEqual(60);
    expect(lines.length).toBeGreaterThan(0);
  });
});

describe('suggestJoins', () => {
  const joins = async (sql: string, columns: readonly string[]) => {
    const outcome = await parsePort.parse(sql);
    if (!outcome.parsed) throw new Error('does not parse');
    return suggestJoins({ tree: outcome.tree, index: indexCatalog(shop), columns });
  };

  it('joins a suggested table to one that is read, along a key in either direction', async () => {
    expect(await joins('SELECT name FROM orders', ['stores: name', 'orders: total', '"OrderItems": "Qty"'])).toEqual([
      'orders.store_id = stores.store_id',
      '"OrderItems"."OrderId" = orders.order_id',
    ]);
  });

  it('says nothing where no key leads', async () => {
    expect(await joins('SELECT name FROM orders', ['regions: country', 'nowhere: x'])).toEqual([]);
  });

  it('is told to the model behind the columns', async () => {
    const attempt = { round: 0, source: 'model', stage: 'explain', error: { message: 'no' }, durationsMs: {} } as const;
    expect(describeFailure(attempt, { columns: ['stores: name'], joins: ['a.b = c.d'] })).toBe(
      'no\nColumns that may be meant:\nstores: name\nJoined by: a.b = c.d',
    );
  });
});

describe('the text of a failure', () => {
  it('marks the place in a long line of several', () => {
    const sql = `SELECT 1,\n${' '.repeat(100)}nothing, 2\nFROM t`;
    const [line, mark] = markPosition(sql, sql.indexOf('nothing') + 1).split('\n');
    expect(line!.slice(mark!.indexOf('^'))).toMatch(/^nothing/);
  });

  it('leaves the hint of PostgreSQL out when it lists columns itself', () => {
    const error = { sqlState: '42703', message: 'no', hint: 'Perhaps x' };
    const attempt = { round: 0, source: 'model', stage: 'explain', sql: 'SELECT 1', error, durationsMs: {} } as const;
    expect(describeFailure(attempt, { columns: ['stores: name'] })).toBe(
      'ERROR 42703: no\nColumns that may be meant:\nstores: name',
    );
    expect(describeFailure(attempt)).toBe('ERROR 42703: no\nHint: Perhaps x');
  });
});

describe('adviceFor', () => {
  it.each([
    ['42883', 'operator does not exist: timestamp with time zone ~~ unknown', /timestamp with time zone and unknown/],
    ['42883', 'operator does not exist: "drop all rules" = integer', /^Cast one of the operands, or compare another/],
    ['42883', 'function median(integer) does not exist', /no median for these/],
    ['42803', 'aggregate functions are not allowed in WHERE', /HAVING/],
    ['42803', 'column "x" must appear in the GROUP BY clause', /into GROUP BY/],
    ['42P01', 'missing FROM-clause entry for table "x"', /Join the table first/],
    ['42P01', 'relation "x" does not exist', /Use only tables/],
    ['22012', 'division by zero', /NULLIF/],
    ['42601', 'syntax error', /PostgreSQL syntax only/],
    ['42702', 'ambiguous', /Qualify/],
    ['42804', 'types', /Cast one side/],
    ['42P10', 'distinct', /order only by what is selected/],
    ['42712', 'twice', /own alias/],
    ['21000', 'more than one row', /one row/],
    ['22P02', 'invalid input', /filter it out/],
    ['42501', 'permission denied', /may not read/],
  ])('%s %s', (sqlState, message, advice) => {
    expect(adviceFor({ sqlState, message })).toMatch(advice);
  });

  it.each([
    ['statement', /only reads/],
    ['function', /own functions/],
    ['relation', /schema shows/],
  ])('says what to write instead of a refused %s', (code, advice) => {
    expect(adviceFor({ message: 'refused', violations: [{ code, message: 'no' }] })).toMatch(advice);
  });

  it('is silent about what it does not know', () => {
    expect(adviceFor({ sqlState: 'XX000', message: 'odd' })).toBeUndefined();
  });
});

describe('a repair round', () => {
  const wrongColumn = databaseError('42703', 'column "rainfall" does not exist', { position: '8' });

  it('names columns that may be meant and links the schema again with the failing name', async () => {
    const asked: string[] = [];
    const { schema: _, ...scripted } = scriptedPorts({ explain: { rainfall: wrongColumn } });
    const model = scriptedModel(answerWith('SELECT rainfall FROM orders'), answerWith('SELECT total FROM orders'));
    const outcome = await createAsk({
      check: scripted.check,
      runner: scripted.runner,
      model,
      parse: parsePort,
      catalog: { snapshot: () => shop },
      schema: {
        describe: async (question) => {
          asked.push(question);
          return asked.length === 1
            ? { ...slice, omitted: ['weather'] }
            : { ...slice, text: 'weather(rain)', tables: [{ schema: 'public', name: 'weather' }] };
        },
      },
    })('What was the total?');
    expect(outcome.kind).toBe('answered');
    expect(asked).toEqual(['What was the total?', 'What was the total?  rainfall ']);
    const feedback = model.requests[1]!.messages.at(-1)!.content;
    expect(feedback).toContain('Columns that may be meant:\norders: total');
    expect(feedback).toMatch(/Further tables:\n<data-\w+ of="schema">\nweather\(rain\)/);
  });

  it('does without them when they cannot be looked up', async () => {
    const scripted = scriptedPorts({ explain: { rainfall: wrongColumn } });
    const { schema, check, runner } = scripted;
    const model = scriptedModel(answerWith('SELECT rainfall FROM orders'), answerWith('SELECT 1'));
    const catalog = { snapshot: () => Promise.reject(new Error('gone')) };
    const parse = { parse: () => Promise.reject(new Error('gone')) };
    const outcome = await createAsk({ schema, check, runner, model, catalog, parse })('What?');
    expect(outcome.kind).toBe('answered');
  });
});

describe('wordsOf', () => {
  it.each([
    ['CustomerID', ['customer', 'id']],
    ['order_items2024', ['order', 'items2024']],
    ['How many categories do the boxes have?', ['category', 'box']],
    ['status of classes', ['status', 'class']],
  ])('splits %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});
