import type { Answered } from './outcome.ts';
import type { ResultTable } from './ports.ts';
import { answered, type Question } from './question.ts';
import type { Reply } from './reply.ts';
import type { StatementResult } from './try-statement.ts';

/** The answer that a passed statement gives. */
export async function answeredBy<Table extends ResultTable>(
  work: Question<Table>,
  { reply, result }: GoodRound<Table>,
): Promise<Answered<Table>> {
  const { interpretation, assumptions } = reply;
  return answered(work, 'model', result, {
    ...(interpretation === undefined ? {} : { interpretation }),
    assumptions,
    tables: result.tables.length > 0 ? result.tables : reply.tables,
  });
}

/** A reply whose statement passed. */
export interface GoodRound<Table extends ResultTable> {
  readonly reply: Reply & { readonly kind: 'sql' };
  readonly result: StatementResult<Table> & { readonly kind: 'passed' };
}
