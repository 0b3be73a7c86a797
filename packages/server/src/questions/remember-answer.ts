import { createExample, type Example, Nl2sqlError } from '@pgmcp/nl2sql';
import type { Call } from '../call.ts';
import type { ConnectedDatabase } from '../databases.ts';
import { PgmcpError } from '../errors.ts';
import { refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import type { ExampleOwner } from './example-shelf.ts';

/** A statement that somebody accepts as the answer to a question. */
export interface AcceptedAnswer {
  readonly question: string;
  readonly sql: string;
  /** The person who accepted it: it answers the question from now on. Absent: it is only shown to the model as an example. */
  readonly verifiedBy?: string | undefined;
  readonly owner: ExampleOwner;
}

type RememberServices = Pick<Services, 'executor' | 'examples' | 'policies'>;

/**
 * Keeps an accepted answer, after it was judged under the caller's policy and explained. What nobody has verified does not
 * take the place of what somebody has.
 *
 * @throws PgmcpError when the statement may not run, does not bind, or another one is verified
 */
export async function rememberAnswer(
  { executor, examples, policies }: RememberServices,
  call: Call,
  database: ConnectedDatabase,
  { question, sql, verifiedBy, owner }: AcceptedAnswer,
): Promise<void> {
  const verdict = await executor.check({ database, sql }, call);
  if (!verdict.allowed) throw refusal(verdict.violations);
  await executor.plan({ database, sql }, call);
  if (verifiedBy === undefined) {
    const known = await examples.find(database, call.caller, owner, question);
    if (known?.verifiedBy !== undefined) {
      throw new PgmcpError(
        'VALIDATION_ERROR',
        'A person has verified a statement for this question already. An operator can remove it: pgmcp examples remove.',
      );
    }
  }
  const tables = verdict.relations.map(({ schema, name }) => (schema === undefined ? name : `${schema}.${name}`));
  const facts = { tables: [...new Set(tables)], savedAt: new Date().toISOString(), verifiedBy };
  const example = await exampleOf({ question, sql, ...facts }, policies);
  await examples.save(database, call.caller, owner, example);
}

/**
 * Masks and skeletons are made here, never taken from outside: what is compared must be what this version compares.
 *
 * @throws PgmcpError `VALIDATION_ERROR`
 */
export async function exampleOf(
  facts: Parameters<typeof createExample>[0],
  policies: Pick<Services['policies'], 'parser'>,
): Promise<Example> {
  try {
    return await createExample(facts, await policies.parser());
  } catch (error) {
    if (!(error instanceof Nl2sqlError)) throw error;
    throw new PgmcpError('VALIDATION_ERROR', `${error.message} Question: ${JSON.stringify(facts.question)}.`);
  }
}
