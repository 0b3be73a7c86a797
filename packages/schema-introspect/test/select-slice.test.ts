import { describe, expect, it } from 'vitest';
import { estimateTokens, prepareRanking, rankTables, selectSlice, type Table } from '../src/index.ts';
import { catalogOf, column, foreignKey, table } from './catalog-value.ts';

const primaryKey = { name: 'pkey', columns: ['id'] };
const customers = table('customers', ['id', 'full_name', 'city'], { primaryKey });
const orders = table('orders', ['id', 'customer_id', 'placed_at'], {
  primaryKey,
  foreignKeys: [foreignKey('customer_id', 'customers')],
});
const items = table('order_lines', ['order_id', 'product_id', 'quantity'], {
  foreignKeys: [foreignKey('order_id', 'orders'), foreignKey('product_id', 'products')],
});
const products = table('products', ['id', 'title', 'price'], { primaryKey });
const logs = table('audit_log', ['id', 'happened_at', 'actor', 'entry']);
const shop = catalogOf([logs, customers, items, orders, products]);
const names = (tables: readonly { readonly name: string }[]): string[] => tables.map(({ name }) => name);
const ranked = (question: string, tables: readonly Table[] = shop.tables): string[] =>
  names(rankTables(catalogOf(tables), question).map((entry) => entry.table));

/** Tables that have nothing to do with any question here. */
const filler = (count: number): Table[] =>
  Array.from({ length: count }, (_, place) =>
    table(`zz_${String.fromCharCode(97 + (place % 26))}x${'q'.repeat(1 + place / 26)}`, ['alpha', 'beta', 'gamma']),
  );

describe('rankTables', () => {
  it('puts tables that the question names first', () => {
    expect(ranked('How many products cost more than 10?')[0]).toBe('products');
    expect(ranked('entries in the audit log by actor')[0]).toBe('audit_log');
  });

  it('finds abbreviated and joined names', () => {
    const tables = [table('inv', ['id']), table('sbtransaction', ['txid', 'qty']), table('dept', ['id'])];
    expect(ranked('transactions of yesterday', tables)[0]).toBe('sbtransaction');
    expect(ranked('quantity per day', tables)[0]).toBe('sbtransaction');
    expect(ranked('which department', tables)[0]).toBe('dept');
  });

  it('finds words of comments, enum labels and other languages', () => {
    const tables = [
      table('t1', [column('a', 'text', { comment: 'Anzahl der Bestellungen' })]),
      table('t2', [column('state', 'state', { enumLabels: ['shipped', 'refunded'] })]),
      table('t3', ['x'], { comment: '顧客の注文' }),
      table('t4', ['x']),
    ];
    expect(ranked('Wie viele Bestellungen?', tables)[0]).toBe('t1');
    expect(ranked('everything refunded', tables)[0]).toBe('t2');
    expect(ranked('注文を数える', tables)[0]).toBe('t3');
  });

  it('finds tables by stored values that the question names, and says which', () => {
    const statistics = { distinct: 2, nullFraction: 0, commonValues: ['New York', 'São Paulo'] };
    const places = table('t9x', [column('p', 'text', { statistics })]);
    const entries = rankTables(
      catalogOf([table('sales', ['amount']), places, table('paul', ['x'])]),
      'anything in Sao Paulo',
    );
    expect(entries[0]?.table).toBe(places);
    expect(entries[0]?.reasons).toContain('value: São Paulo in p');
  });

  it('passes relevance on to what is joined by keys, and says so', () => {
    const entry = rankTables(shop, 'customers by city').find((each) => each.table === orders);
    expect(entry?.reasons).toContain('joined to customers');
    expect(ranked('customers by city').indexOf('orders')).toBeLessThan(
      ranked('customers by city').indexOf('audit_log'),
    );
  });

  it('passes relevance on over joins that only names suggest, when no keys are declared', () => {
    const loose = shop.tables.map((each) => ({ ...each, foreignKeys: [] }));
    expect(ranked('customers by city', loose).slice(0, 2)).toEqual(['customers', 'orders']);
  });

  it('puts the tables in between behind the tables that they join', () => {
    const entries = rankTables(catalogOf([...filler(30), ...shop.tables]), 'titles of products per customer city');
    expect(names(entries.slice(0, 4).map((each) => each.table)).sort()).toEqual([
      'customers',
      'order_lines',
      'orders',
      'products',
    ]);
  });

  it('gives tables that differ in digits only one place', () => {
    const years = [2021, 2022, 2023].map((year) => table(`sales_${year}`, ['id', 'amount']));
    const other = table('sales_2024', ['id', 'amount', 'currency']);
    const entries = rankTables(catalogOf([...years, other, customers]), 'sales');
    expect(entries.map(({ members }) => names(members))).toContainEqual(['sales_2021', 'sales_2022', 'sales_2023']);
    expect(entries).toHaveLength(3);
  });

  it('leaves out what the role may not select', () => {
    const hidden = { ...customers, selectable: false };
    expect(ranked('customers', [hidden, orders])).toEqual(['orders']);
  });

  it('takes similarities from elsewhere into account', () => {
    const [best] = rankTables(shop, 'zzz');
    expect(best?.score).toBe(0);
    const slice = selectSlice(shop, 'zzz', { maxTokens: 1_000, similarities: new Map([['public.products', 0.9]]) });
    expect(slice.tables[0]?.name).toBe('products');
  });

  it('keeps the order of the catalog where nothing matches', () => {
    expect(ranked('?')).toEqual(names(shop.tables));
    expect(ranked('', [])).toEqual([]);
  });
});

