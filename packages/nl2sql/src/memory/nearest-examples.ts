import { abortable } from '../abort.ts';
import type { Example, ResultTable } from '../ports.ts';
import type { Question } from '../question.ts';
import { maskQuestion } from './mask-question.ts';

/** More examples cost tokens and hardly help (DAIL-SQL, arXiv 2308.15363). */
const limit = 3;
const leastScore = 0.3;

const known = new WeakMap<Question<ResultTable>, Promise<readonly Example[]>>();

/** Examples like the question, looked up once per question; none when there is no collection or it fails. */
export function nearestExamples(work: Question<ResultTable>): Promise<readonly Example[]> {
  const found = known.get(work) ?? lookUp(work);
  known.set(work, found);
  return found;
}

async function lookUp({
  question,
  scope,
  ports,
  statementOptions,
}: Question<ResultTable>): Promise<readonly Example[]> {
  const { examples } = ports;
  if (examples === undefined) return [];
  const { signal } = statementOptions;
  try {
    const query = { question, maskedQuestion: maskQuestion(question).masked, limit, scope };
    const matches = await abortable(signal, () => examples.nearest(query));
    return matches.filter(({ score }) => score >= leastScore).map(({ example }) => example);
  } catch (thrown) {
    if (signal?.aborted === true) throw thrown;
    return [];
  }
}
