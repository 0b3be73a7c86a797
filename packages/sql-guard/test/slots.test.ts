import { afterAll, describe, expect, it } from 'vitest';
import { createGuard } from '../src/index.ts';
import {
  expressionSlots,
  honestExpressions,
  honestRelations,
  honestTypes,
  hostileExpressions,
  hostileRelations,
  hostileTypes,
  relationSlots,
  typeSlots,
} from './slots.ts';

const guard = await createGuard({ engine: 'same-thread', tables: { deny: ['public.denied_table', 'vault.*'] } });
afterAll(() => guard.close());

async function expectEach(slots: readonly string[], payloads: readonly string[], allowed: boolean): Promise<void> {
  for (const slot of slots) {
    for (const payload of payloads) {
      const sql = slot.replace('@', () => payload);
      const verdict = await guard.check(sql);
      expect(verdict.allowed, `${sql}\n${verdict.allowed ? '' : verdict.violations[0].message}`).toBe(allowed);
      // A hostile payload must be refused for itself, and not because the slot was written wrongly.
      if (!verdict.allowed) expect(verdict.violations[0].code, sql).not.toBe('syntax');
    }
  }
}

describe('a syntactic slot', () => {
  it('counts at least 120 for expressions', () => expect(expressionSlots.length).toBeGreaterThanOrEqual(120));
  it('lets honest expressions through', () => expectEach(expressionSlots, honestExpressions, true));
  it('lets no hostile expression through', { timeout: 60_000 }, () =>
    expectEach(expressionSlots, hostileExpressions, false),
  );
  it('lets honest relations through', () => expectEach(relationSlots, honestRelations, true));
  it('lets no hostile relation through', () => expectEach(relationSlots, hostileRelations, false));
  it('lets honest types through', () => expectEach(typeSlots, honestTypes, true));
  it('lets no hostile type through', () => expectEach(typeSlots, hostileTypes, false));
});
