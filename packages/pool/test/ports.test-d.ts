import type { Database, Transaction } from '@pgmcp/pool';
import { expectTypeOf, test } from 'vitest';

interface Queryable {
  query<Row>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[] }>;
}
interface Transactional extends Queryable {
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
}

test('a database and a transaction fit the ports of the libraries that run SQL', () => {
  expectTypeOf<Database>().toExtend<Transactional>();
  expectTypeOf<Transaction>().toExtend<Queryable>();
});

test('a third argument does not compile: options are bound', () => {
  expectTypeOf<Parameters<Database['query']>['length']>().toEqualTypeOf<1 | 2>();
  expectTypeOf<Parameters<Database['table']>['length']>().toEqualTypeOf<1 | 2>();
});
