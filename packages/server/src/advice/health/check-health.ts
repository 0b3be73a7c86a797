import type { AskDatabase } from '../ask-database.ts';
import { MAX_FINDINGS } from '../limits.ts';
import { activityChecks } from './activity.ts';
import type { Finding, HealthCheck, Severity } from './health-check.ts';
import { indexChecks } from './indexes.ts';
import { replicationCheck } from './replication.ts';
import { sequencesCheck } from './sequences.ts';
import { readStatisticsFacts } from './statistics-facts.ts';
import { tableChecks } from './tables.ts';
import { transactionAgeCheck } from './transaction-age.ts';

/** Every check, in the order in which their results are told. */
export const HEALTH_CHECKS: readonly HealthCheck[] = [
  transactionAgeCheck,
  ...activityChecks,
  replicationCheck,
  sequencesCheck,
  ...tableChecks,
  ...indexChecks,
];

/** What the health of one database is. */
export interface HealthReport {
  readonly status: 'ok' | Severity;
  readonly findings: readonly (Finding & { readonly check: string })[];
  /** Checks, or parts of them, that say nothing, and why. */
  readonly withheld: readonly { readonly check: string; readonly reason: string }[];
  /** Checks that looked at everything and found nothing. */
  readonly clean: readonly string[];
}

const ORDER: readonly Severity[] = ['critical', 'warning', 'notice'];

/** Runs checks one after the other: advice takes one connection, not ten. A check that fails withholds its verdict. */
export async function checkHealth(
  ask: AskDatabase,
  checks: readonly HealthCheck[] = HEALTH_CHECKS,
  onProgress: (check: string) => void = () => undefined,
): Promise<HealthReport> {
  const facts = await readStatisticsFacts(ask);
  const findings: (Finding & { readonly check: string })[] = [];
  const withheld: { check: string; reason: string }[] = [];
  const clean: string[] = [];
  for (const { name, check } of checks) {
    onProgress(name);
    try {
      const result = await check(ask, facts);
      const sorted = result.findings.toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
      findings.push(...sorted.slice(0, MAX_FINDINGS).map((finding) => ({ check: name, ...finding })));
      if (sorted.length > MAX_FINDINGS)
        withheld.push({ check: name, reason: `${sorted.length - MAX_FINDINGS} more findings of the same kind.` });
      if (result.withheld !== undefined) withheld.push({ check: name, reason: result.withheld });
      else if (sorted.length === 0) clean.push(name);
    } catch (error) {
      const code = sqlState(error);
      // A call that was stopped, or a server that is gone, is no verdict about anything.
      if (code === undefined) throw error;
      withheld.push({ check: name, reason: `the database did not answer the question (${code}).` });
    }
  }
  const sorted = findings.toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  return { status: sorted[0]?.severity ?? 'ok', findings: sorted, withheld, clean };
}

function sqlState(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
