import { createHash } from 'node:crypto';
import { z } from 'zod';
import { callerKey } from '../../call.ts';
import { databaseText } from '../../database-text.ts';
import { rememberAnswer } from '../../questions/remember-answer.ts';
import { defineTool } from '../define-tool.ts';
import { databaseInput, questionInput, sqlInput } from '../inputs.ts';
import { UserQuestion } from '../user-question.ts';

/**
 * Remembers that a statement answers a question. Where the client can show a form the person behind it is asked: their yes
 * makes the statement the answer. An assistant alone only leaves an example for the model: text in a result may have
 * told it to call this.
 */
export const confirmAnswer = defineTool({
  name: 'confirm_answer',
  title: 'Confirm an answer',
  description:
    'Remembers a statement as the answer to a question, once the user accepted it. If the user agrees in a form it answers from now on, else it is an example for the model.',
  input: z.strictObject({
    question: questionInput,
    sql: sqlInput,
    database: databaseInput,
  }),
  output: z.object({
    status: z.enum(['verified', 'example', 'declined']),
    database: z.string(),
    notice: z.string().optional(),
  }),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  toolset: 'memory',
  // What one caller confirms answers others of the tenant.
  scope: 'db:write',
  available: ({ configuration }) => configuration.questions.examples,
  async run({ question, sql, database }, { services, call, answer: { canAsk, given } }) {
    const connected = services.databases.resolve(database);
    const shown = digest(connected.name, question, sql);
    if (given !== undefined && !given.accepted) {
      return { status: 'declined' as const, database: connected.name, notice: 'Nothing was remembered.' };
    }
    // Nobody can agree to what they do not see whole.
    const isShownWhole = databaseText(sql) === sql;
    const isAccepted = isShownWhole && given?.state === shown;
    if (canAsk && isShownWhole && !isAccepted)
      return new UserQuestion(questionOf(connected.name, question, sql), shown);
    const verifiedBy = isAccepted ? callerKey(call.caller) : undefined;
    await rememberAnswer(services, call, connected, { question, sql, verifiedBy, owner: 'own' });
    const notices = [
      ...(canAsk && !isShownWhole ? [TOO_LONG] : []),
      ...(services.storage.kind === 'memory' ? [NOT_LASTING] : []),
    ];
    return {
      status: isAccepted ? ('verified' as const) : ('example' as const),
      database: connected.name,
      ...(notices.length > 0 && { notice: notices.join(' ') }),
    };
  },
});

const TOO_LONG =
  'The statement cannot be shown whole in a form, so nobody was asked. An operator can verify it: pgmcp examples add.';
const NOT_LASTING = 'Kept until the server ends: no store is configured (PG_MCP_STORE_URL or PG_MCP_STORE_DIRECTORY).';

/** A yes counts for what was shown: the state comes back through the client, with arguments that may be others by then. */
const digest = (...shown: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(shown)).digest('base64url');

/** For a person: both texts come from the assistant, so they are cut, stripped of what steers a screen, and marked. */
function questionOf(database: string, question: string, sql: string): string {
  const lines = databaseText(sql).split('\n');
  return [
    `From now on, answer this question in the database ${database}:`,
    `> ${databaseText(question).replaceAll('\n', ' ')}`,
    'by this statement, also when others of your organisation ask it:',
    ...lines.map((line) => `> ${line}`),
    'Remember this?',
  ].join('\n');
}
