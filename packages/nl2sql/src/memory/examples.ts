import { Nl2sqlError } from '../errors.ts';
import type { AskPorts, Example, ExampleCollection, ResultTable, SqlParse } from '../ports.ts';
import { maskQuestion } from './mask-question.ts';
import { rankExamples } from './rank-examples.ts';
import { skeletonOf } from './sql-literals.ts';

/** A collection in memory, which can be listed. */
export interface ExampleMemory extends ExampleCollection {
  list(): readonly Example[];
}

/** Creates a collection in memory. An example for the same question and scope replaces the one before. */
export function createExampleMemory(examples: readonly Example[] = []): ExampleMemory {
  const byQuestion = new Map<string, Example>();
  const save = (example: Example): void => {
    byQuestion.set(`${example.scope ?? ''}\u0000${example.question}`, example);
  };
  for (const example of examples) save(example);
  return {
    save: async (example) => save(example),
    nearest: async (query) => rankExamples([...byQuestion.values()], query),
    list: () => [...byQuestion.values()],
  };
}

/** What is known of an example besides question and SQL. */
export type ExampleFacts = Omit<Example, 'question' | 'sql' | 'maskedQuestion' | 'skeleton' | 'tables'> & {
  readonly tables?: readonly string[] | undefined;
};

/** Makes an example of a question and SQL that somebody accepted. @throws Nl2sqlError `SQL_ERROR` when the SQL does not parse. */
export async function createExample(
  { question, sql, tables = [], ...facts }: { readonly question: string; readonly sql: string } & ExampleFacts,
  parse: SqlParse,
): Promise<Example> {
  const outcome = await parse.parse(sql);
  if (!outcome.parsed) throw new Nl2sqlError('SQL_ERROR', 'The SQL of an example must parse.', { sqlState: '42601' });
  const { masked } = maskQuestion(question);
  return { ...facts, tables, question, sql, maskedQuestion: masked, skeleton: skeletonOf(sql, outcome.tree) };
}

/** An example that no longer binds, and why. */
export interface QuarantinedExample {
  readonly example: Example;
  readonly reason: string;
}

/**
 * Checks and explains every example that was last seen under another fingerprint. Those that still bind come back with
 * the new fingerprint, the others apart: they must not be shown again before somebody mended them.
 */
export async function rebindExamples(
  examples: readonly Example[],
  fingerprint: string,
  ports: Pick<AskPorts<ResultTable>, 'check' | 'runner'>,
): Promise<{ readonly bound: readonly Example[]; readonly quarantined: readonly QuarantinedExample[] }> {
  const bound: Example[] = [];
  const quarantined: QuarantinedExample[] = [];
  for (const example of examples) {
    const reason = example.fingerprint === fingerprint ? undefined : await whyNotBound(example.sql, ports);
    if (reason === undefined) bound.push({ ...example, fingerprint });
    else quarantined.push({ example, reason });
  }
  return { bound, quarantined };
}

async function whyNotBound(
  sql: string,
  { check, runner }: Pick<AskPorts<ResultTable>, 'check' | 'runner'>,
): Promise<string | undefined> {
  const verdict = await check.check(sql);
  if (!verdict.allowed) return verdict.violations.map(({ message }) => message).join(' ') || 'It may not run.';
  try {
    await runner.explain(sql);
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}
