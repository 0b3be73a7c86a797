import { userInfo } from 'node:os';
import type { Outcome } from '@pgmcp/nl2sql';
import { requireLasting } from '../../questions/example-shelf.ts';
import { outcomeFailure } from '../../questions/outcome-failure.ts';
import { rememberAnswer } from '../../questions/remember-answer.ts';
import { renderTable } from '../../render-table.ts';
import type { EncodedTable } from '../../values/index.ts';
import { defineCommand } from '../command.ts';

/** `ask QUESTION`: the way of the tool `query`, for a terminal. */
export const askCommand = defineCommand({
  name: 'ask',
  argument: '"QUESTION"',
  words: { least: 1, most: 1 },
  summary: 'Answer a question in plain language: the rows, and on standard error how they came about.',
  needs: 'services',
  flags: {
    sql: { description: 'Print the checked statement and do not run it.' },
    json: { description: 'Print everything that is known about the answer, as JSON.' },
    assume: { description: 'Answer the most likely reading instead of asking back.' },
    remember: { description: 'Remember the answer as confirmed: it answers this question from now on.' },
  },
  exitCodes: {
    3: 'the question can be read in several ways',
    4: 'the database does not hold what is asked',
    5: 'no model is configured: the schema and instructions are printed instead',
  },
  async run({ services, call, words: [question = ''], flags, database, print, progress }) {
    if (flags.remember) requireLasting(services.storage);
    const connected = services.databases.resolve(database);
    const onAmbiguity = flags.assume ? 'assume' : 'ask';
    const outcome = await services.askQuestion(
      { database: connected, question, execute: !flags.sql, onAmbiguity },
      call,
    );
    if (flags.json) print(`${JSON.stringify(withoutFaults(outcome), null, 2)}\n`);
    switch (outcome.kind) {
      case 'answered': {
        if (!flags.json) print(flags.sql || !outcome.result ? `${outcome.sql}\n` : renderRows(outcome.result));
        for (const line of explain(outcome)) progress(line);
        if (flags.remember) {
          const verifiedBy = userInfo().username;
          await rememberAnswer(services, call, connected, { question, sql: outcome.sql, verifiedBy, owner: 'own' });
          progress('Remembered: the same question is answered by this statement from now on.');
        }
        return 0;
      }
      case 'needs_clarification':
        progress(outcome.clarification.question);
        for (const option of outcome.clarification.options) progress(`- ${option}`);
        return 3;
      case 'unanswerable':
        progress(outcome.reason);
        if (outcome.nearest.length > 0) progress(`Nearest columns: ${outcome.nearest.join(', ')}`);
        return 4;
      case 'handed_over':
        if (!flags.json) print(`${outcome.instructions}\n\n${outcome.schema.text}\n`);
        progress(
          'For an answer here, name a model: PG_MCP_OPENAI_MODEL and PG_MCP_OPENAI_API_KEY, or PG_MCP_OPENAI_BASE_URL.',
        );
        return 5;
      case 'refused':
      case 'failed':
        throw outcomeFailure(outcome, call);
    }
  },
});

function renderRows(table: EncodedTable): string {
  const names = table.columns.map(({ name }) => name);
  const count = `${table.row_count} ${table.row_count === 1 ? 'row' : 'rows'}${table.truncated ? ', and there are more' : ''}`;
  return `${renderTable(names, table.rows)}\n(${count})\n`;
}

function explain(outcome: Outcome<EncodedTable> & { readonly kind: 'answered' }): readonly string[] {
  const { sql, interpretation, assumptions, confidence, findings, usage, source } = outcome;
  return [
    ...(interpretation === undefined ? [] : [interpretation]),
    ...assumptions.map((assumption) => `Assumed: ${assumption}`),
    ...findings.map(({ message }) => `Doubt: ${message}`),
    `SQL: ${sql.replace(/\s+/g, ' ')}`,
    source === 'verified'
      ? 'By a verified statement.'
      : `Confidence: ${confidence.level} (${confidence.reasons.join(' ')}) ${usage.modelCalls} model calls, ${usage.totalTokens} tokens.`,
  ];
}

/** Faults print as their message: what lies under them may hold more than a reader should see. */
function withoutFaults(outcome: Outcome<EncodedTable>): unknown {
  if (outcome.kind !== 'failed') return outcome;
  const { error, ...rest } = outcome;
  return { ...rest, error: { code: error.code, sqlState: error.sqlState, retryable: error.retryable } };
}
