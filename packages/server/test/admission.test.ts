import { createGuard } from '@pgmcp/sql-guard';
import { afterAll, describe, expect, it } from 'vitest';
import { LOCAL_CALLER } from '../src/call.ts';
import { DEFAULT_POLICY } from '../src/config/index.ts';
import type { ConnectedDatabase } from '../src/databases.ts';
import { createAdmission } from '../src/execution/admission.ts';
import { hidingOf } from '../src/policy/hiding.ts';
import type { Policies } from '../src/policy/policies.ts';

const guard = await createGuard({ limits: { maxQueue: 1 } });
afterAll(() => guard.close());

const policies: Policies = {
  of: () => ({
    mode: 'read-only',
    configuration: DEFAULT_POLICY,
    hiding: hidingOf(DEFAULT_POLICY),
    guard: async () => guard,
    mayRun: () => true,
  }),
  warmUp: () => guard.warmUp(),
  parser: async () => guard,
  close: async () => undefined,
};
const database = {
  name: 'shop',
  facts: async () => ({ serverVersionNum: 180000 }),
  catalog: () => Promise.reject(new Error('no catalog')),
} as unknown as ConnectedDatabase;
const notes = { violated: () => undefined, admitted: () => undefined, refused: () => undefined } as never;
const call = { caller: LOCAL_CALLER } as never;

describe('a statement that could not be checked', () => {
  it('is told apart from one that is refused, and may be repeated', async () => {
    const admission = createAdmission(policies);
    const admit = (sql: string) => admission.admit({ database, sql }, call, notes, { purpose: 'read' });
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => admit(`SELECT ${index} AS n`)));
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(failures.length).toBeGreaterThan(0);
    for (const failure of failures) {
      expect(failure).toMatchObject({ code: 'EXECUTION_ERROR', retryable: true });
      expect(failure.message).toMatch(/could not be checked now: .*already waiting.* Repeat the call/);
    }
    await expect(admit('SELECT 1')).resolves.toMatchObject({ verdict: { allowed: true } });
    await expect(admit('DROP TABLE t')).rejects.toMatchObject({ code: 'UNSAFE_SQL', retryable: false });
  });
});
