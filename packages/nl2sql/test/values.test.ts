import { describe, expect, it } from 'vitest';
import { type CatalogSnapshot, createAsk } from '../src/index.ts';
import { inspectResult } from '../src/inspect/inspect-result.ts';
import { inspectStatement } from '../src/inspect/inspect-statement.ts';
import { findValues } from '../src/link/find-values.ts';
import { indexValues } from '../src/link/value-index.ts';
import { repairLiteral } from '../src/repair/repair-literal.ts';
import { parsePort } from './parse-port.ts';
import { answerWith, scriptedModel, scriptedPorts } from './scripted-ports.ts';

const text = (name: string, ...commonValues: string[]) => ({ name, type: 'text', statistics: { commonValues } });
const snapshot: CatalogSnapshot = {
  tables: [
    {
      schema: 'public',
      name: 'orders',
      columns: [
        { name: 'status', type: 'public.order_status', enumLabels: ['open', 'in transit', 'delivered'] },
        text('Ship Country', 'DE', 'FR', 'US'),
        text('grade', 'A', 'B'),
        text('note', 'x'.repeat(80), '42'),
      ],
      foreignKeys: [],
    },
    {
      schema: 'public',
      name: 'publishers',
      columns: [text('publisher', 'DC Comics', 'Marvel Comics', "O'Reilly", 'Café Noir')],
      foreignKeys: [],
    },
    {
      schema: 'archive',
      name: 'books',
      inSearchPath: false,
      columns: [text('publisher', 'Marvel Comics'), text('colour', 'Blue')],
      foreignKeys: [],
    },
  ],
};

const found = (question: string) =>
  findValues(indexValues(snapshot), question, { maxHits: 10 }).map(
    ({ table, column, value }) => `${table.name}.${column}=${value}`,
  );

describe('findValues', () => {
  it.each([
    ['How many orders are In-Transit?', ['orders.status=in transit']],
    [
      'Which books came from marvel comics publishers?',
      ['publishers.publisher=Marvel Comics', 'books.publisher=Marvel Comics'],
    ],
    ['Does DC sell more than others?', ['publishers.publisher=DC Comics']],
    ['Orders to Germany or the United States', ['orders.Ship Country=DE', 'orders.Ship Country=US']],
    ['Show the cafe noir titles', ['publishers.publisher=Café Noir']],
    ['Which orders have a grade of A or B?', ['orders.grade=A', 'orders.grade=B']],
    ['The blues of the sky', ['books.colour=Blue']],
    ['How many orders have 42 items?', []],
    ['A list of all orders', []],
    ['', []],
  ])('finds in %j', (question, expected) => {
    expect(found(question).sort()).toEqual([...expected].sort());
  });

  it('keeps to its limit, best first', () => {
    expect(findValues(indexValues(snapshot), 'open orders by Marvel Comics, DC', { maxHits: 1 })).toMatchObject([
      { score: 1 },
    ]);
  });
});

describe('the question block', () => {
  const messageFor = async (options: object) => {
    const { schema, check, runner } = scriptedPorts();
    const model = scriptedModel(answerWith('SELECT 1'));
    const ask = createAsk({ schema, check, runner, model, catalog: { snapshot: () => snapshot } }, options);
    await ask("Orders to Germany by O'Reilly?");
    return model.requests[0]!.messages[1]!.content;
  };

  it('shows stored values as they must be written, fenced', async () => {
    const message = await messageFor({});
    expect(message).toMatch(/<data-\w{32} of="values">\n/);
    expect(message).toContain(`orders."Ship Country" = 'DE'`);
    expect(message).toContain(`publishers.publisher = 'O''Reilly'`);
    expect(message.endsWith("Question: Orders to Germany by O'Reilly?")).toBe(true);
  });

  it('shows none with valueHints: false', async () => {
    expect(await messageFor({ valueHints: false })).not.toContain('Stored values');
  });
});

describe('a literal', () => {
  const failing = (sql: string, value: string) => ({
    sql,
    error: {
      sqlState: '22P02',
      message: `invalid input value for enum order_status: "${value}"`,
      position: sql.indexOf("'") + 1,
    },
  });

  it.each([
    ['IN_TRANSIT', "'in transit'"],
    ['Delivered', "'delivered'"],
    ['deliverd', "'delivered'"],
  ])('%s becomes the label of its enum', (value, label) => {
    const steps = repairLiteral(failing(`SELECT 1 FROM orders WHERE status = '${value}'`, value), snapshot);
    expect(steps).toMatchObject([{ rule: 'literal', from: `'${value}'`, to: label }]);
  });

  it('that is like no label is left as it is', () => {
    expect(repairLiteral(failing("SELECT 1 FROM orders WHERE status = 'lost'", 'lost'), snapshot)).toEqual([]);
  });

  it('in another spelling than the stored one is named when nothing comes back', async () => {
    const sql = "SELECT 1 FROM publishers p WHERE p.publisher IN ('dc comics', 'Nobody')";
    const outcome = await parsePort.parse(sql);
    if (!outcome.parsed) throw new Error('does not parse');
    const findings = inspectResult({
      question: 'x',
      sql,
      result: { columns: [], rows: [] },
      tree: outcome.tree,
      snapshot,
      lint: inspectStatement(outcome.tree, { snapshot }),
    });
    expect(findings.map(({ message }) => message)).toEqual([
      'The result has no rows.',
      'publishers.publisher holds "DC Comics", not "dc comics".',
    ]);
  });
});

describe('an answer', () => {
  const askFor = async (sql: string, options: object = {}) => {
    const { schema, check, runner } = scriptedPorts();
    const ports = { schema, check, runner, parse: parsePort, catalog: { snapshot: () => snapshot } };
    const model = scriptedModel(answerWith(sql, { assumptions: ['own'] }));
    return createAsk({ ...ports, model }, options)('How many titles has Marvel Comics?');
  };

  it('says where a value was looked for that several columns hold', async () => {
    const outcome = await askFor("SELECT 1 FROM publishers AS p WHERE p.publisher = 'Marvel Comics'");
    expect(outcome.assumptions).toEqual([
      'own',
      '"Marvel Comics" was looked for in publishers.publisher; it is also stored in books.publisher.',
    ]);
  });

  it('says nothing when the statement uses both or neither, or hints are off', async () => {
    const both =
      "SELECT 1 FROM publishers p, archive.books b WHERE p.publisher = 'Marvel Comics' AND b.publisher IN ('Marvel Comics')";
    expect((await askFor(both)).assumptions).toEqual(['own']);
    expect((await askFor('SELECT 1 FROM publishers')).assumptions).toEqual(['own']);
    const one = "SELECT 1 FROM publishers WHERE publisher = 'Marvel Comics'";
    expect((await askFor(one, { valueHints: false })).assumptions).toEqual(['own']);
  });
});
