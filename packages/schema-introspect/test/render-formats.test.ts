import { describe, expect, it } from 'vitest';
import { renderDdl, renderJson, renderMermaid, renderMSchema } from '../src/index.ts';
import { catalogOf, column, foreignKey, table } from './catalog-value.ts';

const customers = table(
  'customers',
  [
    column('id', 'bigint', { nullable: false }),
    column('Full Name', 'character varying(80)', { comment: 'As "written"' }),
  ],
  {
    comment: 'Who buys',
    primaryKey: { name: 'customers_pkey', columns: ['id'] },
  },
);
const orders = table(
  'orders',
  [
    column('id', 'bigint', { nullable: false, identity: 'always' }),
    column('customer_id', 'bigint'),
    column('status', 'order_status', { enumLabels: ['new', 'paid', 'sent', 'lost'] }),
    column('placed', 'timestamp with time zone', {
      statistics: { distinct: 2, nullFraction: 0, commonValues: ['2024-01-01', '2024-01-02'] },
    }),
  ],
  { foreignKeys: [foreignKey('customer_id', 'customers')] },
);
const secret = table('secret', ['id'], { selectable: false });
const catalog = catalogOf([customers, orders, secret]);

describe('renderMSchema', () => {
  it('writes a block per table with short samples, and the keys', () => {
    expect(renderMSchema(catalog)).toBe(
      `【DB_ID】 test
【Schema】
# Table: customers, Who buys
[
(id:BIGINT, Primary Key),
("Full Name":VARCHAR, As "written")
]
# Table: orders
[
(id:BIGINT),
(customer_id:BIGINT),
(status:ORDER_STATUS, Examples: [new, paid, sent]),
(placed:TIMESTAMPTZ)
]
【Foreign keys】
orders.customer_id=customers.id`.replace('(placed:TIMESTAMPTZ)', '(placed:TIMESTAMPTZ, Examples: [2024-01-01])'),
    );
  });

  it('shows no values when they are switched off', () => {
    expect(renderMSchema(catalog, { samples: false })).not.toContain('Examples');
  });
});

describe('renderMermaid', () => {
  it('draws tables, columns and relationships with their ends', () => {
    expect(renderMermaid(catalog)).toBe(`erDiagram
  "customers" {
    bigint id PK
    varchar Full_Name "As 'written'"
  }
  "orders" {
    bigint id
    bigint customer_id FK
    order_status status
    timestamptz placed
  }
  "customers" |o--o{ "orders" : "customer_id"`);
  });

  it('shows keys only, or no columns, on request', () => {
    expect(renderMermaid(catalog, { columns: 'keys' })).not.toContain('status');
    expect(renderMermaid(catalog, { columns: 'none' })).toBe(
      'erDiagram\n  "customers"\n  "orders"\n  "customers" |o--o{ "orders" : "customer_id"',
    );
  });

  it('keeps hostile names inside their quotes', () => {
    const odd = table('a"\n}\nb', [column('1"x', 'int"; y', { comment: 'c"\nd' })]);
    expect(renderMermaid([odd])).toBe(`erDiagram\n  "a' } b" {\n    int_y column_1_x "c' d"\n  }`);
  });
});

describe('renderJson', () => {
  it('is the value without what the role may not select', () => {
    expect(JSON.parse(renderJson(catalog))).toEqual({ ...catalog, tables: [customers, orders] });
    expect(JSON.parse(renderJson([orders]))).toEqual([orders]);
  });
});

describe('renderDdl', () => {
  it('creates tables before the keys between them, and quotes comments', () => {
    const ddl = renderDdl([{ ...customers, comment: "it's a \\ table" }, orders]);
    expect(ddl).toContain(
      'CREATE TABLE public.customers (\n  id bigint NOT NULL,\n  "Full Name" character varying(80),\n  CONSTRAINT customers_pkey PRIMARY KEY (id)\n);\n',
    );
    expect(ddl).toContain(
      'ALTER TABLE public.orders ADD CONSTRAINT customer_id_fkey FOREIGN KEY (customer_id) REFERENCES public.customers (id);',
    );
    expect(ddl).toContain("COMMENT ON TABLE public.customers IS E'it''s a \\\\ table';");
    expect(ddl).not.toContain('secret');
  });
});
