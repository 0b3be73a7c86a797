import { afterAll, describe, expect, it } from 'vitest';
import { createGuard } from '../src/index.ts';

const guard = await createGuard({ engine: 'same-thread', mode: 'standard' });
afterAll(() => guard.close());

describe('writing one element', () => {
  const into = (place: string) => [
    `UPDATE t SET doc${place} = '1' WHERE id = 1`,
    `INSERT INTO t (id, doc${place}) VALUES (1, '1')`,
    `INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET doc${place} = '1'`,
    `MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET doc${place} = '1'`,
  ];

  it('is refused far beyond the end, where the server would fill everything before it with null', async () => {
    for (const place of ['[200000000]', "['a'][200000000]", "['200000000']", '[20000 * 10000]', '[1:200000000]'])
      for (const sql of into(place))
        expect(await guard.check(sql), sql).toMatchObject({
          allowed: false,
          violations: [{ code: 'size', node: 'A_Indices', option: 'limits.maxGeneratedSize' }],
        });
    for (const sql of into('[$1]'))
      expect(await guard.check(sql, { parameterCount: 1 }), sql).toMatchObject({
        allowed: false,
        violations: [{ node: 'A_Indices' }],
      });
  });

  it('is accepted at a usual place, and by a key', async () => {
    for (const place of ['[3]', "['name']", "['a']['b'][0]", '[id]', '[1:2]'])
      for (const sql of into(place)) expect(await guard.check(sql), sql).toMatchObject({ allowed: true });
  });
});
