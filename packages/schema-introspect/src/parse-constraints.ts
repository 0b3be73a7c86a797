import type { ConstraintRow, IndexRow } from './catalog-row.ts';
import { type Draft, frozenList, put } from './columnar.ts';
import type { Facts } from './facts.ts';
import { plainIndexDefinition } from './index-definition.ts';
import type {
  CheckConstraint,
  ExclusionConstraint,
  ForeignKey,
  Index,
  IndexKey,
  KeyConstraint,
  ReferentialAction,
} from './schema-constraints.ts';

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
};

/** Constraints of one relation, sorted into their kinds. */
export interface ParsedConstraints {
  readonly primaryKey: KeyConstraint | undefined;
  readonly uniqueConstraints: readonly KeyConstraint[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly CheckConstraint[];
  readonly exclusions: readonly ExclusionConstraint[];
}

/** @param nullsNotDistinct - names of indexes that treat NULLs as equal; the constraint has the name of its index */
export function parseConstraints(
  facts: Facts,
  rows: readonly ConstraintRow[],
  nullsNotDistinct: ReadonlySet<string>,
): ParsedConstraints {
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  const [primary] = of('p');
  return {
    primaryKey: primary ? parseKey(facts, primary, false) : undefined,
    uniqueConstraints: frozenList(of('u').map((row) => parseKey(facts, row, nullsNotDistinct.has(row.name)))),
    foreignKeys: frozenList(of('f').map((row) => parseForeignKey(facts, row))),
    checks: frozenList(of('c').map(parseCheck)),
    exclusions: frozenList(of('x').map((row) => parseExclusion(facts, row))),
  };
}

function columnsOf(facts: Facts, relation: number, positions: readonly number[] | null): readonly string[] {
  return frozenList((positions ?? []).map((position) => facts.columnName(relation, position)));
}

function deferrability(row: ConstraintRow): KeyConstraint['deferrable'] {
  if (!row.deferrable) return undefined;
  return row.deferred ? 'initially deferred' : 'initially immediate';
}

function parseKey(facts: Facts, row: ConstraintRow, nullsNotDistinct: boolean): KeyConstraint {
  const key: Draft<KeyConstraint> = { name: row.name, columns: columnsOf(facts, row.relation, row.columns) };
  if (nullsNotDistinct) key.nullsNotDistinct = true;
  if (row.period) key.withoutOverlaps = true;
  put(key, 'deferrable', deferrability(row));
  return Object.freeze(key);
}

function parseForeignKey(facts: Facts, row: ConstraintRow): ForeignKey {
  const target = facts.relationName(row.target);
  const columns = columnsOf(facts, row.target, row.targetColumns);
  const key: Draft<ForeignKey> = {
    name: row.name,
    columns: columnsOf(facts, row.relation, row.columns),
    references: Object.freeze({ schema: target.schema, table: target.name, columns }),
    onUpdate: ACTIONS[row.onUpdate] ?? 'no action',
    onDelete: ACTIONS[row.onDelete] ?? 'no action',
  };
  if (row.match === 'f') key.matchFull = true;
  put(key, 'deferrable', deferrability(row));
  // What is not enforced counts as not validated in the catalog; saying both would say it twice.
  if (!row.enforced) key.notEnforced = true;
  else if (!row.validated) key.notValidated = true;
  if (row.period) key.period = true;
  return Object.freeze(key);
}

function parseCheck(row: ConstraintRow): CheckConstraint {
  const check: Draft<CheckConstraint> = { name: row.name, expression: row.expression ?? '' };
  if (!row.enforced) check.notEnforced = true;
  else if (!row.validated) check.notValidated = true;
  return Object.freeze(check);
}

function parseExclusion(facts: Facts, row: ConstraintRow): ExclusionConstraint {
  const plain = (row.columns ?? []).filter((position) => position > 0);
  return Object.freeze({
    name: row.name,
    definition: row.expression ?? '',
    columns: columnsOf(facts, row.relation, plain),
  });
}

/** Bits of `pg_index.indoption`. */
const DESCENDING = 1;
const NULLS_FIRST = 2;

/** An index; its definition is printed here where the query left it out because it is plain. */
export function parseIndex(facts: Facts, row: IndexRow, schema: string, table: string): Index {
  const keys = row.columns.slice(0, row.keyCount).map((position, place) => {
    const option = row.options[place] ?? 0;
    const descending = (option & DESCENDING) !== 0;
    const nullsFirst = (option & NULLS_FIRST) !== 0;
    const key: Draft<IndexKey> =
      position > 0
        ? { column: facts.columnName(row.relation, position) }
        : { expression: row.expressions?.[place] ?? '' };
    if (descending) key.descending = true;
    if (nullsFirst !== descending) key.nulls = nullsFirst ? 'first' : 'last';
    return Object.freeze(key);
  });
  const plain: Draft<Omit<Index, 'definition'>> = {
    name: row.name,
    method: row.method,
    keys: frozenList(keys),
    include: columnsOf(facts, row.relation, row.columns.slice(row.keyCount)),
    unique: row.unique,
    primary: row.primary,
    valid: row.valid,
  };
  put(plain, 'predicate', row.predicate);
  put(plain, 'comment', facts.comment('pg_class', row.oid));
  return Object.freeze({ ...plain, definition: row.definition ?? plainIndexDefinition(plain, schema, table) });
}
