import { afterAll, describe, expect, it } from 'vitest';
import { createGuard, type Guard, type StatementOption } from '../src/index.ts';
import { changedTypeSlots, readSlots, rowSlots, structureSlots, writtenSlots } from './change-slots.ts';
import {
  honestExpressions,
  honestRelations,
  honestTypes,
  hostileExpressions,
  hostileRelations,
  hostileTypes,
} from './slots.ts';

// All but nextval, which is one of the hostile expressions.
const options: readonly StatementOption[] = [
  'select-into',
  'unfiltered-update',
  'unfiltered-delete',
  'truncate',
  'refresh-materialized-view',
  'create-function',
  'create-trigger',
  'create-rule',
  'create-policy',
  'grant',
  'create-extension',
];
const tables = { deny: ['public.denied_table', 'vault.*'] };
const functions = { allow: ['app.touch'] };
const standard = await createGuard({ engine: 'same-thread', mode: 'standard', tables });
const admin = await createGuard({
  engine: 'same-thread',
  mode: 'admin',
  tables,
  functions,
  statements: { allow: options },
});
afterAll(() => Promise.all([standard.close(), admin.close()]));

/** Writing and locking are what these modes are for. */
const isWriting = (expression: string): boolean => /DELETE|FOR UPDATE/.test(expression);
const hostile = hostileExpressions.filter((expression) => !isWriting(expression));

async function expectEach(
  guard: Guard,
  slots: readonly string[],
  payloads: readonly string[],
  allowed: boolean,
): Promise<void> {
  for (const slot of slots) {
    for (const payload of payloads) {
      const sql = slot.replaceAll('@', () => payload);
      const verdict = await guard.check(sql);
      expect(verdict.allowed, `${sql}\n${verdict.allowed ? '' : verdict.violations[0].message}`).toBe(allowed);
      // A hostile payload must be refused for itself, and not because the slot was written wrongly.
      if (!verdict.allowed) expect(verdict.violations[0].code, sql).not.toBe('syntax');
    }
  }
}

describe('a place in a statement that changes rows', { timeout: 60_000 }, () => {
  it('lets honest expressions through', () => expectEach(standard, rowSlots, honestExpressions, true));
  it('lets no hostile expression through', () => expectEach(standard, rowSlots, hostile, false));
  it('lets none through in admin with every option', () => expectEach(admin, rowSlots, hostile, false));
});

describe('a place in a statement that changes the structure', { timeout: 60_000 }, () => {
  it('lets honest expressions through', () => expectEach(admin, structureSlots, honestExpressions, true));
  it('lets no hostile expression through', () => expectEach(admin, structureSlots, hostile, false));
});

describe('a relation in a statement that changes something', { timeout: 60_000 }, () => {
  const own = honestRelations.filter((name) => !/information_schema|pg_class/.test(name));
  it('may be read when it is honest', () => expectEach(admin, readSlots, honestRelations, true));
  it('is not read when it is hostile', () => expectEach(admin, readSlots, hostileRelations, false));
  it('may be changed when it is the application’s', () => expectEach(admin, writtenSlots, own, true));
  it('is not changed when it is hostile, or the server’s', () =>
    expectEach(admin, writtenSlots, [...hostileRelations, 'pg_class', 'information_schema.tables'], false));
});

describe('a type in a statement that changes something', () => {
  it('passes when it is PostgreSQL’s own', () => expectEach(admin, changedTypeSlots, honestTypes, true));
  it('is refused when reading it may run code', () => expectEach(admin, changedTypeSlots, hostileTypes, false));
});
