import { describe, expect, it } from 'vitest';
import {
  createAsk,
  createExample,
  createExampleMemory,
  type Example,
  exportExamples,
  importExamples,
  Nl2sqlError,
  rebindExamples,
} from '../src/index.ts';
import { maskQuestion } from '../src/memory/mask-question.ts';
import { parsePort } from './parse-port.ts';
import { answerWith, databaseError, scriptedModel, scriptedPorts } from './scripted-ports.ts';

const parse = parsePort;

describe('maskQuestion', () => {
  it.each([
    ['Orders above 1,500.50 in 2024?', 'orders above ⟨number⟩ in ⟨number⟩', ['1500.50', '2024']],
    ['Sales of "Harbour Store"?', 'sales of ⟨text⟩', ['Harbour Store']],
    ["What is Ann's share of 'A&B'?", 'what is anns share of ⟨text⟩', ['A&B']],
    ['Is Q3 better than A4 or -5?', 'is q3 better than a4 or -5', []],
  ])('takes the values out of %j', (question, masked, values) => {
    expect(maskQuestion(question)).toMatchObject({ masked, slots: values.map((value) => ({ value })) });
  });
});

describe('a verified pair', () => {
  const verifiedPairs = [
    { question: 'Orders of "Ann" above 100?', sql: "SELECT 1 FROM orders WHERE customer = 'Ann' AND total > 100" },
    {
      question: 'Top 5 stores in 2024?',
      sql: "SELECT 2 FROM stores WHERE opened >= DATE '2024-01-01' AND opened < DATE '2025-01-01' LIMIT 5",
    },
    { question: 'Stores with code 7 in year 2024?', sql: "SELECT 3 FROM stores WHERE code = '7' AND year = 2024" },
    { question: 'Between 3 and 3?', sql: 'SELECT 4 WHERE 3 = 3' },
  ];
  const askWith = async (question: string) => {
    const { schema, check, runner } = scriptedPorts();
    return createAsk({ schema, check, runner, parse }, { verifiedPairs })(question);
  };

  it.each([
    [
      'orders of "O\'Neil" above 2,500?',
      "SELECT 1 FROM orders WHERE customer = 'O''Neil' AND total > 2500",
      ["Ann replaced by O'Neil", '100 replaced by 2500'],
    ],
    [
      'Orders of "Ann" above 99.5',
      "SELECT 1 FROM orders WHERE customer = 'Ann' AND total > 99.5",
      ['100 replaced by 99.5'],
    ],
    [
      'Stores with code 12 in year 2025?',
      "SELECT 3 FROM stores WHERE code = '12' AND year = 2025",
      ['7 replaced by 12', '2024 replaced by 2025'],
    ],
  ])('answers %j with the values of the question', async (question, sql, assumptions) => {
    expect(await askWith(question)).toMatchObject({ kind: 'answered', source: 'verified', sql, assumptions });
  });

  it.each([
    ['a value is part of other constants', 'Top 5 stores in 2025?'],
    ['a value stands for two things', 'Between 3 and 4?'],
    ['words differ', 'Orders of "Ann" below 100?'],
    ['a value holds a backslash', 'Orders of "A\\\\" above 100?'],
    ['a value is of another kind', 'Orders of 5 above 100?'],
  ])('does not answer when %s', async (_, question) => {
    expect((await askWith(question)).kind).toBe('handed_over');
  });
});

const example = (question: string, sql: string, facts = {}) => createExample({ question, sql, ...facts }, parse);

