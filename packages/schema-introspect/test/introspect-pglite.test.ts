import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Queryable } from '../src/index.ts';
import { ODD_CATALOG_SQL } from './odd-catalog.ts';
import { describeOddCatalog } from './odd-catalog-contract.ts';

describe('introspect on PGlite', () => {
  let pglite: PGlite;
  beforeAll(async () => {
    pglite = await PGlite.create();
    await pglite.exec(ODD_CATALOG_SQL);
  }, 60_000);
  afterAll(() => pglite.close());

  describeOddCatalog(async (): Promise<Queryable> => pglite);
});
