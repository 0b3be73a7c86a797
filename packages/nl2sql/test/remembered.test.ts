import { describe, expect, it } from 'vitest';
import { type CatalogSnapshot, createAsk, createExample, createExampleMemory } from '../src/index.ts';
import { parsePort } from './parse-port.ts';
import { answerWith, scriptedModel, scriptedPorts } from './scripted-ports.ts';

/** Stored values as introspection knows them: an enum and common values. */
const catalog: CatalogSnapshot = {
  tables: [
    {
      schema: 'public',
      name: 'tickets',
      columns: [
        { name: 'state', type: 'state', enumLabels: ['open', 'in progress', 'done'] },
        { name: 'city', type: 'text', statistics: { commonValues: ['New York', 'Oslo'] } },
      ],
      foreignKeys: [],
    },
  ],
};

async function askWith(question: string, pairs: readonly { question: string; sql: string }[]) {
  const { schema, check, runner } = scriptedPorts();
  const ports = { schema, check, runner, parse: parsePort, catalog: { snapshot: () => catalog } };
  return createAsk(ports, { verifiedPairs: pairs })(question);
}

describe('a verified question that differs in', () => {
  const pairs = [
    { question: 'Tickets opened since 2024-01-05?', sql: "SELECT 1 FROM tickets WHERE opened >= '2024-01-05'" },
    { question: 'How many tickets are in progress?', sql: "SELECT 2 FROM tickets WHERE state = 'in progress'" },
    { question: 'Tickets from New York per month', sql: "SELECT 3 FROM tickets WHERE city = 'New York'" },
    {
      question: 'Tickets of the month from 2024-03-01?',
      sql: "SELECT 4 FROM tickets WHERE opened >= '2024-03-01' AND opened < '2024-04-01'",
    },
  ];

  it.each([
    ['a date', 'tickets opened since 2025-11-30', "SELECT 1 FROM tickets WHERE opened >= '2025-11-30'"],
    ['a stored value', 'How many tickets are open?', "SELECT 2 FROM tickets WHERE state = 'open'"],
    ['the case of one', 'tickets from oslo per month?', "SELECT 3 FROM tickets WHERE city = 'Oslo'"],
  ])('%s is answered with the value of the question', async (_, question, sql) => {
    expect(await askWith(question, pairs)).toMatchObject({ kind: 'answered', source: 'verified', sql });
  });

  it.each([
    ['a value of another column', 'Tickets from open per month'],
    ['a date from which another is derived', 'Tickets of the month from 2025-03-01?'],
    ['a value that is not stored', 'How many tickets are lost?'],
  ])('%s is not', async (_, question) => {
    expect((await askWith(question, pairs)).kind).toBe('handed_over');
  });
});

describe('a remembered answer', () => {
  const remember = async (facts: object) => {
    const sql = "SELECT name FROM stores WHERE city = 'Oslo' AND size > 5";
    return createExampleMemory([
      await createExample({ question: 'Stores in "Oslo" above 5?', sql, ...facts }, parsePort),
    ]);
  };
  const ask = async (question: string, facts: object, options: object = {}) => {
    const { schema, check, runner } = scriptedPorts();
    const model = scriptedModel(answerWith('SELECT 1'));
    const ports = { schema, check, runner, parse: parsePort, model, examples: await remember(facts) };
    return { outcome: await createAsk(ports)(question, options), model };
  };

  it('that somebody confirmed answers its question, and the same with other values, without the model', async () => {
    const confirmed = { verifiedBy: 'Ann' };
    const same = await ask('stores in “Oslo” above 5', confirmed);
    expect(same.outcome).toMatchObject({ source: 'verified', sql: expect.stringContaining("'Oslo'") });
    const other = await ask('Stores in "Bergen" above 7?', confirmed);
    expect(other.outcome).toMatchObject({ source: 'verified', sql: expect.stringContaining("'Bergen' AND size > 7") });
    expect([same.model.requests.length, other.model.requests.length]).toEqual([0, 0]);
  });

  it('that nobody confirmed is shown to the model only', async () => {
    const { outcome, model } = await ask('Stores in "Oslo" above 5?', {});
    expect(outcome).toMatchObject({ source: 'model', sql: 'SELECT 1' });
    expect(JSON.stringify(model.requests[0])).toContain('Similar questions that were answered well');
  });

  it('of another tenant is neither', async () => {
    const { outcome, model } = await ask(
      'Stores in "Oslo" above 5?',
      { verifiedBy: 'Ann', scope: 'a' },
      { scope: 'b' },
    );
    expect(outcome).toMatchObject({ source: 'model' });
    expect(JSON.stringify(model.requests[0])).not.toContain('Similar questions');
  });
});
