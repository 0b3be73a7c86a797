import { describe, expect, it } from 'vitest';
import { type CatalogSnapshot, createGuard } from '../src/index.ts';

type Operator = CatalogSnapshot['operators'][number];

const distance = (rest: Partial<Operator> = {}): Operator => ({
  schema: 'public',
  name: '<=>',
  functionSchema: 'public',
  functionName: 'cosine_distance',
  extension: 'vector',
  ...rest,
});

async function isAllowed(sql: string, operators: readonly Operator[]): Promise<boolean> {
  const catalog: CatalogSnapshot = {
    fingerprint: 'operators',
    searchPath: ['public'],
    relations: [],
    functions: [],
    operators,
    casts: [],
    types: [],
  };
  const guard = await createGuard({ engine: 'same-thread', catalog });
  try {
    return (await guard.check(sql)).allowed;
  } finally {
    await guard.close();
  }
}

describe('a distance of pgvector', () => {
  const bare = 'SELECT a <=> b FROM t';
  const qualified = 'SELECT a OPERATOR(public.<=>) b FROM t';

  it('passes while the extension alone has an operator of that name', async () => {
    expect(await isAllowed(bare, [distance()])).toBe(true);
    expect(await isAllowed(qualified, [distance()])).toBe(true);
  });

  it('is refused where a user has an operator of that name, unless the schema rules it out', async () => {
    const own = { ...distance({ schema: 'evil', functionName: 'leak' }) };
    const { extension: _, ...users } = own;
    expect(await isAllowed(bare, [distance(), users])).toBe(false);
    expect(await isAllowed(qualified, [distance(), users])).toBe(true);
    expect(await isAllowed('SELECT a OPERATOR(evil.<=>) b FROM t', [distance(), users])).toBe(false);
  });

  it('is refused when another extension, or nobody, is known to have it', async () => {
    expect(await isAllowed(bare, [distance({ extension: 'unknown_extension' })])).toBe(false);
    expect(await isAllowed(bare, [])).toBe(false);
    expect(await isAllowed('SELECT a OPERATOR(a.public.<=>) b FROM t', [distance()])).toBe(false);
  });
});
