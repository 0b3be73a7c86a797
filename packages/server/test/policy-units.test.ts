import type { TextTable } from '@pgmcp/pool';
import type { DatabaseCatalog } from '@pgmcp/schema-introspect';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../src/config/index.ts';
import { hidingOf } from '../src/policy/hiding.ts';
import { maskTable } from '../src/policy/mask-table.ts';
import { statementPolicy } from '../src/policy/operations.ts';
import { refuseExpensivePlan } from '../src/policy/plan-cost.ts';

const catalog = {
  tables: [
    {
      oid: 7,
      schema: 'shop',
      name: 'customers',
      estimatedRows: 500,
      columns: [
        { name: 'id', position: 1 },
        { name: 'email', position: 2 },
      ],
    },
    {
      oid: 8,
      schema: 'shop',
      name: 'events',
      columns: [],
      partitioning: { partitions: [{ schema: 'shop', name: 'events_2030', estimatedRows: 9000 }] },
    },
  ],
} as unknown as DatabaseCatalog;

const hiding = hidingOf({ ...DEFAULT_POLICY, maskedColumns: ['shop.customers.email'] });
const hashKey = Buffer.from('key');

const result = (columnNumber: number): TextTable => ({
  fields: [{ name: 'x', typeOid: 25, typeModifier: -1, tableOid: 7, columnNumber }],
  rows: [['ada@example.com']],
  truncated: false,
  byteCount: 20,
  command: 'SELECT 1',
});

describe('a masked result', () => {
  it('is refused when the server says that a protected column was missed', () => {
    expect(() => maskTable(result(2), { columns: undefined, catalog, hiding, hashKey })).toThrow(
      expect.objectContaining({ code: 'UNSAFE_SQL' }),
    );
    expect(maskTable(result(1), { columns: undefined, catalog, hiding, hashKey }).table.rows).toEqual([
      ['ada@example.com'],
    ]);
  });

  it('is refused when the verdict names a column that is not there', () => {
    const columns = [{ schema: 'shop', table: 'customers', column: 'email', use: 'output', outputIndex: 3 } as const];
    expect(() => maskTable(result(2), { columns, catalog, hiding, hashKey })).toThrow(
      expect.objectContaining({ code: 'UNSAFE_SQL' }),
    );
  });

  it('masks what the lists do not know, and the stricter of two rules wins', () => {
    const unknown = { schema: 'a', table: 'b', column: 'c', use: 'output', outputIndex: 0 } as const;
    const hashed = hidingOf({ ...DEFAULT_POLICY, hashedColumns: ['a.b.d'] });
    const both = [{ ...unknown, column: 'd' }, unknown, { ...unknown, column: 'd' }];
    expect(maskTable(result(1), { columns: both, catalog, hiding: hashed, hashKey }).table.rows).toEqual([['***']]);
  });
});

describe('a plan', () => {
  const limits = { maxSequentialScanRows: 100, maxPlanRows: 1000, maxPlanCost: 50 };
  const scan = (relation: string, rows = 1) => [
    {
      Plan: { 'Node Type': 'Seq Scan', Schema: 'shop', 'Relation Name': relation, 'Plan Rows': rows, 'Total Cost': 1 },
    },
  ];

  it.each([
    ['of a table by its statistics', scan('customers'), 'max_sequential_scan_rows', 500],
    ['of a partition by its own', scan('events_2030'), 'max_sequential_scan_rows', 9000],
    ['of a table that nobody knows by the plan', scan('new', 200), 'max_sequential_scan_rows', 200],
  ])('is judged %s', (_, document, limit, estimate) => {
    expect(() => refuseExpensivePlan(document, limits, catalog)).toThrow(
      expect.objectContaining({ code: 'COST_LIMIT_EXCEEDED', details: expect.objectContaining({ limit, estimate }) }),
    );
  });

  it.each([[undefined], [[]], [{}], [[{ Plan: {} }]], ['text']])('that cannot be read is refused: %j', (document) => {
    expect(() => refuseExpensivePlan(document, limits, undefined)).toThrow(
      expect.objectContaining({ code: 'COST_LIMIT_EXCEEDED' }),
    );
  });

  it('passes within the limits', () => {
    expect(() => refuseExpensivePlan(scan('new', 99), limits, catalog)).not.toThrow();
  });
});

describe('allowed operations', () => {
  it('ask for what a mode holds back, and leave the rest out', () => {
    expect(statementPolicy(['select', 'truncate', 'refresh', 'grant', 'create-function'], ['grant'])).toEqual({
      allow: ['create-function', 'truncate', 'refresh-materialized-view'],
      deny: ['show', 'explain', 'insert', 'update', 'delete', 'merge'],
    });
    expect(statementPolicy(undefined, ['delete'])).toEqual({ allow: [], deny: ['delete'] });
  });
});
