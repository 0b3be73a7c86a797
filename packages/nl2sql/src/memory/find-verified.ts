import { abortable } from '../abort.ts';
import { indexValues, type ValueIndex } from '../link/value-index.ts';
import type { ResultTable } from '../ports.ts';
import type { Question } from '../question.ts';
import { normalizeQuestion, type VerifiedPair } from '../verified.ts';
import { nearestExamples } from './nearest-examples.ts';
import { findBySlots, type SlotMatch } from './verified-slots.ts';

/**
 * The statement that a person verified for a question: of a pair or of a remembered answer with the same wording, else of
 * one whose question differs in values only, with the values of this question. It is judged again like any other.
 */
export async function findVerified(work: Question<ResultTable>): Promise<SlotMatch | undefined> {
  const { verified, question, ports, statementOptions } = work;
  const { signal } = statementOptions;
  const pair = verified.find(question);
  if (pair !== undefined) return { pair, sql: pair.sql, replaced: [] };
  const remembered = await confirmedExamples(work);
  const wording = normalizeQuestion(question);
  const same = remembered.find((example) => normalizeQuestion(example.question) === wording);
  if (same !== undefined) return { pair: same, sql: same.sql, replaced: [] };
  const { parse } = ports;
  const pairs = [...verified.pairs, ...remembered];
  if (parse === undefined || pairs.length === 0) return undefined;
  try {
    const withoutValues = await abortable(signal, () => findBySlots({ pairs }, question, parse));
    if (withoutValues !== undefined) return withoutValues;
    const values = await storedValues(work);
    return values === undefined
      ? undefined
      : await abortable(signal, () => findBySlots({ pairs }, question, parse, values));
  } catch (thrown) {
    // Without a tree there is no certainty, and the question goes the long way.
    if (signal?.aborted === true) throw thrown;
    return undefined;
  }
}

/** Remembered answers that somebody confirmed; the others only teach the model. */
async function confirmedExamples(work: Question<ResultTable>): Promise<readonly VerifiedPair[]> {
  const matches = await nearestExamples(work);
  return matches.map(({ example }) => example).filter(({ verifiedBy }) => verifiedBy !== undefined);
}

async function storedValues({ ports, statementOptions }: Question<ResultTable>): Promise<ValueIndex | undefined> {
  const { catalog } = ports;
  if (catalog === undefined) return undefined;
  return indexValues(await abortable(statementOptions.signal, async () => catalog.snapshot()));
}
