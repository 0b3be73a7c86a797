import { abortable } from '../abort.ts';
import type { Example, ExampleMatch, ResultTable } from '../ports.ts';
import type { Question } from '../question.ts';
import { maskQuestion } from './mask-question.ts';

/** More examples in a prompt cost tokens and hardly help (DAIL-SQL, arXiv 2308.15363). */
const shown = 3;
const leastScore = 0.3;
/** Those looked through for one that answers as it stands: with other values its words may be rather different. */
const limit = 10;

const known = new WeakMap<Question<ResultTable>, Promise<readonly ExampleMatch[]>>();

/** Examples like the question, looked up once per question; none when there is no collection or it fails. */
export function nearestExamples(work: Question<ResultTable>): Promise<readonly ExampleMatch[]> {
  const found = known.get(work) ?? lookUp(work);
  known.set(work, found);
  return found;
}

/** The few that teach a model most. */
export async function examplesToShow(work: Question<ResultTable>): Promise<readonly Example[]> {
  const matches = await nearestExamples(work);
  return matches
    .filter(({ score }) => score >= leastScore)
    .slice(0, shown)
    .map(({ example }) => example);
}

async function lookUp({
  question,
  scope,
  ports,
  statementOptions,
}: Question<ResultTable>): Promise<readonly ExampleMatch[]> {
  const { examples } = ports;
  if (examples === undefined) return [];
  const { signal } = statementOptions;
  try {
    const query = { question, maskedQuestion: maskQuestion(question).masked, limit, scope };
    return await abortable(signal, () => examples.nearest(query));
  } catch (thrown) {
    if (signal?.aborted === true) throw thrown;
    return [];
  }
}
