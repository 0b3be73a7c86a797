import type { GuardMode, GuardOptions, StatementKind } from '@pgmcp/sql-guard';

/** A statement class that a mode holds back until it is asked for by name. */
type StatementOption = NonNullable<NonNullable<GuardOptions['statements']>['allow']>[number];

/** The modes, the strictest first. */
export const MODES = ['read-only', 'standard', 'admin'] as const satisfies readonly GuardMode[];

/** Kinds of statements that some mode accepts, by the words of SQL. */
export const KINDS = [
  'select',
  'show',
  'explain',
  'insert',
  'update',
  'delete',
  'merge',
  'truncate',
  'refresh',
  'create',
  'alter',
  'drop',
  'comment',
  'maintenance',
  'grant',
] as const satisfies readonly StatementKind[];

/** Classes inside a kind that no mode has without being asked. */
export const OPTIONS = [
  'select-into',
  'unfiltered-update',
  'unfiltered-delete',
  'refresh-materialized-view',
  'nextval',
  'create-function',
  'create-trigger',
  'create-rule',
  'create-policy',
  'create-extension',
] as const satisfies readonly StatementOption[];

/** A kind of statement, or a class inside one that has to be asked for. */
export type Operation = (typeof KINDS)[number] | (typeof OPTIONS)[number];

/** Everything that `allowedOperations` may name. */
export const OPERATIONS: readonly Operation[] = [...KINDS, ...OPTIONS];

const isOption = (operation: Operation): operation is (typeof OPTIONS)[number] =>
  (OPTIONS as readonly string[]).includes(operation);

/** Kinds that can stand inside another statement: the guard looks for them wherever they are. */
const NESTED = ['show', 'explain', 'insert', 'update', 'delete', 'merge'] as const;

/** The operations of a policy as the guard takes them. */
export function statementPolicy(
  allowed: readonly Operation[] | undefined,
  blocked: readonly Operation[],
): NonNullable<GuardOptions['statements']> {
  const options = (allowed ?? []).filter(isOption).filter((option) => !blocked.includes(option));
  const asked = (kind: 'truncate' | 'grant') =>
    allowed?.includes(kind) === true && !blocked.includes(kind) ? [kind] : [];
  const refresh = allowed?.includes('refresh') === true && !blocked.includes('refresh');
  return {
    allow: [
      ...new Set<StatementOption>([
        ...options,
        ...asked('truncate'),
        ...asked('grant'),
        ...(refresh ? ['refresh-materialized-view' as const] : []),
      ]),
    ],
    deny: NESTED.filter((kind) => !mayRun(kind, allowed, blocked)),
  };
}

/** Whether the lists of a policy leave a kind of statement in; the mode decides as well. */
export function mayRun(
  kind: StatementKind,
  allowed: readonly Operation[] | undefined,
  blocked: readonly Operation[],
): boolean {
  if ((blocked as readonly string[]).includes(kind)) return false;
  if (allowed === undefined) return true;
  // A class that is all of its kind brings the kind with it. Others do not: create-function alone must not let CREATE TABLE in.
  return (
    (allowed as readonly string[]).includes(kind) || KIND_OF_OPTION.get(kind)?.some((o) => allowed.includes(o)) === true
  );
}

const KIND_OF_OPTION: ReadonlyMap<StatementKind, readonly Operation[]> = new Map([
  ['refresh', ['refresh-materialized-view']],
]);
