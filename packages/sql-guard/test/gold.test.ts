import { afterAll, describe, expect, it } from 'vitest';
import { readGoldStatements } from '../bench/gold-statements.ts';
import { createGuard } from '../src/index.ts';

const statements = readGoldStatements();
const guard = await createGuard({ engine: 'same-thread' });
afterAll(() => guard.close());

describe('the gold queries of public text-to-SQL sets', () => {
  it.skipIf(statements === undefined)(
    statements === undefined
      ? 'SKIPPED: set PGMCP_EVAL_DATA to the folder of the evaluation data'
      : `are all accepted (${statements.length})`,
    async () => {
      expect(statements?.length).toBeGreaterThan(700);
      const refused: string[] = [];
      for (const sql of statements ?? []) if (!(await guard.check(sql)).allowed) refused.push(sql);
      expect(refused).toEqual([]);
    },
  );
});
