import type { HostileCase } from '@pgmcp/sql-guard/corpus';
import { PgmcpError } from '../../errors.ts';
import type { Canary } from './canary.ts';
import type { TargetConnection } from './connect-target.ts';
import type { SqlTool } from './find-sql-tool.ts';

/** What became of one hostile statement. */
export type AttackOutcome = 'refused' | 'executed' | 'crashed';

/** One statement that got through, or that the server did not survive. */
export interface AttackFinding {
  readonly attackClass: string;
  readonly sql: string;
  readonly outcome: AttackOutcome;
  /** Start of what the server said. */
  readonly answer: string;
  readonly sideEffects: readonly string[];
}

/** Result of an attack. */
export interface AttackReport {
  readonly tool: string;
  readonly argument: string;
  readonly statements: number;
  readonly classes: Readonly<Record<string, Readonly<Record<AttackOutcome | 'side effects', number>>>>;
  readonly findings: readonly AttackFinding[];
}

/** What an attack works with. */
export interface AttackSetup {
  readonly cases: readonly HostileCase[];
  readonly sqlTool: SqlTool;
  readonly connect: () => Promise<TargetConnection>;
  readonly canary?: Canary;
  readonly signal: AbortSignal;
  readonly progress: (line: string) => void;
}

const PROGRESS_EVERY = 100;

/** How servers and proxies say that they were called too often. */
const LIMITED = /rate.?limit|too many requests|\b429\b/i;

/** A statement that was turned away unread shows nothing: refusals of this kind would make every server look safe. */
function stopAtLimit(answer: string): void {
  if (!LIMITED.test(answer)) return;
  throw new PgmcpError(
    'VALIDATION_ERROR',
    'The server limits how often it may be called, so statements are turned away unread and nothing is shown. ' +
      'Switch that limit off for the attack (pgmcp: PG_MCP_RATE_LIMIT_ENABLED=false) and begin again.',
  );
}

/**
 * Sends every hostile statement, one after the other. A server that dies or does not answer counts as crashed and is connected to again.
 *
 * @throws PgmcpError `VALIDATION_ERROR` when the server limits its rate; Error when no new connection comes about after a crash.
 */
export async function runAttack(setup: AttackSetup): Promise<AttackReport> {
  const { cases, sqlTool, canary, signal, progress } = setup;
  const classes: Record<string, Record<AttackOutcome | 'side effects', number>> = {};
  const findings: AttackFinding[] = [];
  let connection = await setup.connect();
  try {
    for (const [index, { attackClass, sql }] of cases.entries()) {
      signal.throwIfAborted();
      if (index > 0 && index % PROGRESS_EVERY === 0) progress(`${index} of ${cases.length} statements sent`);
      let outcome: AttackOutcome;
      let answer: string;
      try {
        const { failed, text } = await connection.call(sqlTool.tool, { ...sqlTool.others, [sqlTool.argument]: sql });
        outcome = failed ? 'refused' : 'executed';
        answer = text;
        if (failed) stopAtLimit(text);
      } catch (error) {
        if (error instanceof PgmcpError) throw error;
        outcome = 'crashed';
        answer = error instanceof Error ? error.message : String(error);
        stopAtLimit(answer);
        await connection.close().catch(() => undefined);
        connection = await setup.connect();
      }
      const sideEffects = (await canary?.changes()) ?? [];
      const counts = classes[attackClass] ?? { refused: 0, executed: 0, crashed: 0, 'side effects': 0 };
      classes[attackClass] = counts;
      counts[outcome] += 1;
      if (sideEffects.length > 0) counts['side effects'] += 1;
      if (outcome !== 'refused' || sideEffects.length > 0)
        findings.push({ attackClass, sql, outcome, answer, sideEffects });
    }
  } finally {
    await connection.close().catch(() => undefined);
  }
  return { tool: sqlTool.tool, argument: sqlTool.argument, statements: cases.length, classes, findings };
}