describe('selectSlice', () => {
  it('shows everything, the most relevant first, when everything fits', () => {
    const slice = selectSlice(shop, 'products by price', { maxTokens: 1_000 });
    expect(slice.tables).toHaveLength(5);
    expect(slice.tables[0]).toMatchObject({ schema: 'public', name: 'products' });
    expect(slice.tables[0]?.reasons[0]).toBe('name: product');
    expect(slice.omitted).toEqual([]);
    expect(slice.bestOmittedScore).toBe(0);
    expect(slice.text.startsWith('products(id int pk, title int, price int)')).toBe(true);
    expect(slice.tokens).toBe(estimateTokens(slice.text));
  });

  it.each([20, 60, 100, 200, 500])('stays within %i tokens and names what it left out', (maxTokens) => {
    const slice = selectSlice(catalogOf([...filler(100), ...shop.tables]), 'customers by city', { maxTokens });
    expect(slice.tokens).toBeLessThanOrEqual(maxTokens);
    expect(slice.tables.length + slice.omitted.length).toBe(105);
    if (maxTokens >= 60) {
      expect(slice.tables[0]?.name).toBe('customers');
      expect(slice.tables[0]?.score).toBeGreaterThan(slice.bestOmittedScore);
      expect(slice.text).toMatch(/not shown/);
    }
  });

  it('drops comments of what the question does not name before it drops tables', () => {
    const commented = shop.tables.map((each) => ({
      ...each,
      columns: each.columns.map((one) => ({
        ...one,
        comment: `About ${one.name}, at some length, so that it costs a lot`,
      })),
    }));
    const slice = selectSlice(catalogOf(commented), 'quantity', { maxTokens: 170 });
    expect(slice.tables).toHaveLength(5);
    expect(slice.text).toContain('/* About quantity');
    expect(slice.text).not.toContain('About city');
  });

  it('shows of a wide table the keys, what is pointed to, what is matched and commented, and says how much is missing', () => {
    const wide = table(
      'measurements',
      [
        'id',
        ...Array.from({ length: 80 }, (_, place) => `filler_${place}`),
        column('humidity'),
        column('hint', 'text', { comment: 'read this' }),
        'sensor_id',
      ],
      { primaryKey, foreignKeys: [foreignKey('sensor_id', 'sensors')] },
    );
    const pointing = table('readings', ['m'], { foreignKeys: [foreignKey('m', 'measurements', 'filler_70')] });
    const catalog = catalogOf([wide, table('sensors', ['id']), pointing, ...filler(60)]);
    const { text } = selectSlice(catalog, 'humidity of measurements', { maxTokens: 150 });
    const [line] = text.split('\n');
    expect(line).toBe(
      'measurements(id int pk, filler_0 int, filler_1 int, filler_2 int, filler_3 int, filler_70 int, humidity int, hint text, sensor_id int, /* 75 more */)',
    );
    expect(text).toContain(' sensor_id->sensors.id');
  });

  it('writes like tables one by one while they fit', () => {
    const years = [2022, 2023].map((year) => table(`events_${year}`, ['id', 'what']));
    const slice = selectSlice(catalogOf(years), 'events', { maxTokens: 200 });
    expect(slice.text).toBe('events_2022(id int, what int)\nevents_2023(id int, what int)');
    expect(names(slice.tables)).toEqual(['events_2022', 'events_2023']);
  });

  it('writes a family once when they do not fit, with its range, by the member that the question names', () => {
    const years = Array.from({ length: 20 }, (_, place) => table(`events_${2001 + place}`, ['id', 'what']));
    const slice = selectSlice(catalogOf(years), 'events', { maxTokens: 100 });
    expect(slice.text).toBe(
      'events_2020(id int, what int) -- the same columns in 20 tables, events_2001 … events_2020',
    );
    expect(slice.tables[0]?.family).toHaveLength(20);
    const named = selectSlice(catalogOf(years), 'events of 2007', { maxTokens: 100 });
    expect(named.text.startsWith('events_2007(')).toBe(true);
  });

  it('keeps tables apart that differ in comments or keys', () => {
    const tables = [1, 2, 3].flatMap((number) => [
      table(`t_${number}`, ['id'], { comment: `business entity ${number}` }),
      table(`u_${number}`, ['ref'], { foreignKeys: [foreignKey('ref', `t_${number}`)] }),
      table(`v_${number}`, [column('a', 'text', { comment: `about ${number}` })]),
    ]);
    expect(rankTables(catalogOf(tables), 'entity 3')).toHaveLength(9);
  });

  it('counts with the given counter', () => {
    const slice = selectSlice(shop, 'orders', { maxTokens: 40, countTokens: (text) => text.split(/\W+/).length });
    expect(slice.tokens).toBeLessThanOrEqual(40);
    expect(slice.tokens).toBe(slice.text.split(/\W+/).length);
  });

  it.each([0, -5, Number.NaN])('refuses a budget of %s', (maxTokens) => {
    expect(() => selectSlice(shop, 'x', { maxTokens })).toThrow(/maxTokens/);
  });
});

