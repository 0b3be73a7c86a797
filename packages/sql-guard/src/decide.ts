import type { CatalogView } from './catalog/view.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import type { Job, JobOutcome } from './job.ts';
import { judge } from './judge.ts';
import { isParserError, type Parser, type ParserError } from './parser.ts';
import { createPositions } from './positions.ts';
import { refusal } from './refusal.ts';
import type { RefusedVerdict } from './verdict.ts';

function syntaxRefusal(error: ParserError, job: Job): RefusedVerdict {
  const positions = createPositions(job.sql, job.byteLength);
  return refusal({
    code: 'syntax',
    node: 'ParseResult',
    message: `PostgreSQL cannot read the text: ${error.message}`,
    position: positions.fromCodePointOffset(error.codePointOffset),
  });
}

/** Parses and judges. An exception means that the parser must be thrown away; it never means that the text may run. */
export function decide(job: Job, parser: Parser, policy: CompiledPolicy, catalog: CatalogView | undefined): JobOutcome {
  const outcome = parser.parse(job.sql);
  if (job.kind === 'parse') {
    if (!isParserError(outcome)) return { parsed: true, tree: outcome };
    const { violations, retryable } = syntaxRefusal(outcome, job);
    return { parsed: false, violations, retryable };
  }
  if (isParserError(outcome)) return syntaxRefusal(outcome, job);
  return judge(outcome, job.sql, job.byteLength, policy, job.context, catalog, parser.scan);
}