describe('examples', () => {
  it('give their own question its own statement, where another differs in constants that cannot be put in', async () => {
    const inYear = (year: number) =>
      createExample(
        {
          question: `Orders in ${year}?`,
          sql: `SELECT 1 FROM orders WHERE placed >= '${year}-01-01' AND placed < '${year + 1}-01-01'`,
          verifiedBy: 'Ann',
        },
        parse,
      );
    const examples = createExampleMemory([await inYear(2023), await inYear(2024)]);
    const { schema, check, runner } = scriptedPorts();
    const ask = createAsk({ schema, check, runner, parse, examples });
    expect(await ask('orders in 2024')).toMatchObject({ source: 'verified', sql: (await inYear(2024)).sql });
  });

  it('are found by the words of their masked question, one per skeleton', async () => {
    const memory = createExampleMemory([
      await example('Revenue per store in 2023?', 'SELECT store, sum(x) FROM t WHERE y = 2023 GROUP BY 1'),
      await example('Revenue per store in 2024?', 'SELECT store, sum(x)\nFROM t WHERE y = 2024 GROUP BY 1'),
      await example('How many customers are active?', 'SELECT count(*) FROM customers WHERE active'),
    ]);
    const found = await memory.nearest({
      question: '',
      maskedQuestion: maskQuestion('Store revenue in 1999?').masked,
      limit: 3,
    });
    expect(found.map((match) => match.example.question)).toHaveLength(1);
    expect(found[0]!.example.question).toMatch(/^Revenue per store/);
    expect(found[0]!.score).toBeGreaterThan(0.5);
  });

  it('of another scope are not found', async () => {
    const memory = createExampleMemory([
      await example('Revenue?', 'SELECT 1', { scope: 'a' }),
      await example('Revenue now?', 'SELECT x', {}),
    ]);
    const query = { question: '', maskedQuestion: 'revenue', limit: 3 };
    const questionsFor = async (scope?: string) =>
      (await memory.nearest({ ...query, ...(scope === undefined ? {} : { scope }) })).map(
        (match) => match.example.question,
      );
    expect(await questionsFor('a')).toEqual(['Revenue?', 'Revenue now?']);
    expect(await questionsFor('b')).toEqual(['Revenue now?']);
    expect(await questionsFor()).toEqual(['Revenue now?']);
  });

  it('are shown to the model before the question, fenced, for the scope of the caller', async () => {
    const { schema, check, runner } = scriptedPorts();
    const examples = createExampleMemory([await example('Revenue per store?', 'SELECT 7', { scope: 'tenant' })]);
    const model = scriptedModel(answerWith('SELECT 1'), answerWith('SELECT 1'));
    const ask = createAsk({ schema, check, runner, model, examples });
    await ask('What is the revenue of each store?', { scope: 'tenant' });
    await ask('What is the revenue of each store?');
    const [own, others] = model.requests.map((request) => request.messages[1]!.content);
    expect(own).toMatch(/of="examples">\nQuestion: Revenue per store\?\nSQL: SELECT 7\n/);
    expect(own!.endsWith('Question: What is the revenue of each store?')).toBe(true);
    expect(others).not.toContain('SELECT 7');
  });

  it('are done without when the collection fails', async () => {
    const { schema, check, runner } = scriptedPorts();
    const fail = () => Promise.reject(new Error('gone'));
    const model = scriptedModel(answerWith('SELECT 1'));
    const ask = createAsk({ schema, check, runner, model, examples: { save: fail, nearest: fail } });
    expect((await ask('What?')).kind).toBe('answered');
  });

  it('replace the one for the same question and scope', async () => {
    const memory = createExampleMemory();
    await memory.save(await example('Revenue?', 'SELECT 1'));
    await memory.save(await example('Revenue?', 'SELECT 2'));
    expect(memory.list()).toMatchObject([{ sql: 'SELECT 2' }]);
  });

  it('must parse', async () => {
    await expect(example('Revenue?', 'SELEC 1')).rejects.toThrow(Nl2sqlError);
  });

  it('are bound again when the schema changed, and set apart when they no longer bind', async () => {
    const ports = scriptedPorts({
      explain: { gone: databaseError('42P01', 'relation "gone" does not exist') },
      check: { DELETE: 'statement' },
    });
    const examples = [
      await example('Kept?', 'SELECT 1', { fingerprint: 'new' }),
      await example('Bound?', 'SELECT 2', { fingerprint: 'old' }),
      await example('Lost?', 'SELECT * FROM gone', { fingerprint: 'old' }),
      await example('Refused?', 'DELETE FROM t'),
    ];
    const { bound, quarantined } = await rebindExamples(examples, 'new', ports);
    expect(bound.map(({ question, fingerprint }) => [question, fingerprint])).toEqual([
      ['Kept?', 'new'],
      ['Bound?', 'new'],
    ]);
    expect(quarantined.map((entry) => [entry.example.question, entry.reason])).toEqual([
      ['Lost?', 'relation "gone" does not exist'],
      ['Refused?', 'statement is not allowed.'],
    ]);
    expect(ports.explained).toEqual(['SELECT 2', 'SELECT * FROM gone']);
  });
});

describe('a file of examples', () => {
  it('holds what was exported, in a stable order', async () => {
    const examples: Example[] = [
      await example('b?', 'SELECT 2', { verifiedBy: 'ann', savedAt: '2026-01-01T00:00:00Z' }),
      await example('a?', "SELECT 'x'", { scope: 's', fingerprint: 'f', tables: ['t'] }),
    ];
    const file = exportExamples(examples);
    expect(importExamples(file)).toEqual([examples[1], examples[0]]);
    expect(exportExamples(importExamples(file))).toBe(file);
    expect(file).toContain(`"skeleton": "SELECT ?"`);
  });

  it.each([
    ['no JSON', '{', /must be JSON/],
    ['no array', '{}', /must hold an array/],
    ['an entry that is none', '[1]', /examples\[0\] must be an object/],
    ['a missing SQL', '[{"question":"a"}]', /examples\[0\].sql must be a string/],
    [
      'an unknown key',
      '[{"question":"a","sql":"b","maskedQuestion":"a","skeleton":"b","tables":[],"x":1}]',
      /does not know "x"/,
    ],
    [
      'tables that are none',
      '[{"question":"a","sql":"b","maskedQuestion":"a","skeleton":"b","tables":[1]}]',
      /tables must be an array/,
    ],
  ])('is refused with %s', (_, file, message) => {
    expect(() => importExamples(file)).toThrow(message);
  });
});
