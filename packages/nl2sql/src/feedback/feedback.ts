import type { Fence } from '../fence.ts';
import type { Attempt } from '../outcome.ts';
import type { ChatMessage } from '../ports.ts';
import { adviceFor } from './advice.ts';

const longestQuotation = 4_000;

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length)} [${text.length - length} characters left out]`;

/** The line of the error with a mark under the position, as psql prints it. */
export function markPosition(sql: string, position: number): string {
  const characters = [...sql];
  const before = characters.slice(0, position - 1).join('');
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = sql.slice(lineStart).split('\n', 1)[0] ?? '';
  const column = [...before.slice(lineStart)].length;
  const from = Math.max(0, column - 60);
  const shown = [...line].slice(from, column + 60).join('');
  return `${shown}\n${' '.repeat(column - from)}^`;
}

/** The failed attempt as the model's own turn, so that the next reply can refer to it. */
export function failedReplyMessage(attempt: Attempt, text: string): ChatMessage {
  return { role: 'assistant', content: cut(attempt.sql ?? text.trim(), longestQuotation) || '(empty)' };
}

/** Tells the model what is implausible about a result, and leaves it room to keep to its statement. */
export function doubtMessage(fence: Fence, doubts: readonly string[]): ChatMessage {
  return {
    role: 'user',
    content: `The statement ran, but its result is implausible:\n${fence.wrap('result', doubts.join('\n'))}\nCheck conditions, spelling of values and joins. If the statement is right, send it again as it is: a true result may be empty. Never drop a condition of the question in order to get rows. Answer in the same form.`,
  };
}

/** What is known about a failure beyond its error. */
export interface FailureContext {
  /** Lines `table: column, column` with what the statement most likely needs. */
  readonly columns: readonly string[];
  /** Conditions that join the tables of these lines which the statement does not read. */
  readonly joins?: readonly string[] | undefined;
  /** Schema text of tables that the failed names lead to and that the prompt does not show. */
  readonly schema?: string | undefined;
}

/** Tells the model why its reply was not accepted, and what would do. */
export function feedbackMessage(fence: Fence, attempt: Attempt, context: FailureContext): ChatMessage {
  const parts = [headline(attempt), fence.wrap('error', describeFailure(attempt, context))];
  const advice = attempt.error === undefined ? undefined : adviceFor(attempt.error);
  if (advice !== undefined) parts.push(advice);
  if (attempt.heldSql !== undefined) {
    const version = fence.wrap('sql', cut(attempt.heldSql, longestQuotation));
    parts.push(`PostgreSQL would accept this version. Send it only if it says what you mean:\n${version}`);
  }
  if (context.schema !== undefined) parts.push(`Further tables:\n${fence.wrap('schema', context.schema)}`);
  parts.push(
    attempt.stage === 'lint'
      ? 'If the statement says what is meant, send it again as it is, else a better one. Answer in the same form.'
      : 'Answer the same question again, in the same form, with a corrected statement.',
  );
  return { role: 'user', content: parts.join('\n') };
}

function headline(attempt: Attempt): string {
  switch (attempt.stage) {
    case 'check':
      return 'The statement was refused before it reached the database.';
    case 'lint':
      return 'The statement was not run yet, because it looks wrong.';
    case 'run':
      return 'The statement failed while it ran.';
    case 'explain':
      return 'PostgreSQL did not accept the statement.';
    default:
      return 'The reply could not be used.';
  }
}

/** Everything that is known about a failure, as plain lines. */
export function describeFailure(
  { sql, error }: Attempt,
  { columns, joins = [] }: Pick<FailureContext, 'columns' | 'joins'> = { columns: [] },
): string {
  if (error === undefined) return 'unknown';
  const lines = [error.sqlState === undefined ? error.message : `ERROR ${error.sqlState}: ${error.message}`];
  for (const violation of error.violations ?? []) {
    const { position } = violation;
    const place = position === undefined ? '' : ` (line ${position.line}, column ${position.column})`;
    lines.push(`- ${violation.message}${place}${violation.hint === undefined ? '' : ` ${violation.hint}`}`);
  }
  if (error.position !== undefined && sql !== undefined) lines.push(`At:\n${markPosition(sql, error.position)}`);
  if (error.detail !== undefined) lines.push(`Detail: ${error.detail}`);
  if (columns.length > 0) lines.push(`Columns that may be meant:\n${columns.join('\n')}`);
  // PostgreSQL's guess is one name; the list above holds it in its place.
  else if (error.hint !== undefined) lines.push(`Hint: ${error.hint}`);
  if (joins.length > 0) lines.push(`Joined by: ${joins.join('; ')}`);
  return cut(lines.join('\n'), longestQuotation);
}
