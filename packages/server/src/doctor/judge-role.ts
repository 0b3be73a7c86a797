import { quoteIdentifier } from '@pgmcp/schema-introspect';
import type { IsolationMode } from '../session-of.ts';
import type { RoleFacts } from './role-facts.ts';
import type { Step, StepStatus } from './step.ts';

/** What the role is wanted for. */
export interface RolePurpose {
  readonly role: string;
  readonly mode: 'read-only' | 'standard' | 'admin';
  readonly isolation: IsolationMode;
  /** The roles that callers may run as. */
  readonly roles: readonly string[];
}

/** Most names in one line. */
const MAX_NAMES = 5;

/** Judges what a role may do against what it is wanted for: the least that works. */
export function judgeRole(facts: RoleFacts, purpose: RolePurpose): readonly Step[] {
  const isShared = purpose.isolation !== 'login';
  // Where callers are kept apart, a hole is no advice but the end of it.
  const hole: StepStatus = isShared ? 'failed' : 'warning';
  return [
    ...attributes(facts, purpose.role, hole),
    ...memberships(facts, purpose, isShared),
    ...privileges(facts, purpose),
    ...(isShared ? rowSecurity(facts, purpose) : []),
    ...functions(facts, hole),
    ...surroundings(facts, purpose.role),
  ];
}

function attributes(facts: RoleFacts, role: string, hole: StepStatus): readonly Step[] {
  if (facts.superuser)
    return [
      {
        name: 'role',
        status: hole,
        detail: `${role} is a superuser: privileges and row security stop nothing it is asked to do.`,
        cure: 'Log in as a role of its own; the script below makes one.',
      },
    ];
  const steps: Step[] = [];
  if (facts.bypassesRowSecurity)
    steps.push({
      name: 'role',
      status: hole,
      detail: `${role} has BYPASSRLS: row security does not hold for it.`,
      cure: `ALTER ROLE ${quoteIdentifier(role)} NOBYPASSRLS;`,
    });
  if (facts.attributes.length > 0)
    steps.push({
      name: 'role',
      status: 'warning',
      detail: `${role} has ${facts.attributes.join(', ')}.`,
      cure: `ALTER ROLE ${quoteIdentifier(role)} ${facts.attributes.map((attribute) => `NO${attribute}`).join(' ')};`,
    });
  return steps.length > 0
    ? steps
    : [{ name: 'role', status: 'ok', detail: `${role} is no superuser and does not bypass row security.` }];
}

function memberships(facts: RoleFacts, { role, roles, isolation }: RolePurpose, isShared: boolean): readonly Step[] {
  if (facts.superuser) return [];
  const steps: Step[] = [];
  if (facts.dangerous.length > 0)
    steps.push({
      name: 'memberships',
      status: facts.dangerous.every((name) => name === 'pg_read_all_data') && !isShared ? 'warning' : 'failed',
      detail: `${role} is a member of ${facts.dangerous.join(', ')}.`,
      cure: facts.dangerous.map((name) => `REVOKE ${name} FROM ${quoteIdentifier(role)};`).join(' '),
    });
  if (isShared) {
    const extra = facts.memberships.filter((name) => !roles.includes(name));
    const missing = roles.filter((name) => !facts.memberships.includes(name));
    if (extra.length > 0)
      steps.push({
        name: 'memberships',
        status: 'failed',
        detail: `${role} is a member of ${list(extra)}, which is not in roles: its own SQL can become that role.`,
        cure: extra.map((name) => `REVOKE ${quoteIdentifier(name)} FROM ${quoteIdentifier(role)};`).join(' '),
      });
    if (missing.length > 0)
      steps.push({
        name: 'memberships',
        status: 'failed',
        detail: `${role} is no member of ${list(missing)}, which is in roles.`,
        cure: missing.map((name) => `GRANT ${quoteIdentifier(name)} TO ${quoteIdentifier(role)};`).join(' '),
      });
    if (isolation === 'signed-claims' && roles.length !== 1)
      steps.push({
        name: 'memberships',
        status: 'failed',
        detail: `signed-claims needs exactly one role in roles; there are ${roles.length}.`,
      });
  }
  return steps.length > 0
    ? steps
    : [
        {
          name: 'memberships',
          status: 'ok',
          detail: facts.memberships.length === 0 ? 'None.' : `Of ${list(facts.memberships)}.`,
        },
      ];
}

