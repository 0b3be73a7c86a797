import type { CatalogView } from './catalog/view.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { parserFault } from './engine.ts';
import type { Job, JobOutcome, Judged, TextDescription } from './job.ts';
import { judge, refusal } from './judge.ts';
import { isParserError, type Parser, type ParserError } from './parser.ts';
import { createPositions } from './positions.ts';
import type { RefusedVerdict, Verdict } from './verdict.ts';

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
  if (job.kind === 'describe')
    return { normalized: parser.normalize(job.sql), fingerprint: parser.fingerprint(job.sql) };
  const outcome = parser.parse(job.sql);
  if (job.kind === 'parse') {
    if (!isParserError(outcome)) return { parsed: true, tree: outcome };
    const { violations, retryable } = syntaxRefusal(outcome, job);
    return { parsed: false, violations, retryable };
  }
  if (isParserError(outcome)) return syntaxRefusal(outcome, job);
  return judge(outcome, job.sql, job.byteLength, policy, job.context, catalog);
}

const isDescription = (outcome: JobOutcome): outcome is TextDescription =>
  'fingerprint' in outcome && !('allowed' in outcome);

/** Joins the two halves of a verdict. A description that is none means that the parser is broken, and the text is refused. */
export function joinVerdict(judged: Judged, description: JobOutcome): Verdict {
  if (!judged.allowed) return judged;
  if (!isDescription(description))
    return 'violations' in description
      ? { allowed: false, violations: description.violations, retryable: description.retryable }
      : parserFault();
  // The library gives error texts as results.
  return /^[0-9a-f]{16}$/.test(description.fingerprint) ? { ...judged, ...description } : parserFault();
}
