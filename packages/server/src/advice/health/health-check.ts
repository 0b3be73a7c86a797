import type { AskDatabase } from '../ask-database.ts';
import type { StatisticsFacts } from './statistics-facts.ts';

/** How much something matters: what will stop the database, what costs now, what is worth knowing. */
export type Severity = 'critical' | 'warning' | 'notice';

/** One thing that a check found. */
export interface Finding {
  readonly severity: Severity;
  /** What it is about, as SQL writes it. */
  readonly object?: string;
  /** What is so, with the numbers. */
  readonly message: string;
  /** What to do. Statements in it are for a person to judge and run. */
  readonly advice?: string;
}

/** What one check says. */
export interface CheckResult {
  readonly findings: readonly Finding[];
  /** Why a verdict, or part of it, is not given: what it needs is invisible, stale or too little. */
  readonly withheld?: string;
}

/** One subject that is looked at. */
export interface HealthCheck {
  readonly name: string;
  /** Rejects when the database does; that becomes a withheld verdict. */
  check(ask: AskDatabase, facts: StatisticsFacts): Promise<CheckResult>;
}

/** Bytes as people read them. */
export function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  const amount = bytes / 1024 ** power;
  return `${power === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${units[power]}`;
}

/** A share as people read it. */
export function percentText(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