function privileges(facts: RoleFacts, { role, mode, isolation }: RolePurpose): readonly Step[] {
  const steps: Step[] = [];
  const { readableTables: readable, unreadableTables: unreadable } = facts;
  // Where callers run as another role, the login itself needs to read nothing.
  if (readable === 0 && isolation === 'login')
    steps.push({
      name: 'tables',
      status: 'failed',
      detail: `${role} may read none of ${unreadable} tables.`,
      cure: 'The script below grants it.',
    });
  else
    steps.push({
      name: 'tables',
      status: unreadable > 0 ? 'notice' : 'ok',
      detail: `${readable} readable${unreadable > 0 ? `, ${unreadable} not` : ''}.`,
    });
  if (facts.superuser) return steps;
  if (facts.ownedTables > 0)
    steps.push({
      name: 'tables',
      status: isolation === 'login' ? 'warning' : 'failed',
      detail: `${role} owns ${facts.ownedTables} tables, itself or by membership: it may drop them, and row security that is not forced does not hold.`,
      cure: 'Let another role own them.',
    });
  if (mode === 'read-only' && facts.writableTables > 0)
    steps.push({
      name: 'tables',
      status: 'warning',
      detail: `${role} may write ${facts.writableTables} tables, and the mode is read-only.`,
      cure: 'Take it away: the guard should not be all that stands between.',
    });
  if (mode !== 'read-only' && facts.writableTables === 0 && isolation === 'login')
    steps.push({
      name: 'tables',
      status: 'warning',
      detail: `The mode is ${mode}, and ${role} may write no table.`,
      cure: 'The script below grants it.',
    });
  if (mode !== 'admin' && facts.creatableSchemas.length > 0)
    steps.push({
      name: 'schemas',
      status: 'warning',
      detail: `${role} may create objects in ${list(facts.creatableSchemas)}.`,
      cure: facts.creatableSchemas
        .slice(0, MAX_NAMES)
        .map((schema) => `REVOKE CREATE ON SCHEMA ${schema} FROM PUBLIC, ${quoteIdentifier(role)};`)
        .join(' '),
    });
  if (facts.temporary)
    steps.push({
      name: 'schemas',
      status: 'notice',
      detail: `${role} may create temporary tables, which can fill the disk.`,
      cure: 'REVOKE TEMPORARY ON DATABASE ... FROM PUBLIC;',
    });
  return steps;
}

function rowSecurity(facts: RoleFacts, { isolation }: RolePurpose): readonly Step[] {
  const steps: Step[] = [];
  const add = (names: readonly string[], status: StepStatus, detail: string, cure: string) => {
    if (names.length > 0) steps.push({ name: 'row security', status, detail: `${detail}: ${list(names)}.`, cure });
  };
  add(
    facts.unprotected,
    'failed',
    'Readable without row security',
    'ALTER TABLE ... ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; and a policy; or take SELECT away.',
  );
  add(facts.notForced, 'failed', 'Row security that is not forced', 'ALTER TABLE ... FORCE ROW LEVEL SECURITY;');
  add(facts.withoutPolicy, 'warning', 'Row security without a policy, so nobody sees a row', 'CREATE POLICY ...');
  add(
    facts.openViews,
    'failed',
    'Views that read protected tables with the rights of their owner',
    'ALTER VIEW ... SET (security_invoker = true); from PostgreSQL 15; revoke SELECT on materialized ones.',
  );
  if (isolation === 'signed-claims')
    add(
      facts.settingPolicies,
      'failed',
      'Policies that believe a plain setting, which a statement can change',
      'Compare with pgmcp_identity.claims() instead of current_setting().',
    );
  return steps.length > 0
    ? steps
    : [{ name: 'row security', status: 'ok', detail: 'On and forced on every readable table, views included.' }];
}

function functions(facts: RoleFacts, hole: StepStatus): readonly Step[] {
  const steps: Step[] = [];
  if (facts.definerFunctions.length > 0)
    steps.push({
      name: 'functions',
      status: hole === 'failed' ? 'failed' : 'notice',
      detail: `Run with the rights of their owner: ${list(facts.definerFunctions)}.`,
      cure: 'REVOKE EXECUTE ON FUNCTION ... FROM PUBLIC; and grant it to who needs it.',
    });
  if (facts.untrustedFunctions.length > 0)
    steps.push({
      name: 'functions',
      status: hole,
      detail: `In untrusted languages, which reach the server itself: ${list(facts.untrustedFunctions)}.`,
      cure: 'REVOKE EXECUTE ON FUNCTION ... FROM PUBLIC;',
    });
  return steps;
}

const BELT = [
  'statement_timeout',
  'idle_in_transaction_session_timeout',
  'lock_timeout',
  'default_transaction_read_only',
];

function surroundings(facts: RoleFacts, role: string): readonly Step[] {
  const missing = BELT.filter((name) => !facts.settings.some((setting) => setting.startsWith(`${name}=`)));
  return [
    facts.seesStatistics
      ? { name: 'statistics', status: 'ok', detail: 'Visible for all sessions and statements.' }
      : {
          name: 'statistics',
          status: 'notice',
          detail: 'Sessions and statements of other roles are invisible: advice says less.',
          cure: `GRANT pg_read_all_stats TO ${quoteIdentifier(role)}; when it may see them.`,
        },
    {
      name: 'extensions',
      status: 'ok',
      detail: facts.extensions.length === 0 ? 'None.' : `${facts.extensions.join(', ')}.`,
    },
    missing.length === 0
      ? { name: 'limits of the role', status: 'ok', detail: 'Set on the server; they hold when this process is gone.' }
      : {
          name: 'limits of the role',
          status: 'notice',
          detail: `Not set on the server: ${missing.join(', ')}.`,
          cure: 'The script below has the ALTER ROLE lines.',
        },
  ];
}

function list(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  return names.slice(0, MAX_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
