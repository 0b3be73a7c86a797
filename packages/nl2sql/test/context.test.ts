import { describe, expect, it } from 'vitest';
import { type ContextPack, createAsk, readContextPack } from '../src/index.ts';
import { parsePort } from './parse-port.ts';
import { answerWith, scriptedModel, scriptedPorts, slice } from './scripted-ports.ts';
import { shop } from './shop.ts';

const context: ContextPack = {
  instructions: ['Money is in euros.'],
  tables: {
    stores: {
      description: 'Where we sell.',
      synonyms: ['shops'],
      columns: { region_id: { synonyms: ['area'] }, code: {} },
    },
    'public.customers': { synonyms: ['clients'] },
  },
  metrics: [{ name: 'revenue', sql: 'sum(orders.total)', description: 'Without tax.', synonyms: ['turnover'] }],
  filters: [{ name: 'active', sql: 'customers.is_active' }],
  joins: [{ from: 'orders.order_id', to: 'public.stores.store_id', note: 'by agreement' }],
  verified: [{ question: 'How many shops?', sql: 'SELECT count(*) FROM stores' }],
};

describe('a context file', () => {
  const ask = async (question: string, sql = 'SELECT 1') => {
    const asked: string[] = [];
    const { check, runner } = scriptedPorts();
    const schema = {
      describe: async (text: string) => {
        asked.push(text);
        return slice;
      },
    };
    const model = scriptedModel(answerWith(sql));
    const ports = { schema, check, runner, model, parse: parsePort, catalog: { snapshot: () => shop } };
    const outcome = await createAsk(ports, { context })(question);
    return { outcome, asked, system: model.requests.at(0)?.messages.at(0)?.content };
  };

  it('is part of the stable prompt, as far as it is about the tables of the slice', async () => {
    const { system } = await ask('What is the turnover?');
    expect(
      system!.endsWith(`About this database:
Names:
- stores (also: shops): Where we sell.
- stores.region_id (also: area)
Metrics, to be used as they are:
- revenue (also: turnover): Without tax. = sum(orders.total)
Conditions, to be used as they are:
- active = customers.is_active
Approved joins:
- orders.order_id = public.stores.store_id: by agreement
Instructions:
- Money is in euros.`),
    ).toBe(true);
    expect(system).not.toContain('clients');
  });

  it('leads synonyms of the question to the names of the schema', async () => {
    expect((await ask('Clients per area?')).asked).toEqual(['Clients per area? stores region_id public.customers']);
    expect((await ask('What about the workshops?')).asked).toEqual(['What about the workshops?']);
  });

  it('answers by its verified pairs', async () => {
    expect((await ask('how many shops')).outcome).toMatchObject({ kind: 'answered', source: 'verified' });
  });

  it('makes a join without foreign key plausible', async () => {
    const joined = (on: string) => `SELECT o.total FROM orders o JOIN stores s ON ${on}`;
    expect((await ask('Which?', joined('s.store_id = o.order_id'))).outcome).toMatchObject({ findings: [] });
    expect((await ask('Which?', joined('s.region_id = o.order_id'))).outcome).toMatchObject({
      findings: [{ kind: 'off_key_join' }],
    });
  });

  it('is handed over with the question where there is no model', async () => {
    const { schema, check, runner } = scriptedPorts();
    const outcome = await createAsk({ schema, check, runner }, { context })('Turnover?');
    expect(outcome).toHaveProperty(
      'instructions',
      expect.stringContaining('- revenue (also: turnover): Without tax. = sum(orders.total)'),
    );
    expect(outcome).toHaveProperty('instructions', expect.stringContaining('Today is '));
  });

  it('is read as it is when it is right', () => {
    expect(readContextPack(context)).toEqual(context);
    expect(readContextPack({ tables: null })).toEqual({ tables: undefined });
  });

  it.each([
    ['no map', 'text', /^context must be a map/],
    ['an unknown key', { metric: [] }, /does not know "metric". Did you mean metrics\?/],
    [
      'an unknown key deep inside',
      { tables: { a: { columns: { b: { synonym: [] } } } } },
      /context.tables.a.columns.b does not know "synonym"/,
    ],
    ['a metric without SQL', { metrics: [{ name: 'a' }] }, /context.metrics\[0\].sql must be given/],
    [
      'a join that names no columns',
      { joins: [{ from: 'a', to: 'b.c' }] },
      /context.joins\[0\].from must be table.column/,
    ],
    ['an empty text', { instructions: [' '] }, /context.instructions\[0\] must be a text/],
    ['a list that is none', { filters: {} }, /context.filters must be a list/],
    [
      'a verified pair twice',
      {
        verified: [
          { question: 'a', sql: 'b' },
          { question: 'A?', sql: 'c' },
        ],
      },
      /already has different SQL/,
    ],
  ])('is refused with %s', (_, value, message) => {
    expect(() => readContextPack(value)).toThrow(message);
  });
});
