import { hintValues } from './link/hint-values.ts';
import { examplesToShow } from './memory/nearest-examples.ts';
import type { ResultTable } from './ports.ts';
import type { QuestionContext } from './prompt.ts';
import type { Question } from './question.ts';

/** Gathers what a question is read against: the day, stored values that it mentions, answered questions like it. */
export async function questionContext(work: Question<ResultTable>): Promise<QuestionContext> {
  const [values, examples] = await Promise.all([hintValues(work), examplesToShow(work)]);
  const { timeZone, clarifications } = work;
  return { now: work.now(), timeZone, values, examples, clarifications };
}
