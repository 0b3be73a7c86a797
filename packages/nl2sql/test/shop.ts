import type { CatalogSnapshot } from '../src/index.ts';

/** A small shop with the names that go wrong: mixed case, blanks, reserved words, the same column in several tables. */
export const shopSql = `
  CREATE TABLE regions (region_id int PRIMARY KEY, region_name text, country text);
  CREATE TABLE stores (store_id int PRIMARY KEY, name text NOT NULL, region_id int REFERENCES regions, "Opening Date" date, code text);
  CREATE TABLE customers (customer_id int PRIMARY KEY, name text, email text, is_active boolean, born date);
  CREATE TABLE orders (order_id int PRIMARY KEY, customer_id int REFERENCES customers, store_id int REFERENCES stores, "order" int, placed timestamptz, total numeric(10,2), weight double precision);
  CREATE TABLE "OrderItems" ("OrderId" int REFERENCES orders, "Qty" int, "UnitPrice" numeric(10,2), PRIMARY KEY ("OrderId"));
  CREATE TYPE ticket_state AS ENUM ('open', 'in progress', 'done');
  CREATE TABLE tickets (ticket_id int PRIMARY KEY, state ticket_state);
  INSERT INTO tickets VALUES (1, 'open'), (2, 'in progress');
  CREATE SCHEMA archive;
  CREATE TABLE archive.old_orders (order_id int, note text);
  INSERT INTO regions VALUES (1, 'North', 'NO'), (2, 'South', 'IT');
  INSERT INTO stores VALUES (1, 'Harbour', 1, '2020-01-01', '7'), (2, 'Station', 2, '2021-06-01', '12');
  INSERT INTO customers VALUES (1, 'Ann', 'ann@x', true, '1980-05-01'), (2, 'O''Neil', 'o@x', false, '1990-01-02');
  INSERT INTO orders VALUES (1, 1, 1, 5, '2024-03-01Z', 10.5, 1.25), (2, 1, 2, 6, '2024-04-01Z', 20, 2.5), (3, 2, 2, 7, '2025-01-05Z', 5, 3);
  INSERT INTO "OrderItems" VALUES (1, 2, 5.25), (2, 4, 5), (3, 1, 5);`;

const columns = (list: string): { name: string; type: string }[] =>
  list.split(', ').map((column) => {
    const [name = '', type = 'text'] = column.split(':');
    return { name, type };
  });

const key = (column: string, table: string, referenced = column) => ({
  columns: [column],
  references: { schema: 'public', table, columns: [referenced] },
});

/** The same structure as plain data. */
export const shop: CatalogSnapshot = {
  tables: [
    { schema: 'public', name: 'regions', columns: columns('region_id:integer, region_name, country'), foreignKeys: [] },
    {
      schema: 'public',
      name: 'stores',
      columns: columns('store_id:integer, name, region_id:integer, Opening Date:date, code'),
      foreignKeys: [key('region_id', 'regions')],
    },
    {
      schema: 'public',
      name: 'customers',
      columns: columns('customer_id:integer, name, email, is_active:boolean, born:date'),
      foreignKeys: [],
    },
    {
      schema: 'public',
      name: 'orders',
      columns: columns(
        'order_id:integer, customer_id:integer, store_id:integer, order:integer, placed:timestamp with time zone, total:numeric, weight:double precision',
      ),
      foreignKeys: [key('customer_id', 'customers'), key('store_id', 'stores')],
    },
    {
      schema: 'public',
      name: 'OrderItems',
      columns: columns('OrderId:integer, Qty:integer, UnitPrice:numeric'),
      foreignKeys: [key('OrderId', 'orders', 'order_id')],
    },
    {
      schema: 'public',
      name: 'tickets',
      columns: [
        { name: 'ticket_id', type: 'integer' },
        { name: 'state', type: 'ticket_state', enumLabels: ['open', 'in progress', 'done'] },
      ],
      foreignKeys: [],
    },
    {
      schema: 'archive',
      name: 'old_orders',
      inSearchPath: false,
      columns: columns('order_id:integer, note'),
      foreignKeys: [],
    },
  ],
};
