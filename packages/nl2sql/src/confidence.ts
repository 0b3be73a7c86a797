import type { Finding } from './inspect/finding.ts';
import { isChoice, type Repair } from './repair/repair-step.ts';

/** How far an answer can be trusted. */
export interface Confidence {
  /** `high` from 0.85, `medium` from 0.5, else `low`. */
  readonly level: 'high' | 'medium' | 'low';
  /** Share of right answers among recorded ones of which the same is known, 0 to 1. */
  readonly score: number;
  /** What lowered or raised it, one sentence each. */
  readonly reasons: readonly string[];
}

/** What the confidence of an answer is read from. */
export interface ConfidenceEvidence {
  readonly source: 'verified' | 'model';
  /** The attempts so far, the answer last. */
  readonly attempts: readonly {
    readonly source: 'verified' | 'model';
    readonly stage: string;
    readonly error?: unknown;
    readonly repairs?: readonly Repair[] | undefined;
  }[];
  readonly findings: readonly Finding[];
  readonly agreement?: Agreement | undefined;
  /** Why the choice of tables was a close one. */
  readonly linkingDoubt?: string | undefined;
}

/**
 * Shares of right answers, (right + 1) of (all + 2), among 391 recorded answers of five models of 2023 and 2024 to 87
 * questions (BIRD mini-dev, superhero and toxicology, typed multiset comparison, 21 November 2026): 170 of 273 with nothing
 * against them and 12 of 19 repaired in notation, 13 of 40 repaired by choice, 3 of 35 with a finding, 0 of 24 with a
 * strong one. Three of these models agreed on 39 results, 33 of them right; two of three on 23, 9 right; else 5 of 22.
 * `verified` is set; an error on the way and a close choice of tables count like a choice of rules. Today's models are right more often, so the
 * order of the classes is worth more than their level. `scripts/measure.ts confidence` prints these counts.
 */
const shares = {
  verified: 0.97,
  clean: 0.62,
  repaired: 0.33,
  doubtful: 0.11,
  implausible: 0.04,
  allAgree: 0.83,
  mostAgree: 0.4,
  noneAgree: 0.25,
};

/** How many of several statements gave the same result. */
export interface Agreement {
  /** Those whose result is that of the answer. */
  readonly agreeing: number;
  /** Statements that ran, those without a result included. */
  readonly of: number;
}

/** Reads a {@link Confidence} from how an answer came about: the lowest class that it belongs to. */
export function confidenceOf({ source, attempts, findings, agreement, linkingDoubt }: ConfidenceEvidence): Confidence {
  const last = attempts.at(-1);
  const repairs = last?.repairs ?? [];
  // A statement that was only doubted did not fail: where the doubt still holds it is among the findings.
  const failed = attempts.filter(
    ({ source: writer, stage, error }) => writer === 'model' && stage !== 'lint' && error !== undefined,
  ).length;
  const reasons: string[] = [];
  let score = source === 'verified' ? shares.verified : shares.clean;
  const lower = (to: number, reason: string): void => {
    score = Math.min(score, to);
    reasons.push(reason);
  };
  if (source === 'verified') reasons.push('A person verified the SQL for this question.');
  for (const { isStrong, message } of findings) {
    // A verified statement may well return nothing today: that is news, not a mistake.
    if (source === 'model') lower(isStrong ? shares.implausible : shares.doubtful, message);
  }
  if (linkingDoubt !== undefined && source === 'model') lower(shares.repaired, linkingDoubt);
  if (failed > 0) lower(shares.repaired, `${failed} earlier ${failed === 1 ? 'statement' : 'statements'} failed.`);
  if (repairs.some(isChoice)) {
    lower(shares.repaired, 'Rules chose what some names or types were meant to be.');
  } else if (repairs.length > 0) {
    reasons.push('Rules repaired the spelling of the statement.');
  }
  if (agreement !== undefined && agreement.of > 1) {
    const { agreeing, of } = agreement;
    const isUnanimous = agreeing === of;
    // Statements found in different ways that agree outweigh what spoke against the first, but for an empty result.
    const isEmpty = findings.some(({ isStrong }) => isStrong);
    if (isUnanimous && !isEmpty) score = shares.allAgree;
    else score = Math.min(score, agreeing > 1 ? shares.mostAgree : shares.noneAgree);
    reasons.push(`${agreeing} of ${of} statements gave this result.`);
  }
  if (reasons.length === 0) reasons.push('The statement passed every check.');
  return { level: score >= 0.85 ? 'high' : score >= 0.5 ? 'medium' : 'low', score, reasons };
}
