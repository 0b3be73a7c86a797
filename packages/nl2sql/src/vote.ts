import { furtherCandidates } from './candidates.ts';
import { type Agreement, confidenceOf } from './confidence.ts';
import type { Answered, NeedsClarification } from './outcome.ts';
import type { LanguageModel, ResultTable } from './ports.ts';
import { details, type Question } from './question.ts';
import { isChoice } from './repair/repair-step.ts';
import { resultDigest } from './result-digest.ts';

/** Answers that gave the same rows. */
interface Group<Table extends ResultTable> {
  readonly answers: Answered<Table>[];
}

/** Whether something speaks against an answer: a finding, an error on the way to it, a choice that rules made in it. */
export function isDoubtful(answer: Answered<ResultTable>): boolean {
  const last = answer.attempts.at(-1);
  return (
    answer.findings.length > 0 ||
    answer.attempts.some(({ error }) => error !== undefined) ||
    (last?.repairs ?? []).some(isChoice)
  );
}

/**
 * Asks for further statements and lets their results vote: equal ones count together, empty ones do not count. The
 * result that most give is the answer. Where no two agree nobody can tell which is right: the caller is asked which
 * reading is meant, or, where nobody can be asked, the first answer stays with less confidence.
 */
export async function vote<Table extends ResultTable>(
  work: Question<Table>,
  model: LanguageModel,
  { answer, round }: { readonly answer: Answered<Table>; readonly round: number },
): Promise<Answered<Table> | NeedsClarification> {
  work.trace.emit({ type: 'voting', candidates: work.extraCandidates });
  const answers = [answer, ...(await furtherCandidates(work, model, round))];
  const groups = groupByResult(answers);
  const [best, second] = groups;
  const of = answers.length;
  if (best === undefined) return answer;
  const agreeing = best.answers.length;
  const isDecided = agreeing > (second?.answers.length ?? 0);
  const chosen = isDecided
    ? best.answers[0]
    : groups.some((group) => group.answers.includes(answer))
      ? answer
      : best.answers[0];
  if (!isDecided && agreeing === 1 && work.onAmbiguity === 'ask') {
    const asked = askWhichReading(work, groups);
    if (asked !== undefined) return asked;
  }
  const winner = chosen ?? answer;
  // What went wrong on the way to the first answer says nothing of one that began anew.
  const attempts =
    winner === answer
      ? answer.attempts
      : winner.attempts.filter(({ stage, sql }) => stage === 'done' && sql === winner.sql).slice(-1);
  return withAgreement(winner, { agreeing: isDecided ? agreeing : 1, of }, attempts);
}

/** The groups of answers that say something, the largest first, then in the order of their first answer. */
function groupByResult<Table extends ResultTable>(answers: readonly Answered<Table>[]): readonly Group<Table>[] {
  const groups = new Map<string, Group<Table>>();
  for (const answer of answers) {
    const digest = answer.result === undefined ? undefined : resultDigest(answer.result);
    if (digest === undefined) continue;
    const group = groups.get(digest) ?? { answers: [] };
    group.answers.push(answer);
    groups.set(digest, group);
  }
  return [...groups.values()].sort((left, right) => right.answers.length - left.answers.length);
}

function askWhichReading(
  work: Question<ResultTable>,
  groups: readonly Group<ResultTable>[],
): NeedsClarification | undefined {
  const readings = groups.flatMap(({ answers: [first] }) =>
    first?.interpretation === undefined ? [] : [`${first.interpretation} (${first.tables.join(', ')})`],
  );
  const options = [...new Set(readings)];
  if (options.length < 2) return undefined;
  const question = 'The question can be read in several ways, and they give different results. Which one is meant?';
  return { ...details(work), kind: 'needs_clarification', clarification: { question, options } };
}

function withAgreement<Table extends ResultTable>(
  answer: Answered<Table>,
  agreement: Agreement,
  attempts: Answered<Table>['attempts'],
): Answered<Table> {
  const { source, findings } = answer;
  return { ...answer, agreement, confidence: confidenceOf({ source, attempts, findings, agreement }) };
}