describe('selectSlice with a budget for little', () => {
  it('shows what joins the tables of a question with its keys alone before it leaves it out', () => {
    const many = Array.from({ length: 18 }, (_, place) => `attribute_of_a_line_${place}`);
    const wide = {
      ...items,
      columns: ['order_id', 'product_id', ...many].map((name) => column(name)),
    };
    const catalog = catalogOf([...filler(40), customers, { ...orders }, wide, products]);
    const slice = selectSlice(catalog, 'titles of products per customer city', { maxTokens: 260 });
    expect(names(slice.tables)).toEqual(expect.arrayContaining(['customers', 'products', 'orders', 'order_lines']));
    expect(slice.text).toMatch(/order_lines\(order_id [^,]*, product_id [^,]*, \/\* 18 more \*\/\)/);
    expect(slice.text).toContain('product_id->products.id');
    expect(slice.tokens).toBeLessThanOrEqual(260);
    expect(slice.tables.find(({ name }) => name === 'order_lines')?.reasons).toContainEqual(
      expect.stringMatching(/^joins \w+ to the others$/),
    );
  });
});

describe('prepareRanking', () => {
  it('builds in steps, between which others have their turn, what a question then finds ready and the same', async () => {
    const tables = () => [...filler(1_500), ...shop.tables];
    const prepared = catalogOf(tables());
    let turns = 0;
    let isReady = false;
    const others = (async () => {
      while (!isReady) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        turns += 1;
      }
    })();
    await prepareRanking(prepared);
    isReady = true;
    await others;
    expect(turns).toBeGreaterThan(5);
    const question = 'titles of products per customer city';
    const order = (catalog: typeof prepared) =>
      rankTables(catalog, question).map(({ table, score }) => [table.name, score]);
    expect(order(prepared)).toEqual(order(catalogOf(tables())));
    await prepareRanking(prepared);
  });
});
