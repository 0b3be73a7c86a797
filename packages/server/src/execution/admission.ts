import type { AllowedVerdict, StatementKind, Verdict } from '@pgmcp/sql-guard';
import type { Call } from '../call.ts';
import type { ConnectedDatabase } from '../databases.ts';
import { PgmcpError } from '../errors.ts';
import type { Policies, Policy, Purpose } from '../policy/policies.ts';
import { refusal } from '../refusal.ts';
import { judge } from './judge.ts';
import type { StatementNotes } from './observe-statement.ts';
import type { OutsideStatement } from './statement.ts';

/** A statement that may run, and under which policy. */
export interface Admitted {
  readonly verdict: AllowedVerdict;
  readonly policy: Policy;
}

/** What a statement is judged for. */
export interface AdmissionRequest {
  readonly purpose: Purpose;
  /** Its plan with real times is wanted. */
  readonly analyze?: boolean;
}

/** Judges statements under the policy of their caller. */
export interface Admission {
  policyOf(database: ConnectedDatabase, call: Call): Policy;
  check(statement: OutsideStatement, call: Call, request: AdmissionRequest): Promise<Verdict>;
  /** @throws PgmcpError the refusal, which is noted in the record of the statement too */
  admit(statement: OutsideStatement, call: Call, notes: StatementNotes, request: AdmissionRequest): Promise<Admitted>;
}

/** Makes the one place where policies, guards and statements meet. */
export function createAdmission(policies: Policies): Admission {
  async function checkUnder(
    policy: Policy,
    { database, sql, parameters = [], confirmed }: OutsideStatement,
    { purpose, analyze = false }: AdmissionRequest,
  ): Promise<Verdict> {
    const guard = await policy.guard(purpose);
    return judge(guard, database, sql, {
      parameterCount: parameters.length,
      purpose: analyze ? 'explain-analyze' : 'run',
      confirmed,
    });
  }

  return {
    policyOf: (database, { caller }) => policies.of(database, caller),
    check: (statement, { caller }, request) => checkUnder(policies.of(statement.database, caller), statement, request),
    async admit(statement, { caller }, notes, request) {
      const policy = policies.of(statement.database, caller);
      const verdict = await checkUnder(policy, statement, request);
      if (!verdict.allowed) {
        notes.violated(verdict.violations);
        if (verdict.retryable) throw notChecked(verdict.violations[0].message);
        throw refusal(verdict.violations, request.purpose === 'read' ? policy.mode : undefined);
      }
      notes.admitted(verdict);
      const kind = verdict.statements[0]?.kind;
      if (kind === undefined || !policy.mayRun(kind)) {
        notes.refused('policy.operation');
        throw refusedOperation(kind);
      }
      return { verdict, policy };
    },
  };
}

/** The checker had no time, or was lost: nothing is said about the statement. */
function notChecked(reason: string): PgmcpError {
  return new PgmcpError(
    'EXECUTION_ERROR',
    `The statement did not run, because it could not be checked now: ${reason}. Repeat the call in a moment.`,
    { retryable: true },
  );
}

function refusedOperation(kind: StatementKind | undefined): PgmcpError {
  return new PgmcpError(
    'UNSAFE_SQL',
    `The statement was refused: this server does not run statements of the kind ${kind ?? 'unknown'} here.`,
    { details: { operation: kind, option: 'PG_MCP_SECURITY_ALLOWED_OPERATIONS' } },
  );
}
