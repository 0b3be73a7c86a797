import { z } from 'zod';
import { databaseText } from '../../database-text.ts';
import type { Changes, StatementResult, WritePreview, WriteRequest } from '../../execution/write-request.ts';
import { UNTRUSTED_TEXT_NOTICE } from '../../values/index.ts';
import type { ToolContext } from '../define-tool.ts';
import { tableShape } from '../query/table-result.ts';
import { UserQuestion } from '../user-question.ts';

/** The argument that confirms a preview. */
export const confirmationInput = z
  .string()
  .min(1, 'give the token of a preview, or leave the argument out')
  .max(200)
  .optional()
  .describe('From the preview, to commit it.');

const table = z.object(tableShape);

/** What every tool that writes returns: a preview, what was committed, or that a person said no. */
export const writeOutput = z.object({
  status: z.enum(['preview', 'committed', 'declined']),
  database: z.string(),
  changes: z.array(z.object({ table: z.string(), inserted: z.number(), updated: z.number(), deleted: z.number() })),
  objects: z.array(z.object({ change: z.string(), kind: z.string(), name: z.string() })).optional(),
  results: z.array(z.object({ rows: z.number(), table: table.optional() })),
  samples: z.array(z.object({ table: z.string(), before: table.optional(), after: table.optional() })).optional(),
  confirmation_token: z.string().optional(),
  expires_in_seconds: z.number().optional(),
  notice: z.string().optional(),
});

type WriteOutput = z.output<typeof writeOutput>;

/**
 * Runs statements that write, in two rounds: first a preview that is rolled back; then, when a person or the token has confirmed it,
 * once more, committed only when it changes as many rows of the same tables, and the same objects. Without a confirmation nothing is ever
 * written.
 */
export async function runConfirmed(
  request: WriteRequest,
  token: string | undefined,
  { services, call, answer }: ToolContext,
): Promise<WriteOutput | UserQuestion> {
  const { given, canAsk } = answer;
  if (given !== undefined && !given.accepted) {
    return {
      status: 'declined',
      database: request.database.name,
      changes: [],
      results: [],
      notice: 'Nothing was written.',
    };
  }
  const confirmed = given?.state ?? token;
  if (confirmed !== undefined) {
    const expected = await services.confirmations.take(confirmed, request, call);
    const { changes, results } = await services.executor.commit(request, expected, call);
    const names = changes.rows.length + changes.objects.length;
    return {
      status: 'committed',
      database: request.database.name,
      ...shown(changes, results),
      ...(names > 0 && { notice: `${cutRemark(changes)}${UNTRUSTED_TEXT_NOTICE}` }),
    };
  }
  const preview = await services.executor.preview(request, call);
  const created = await services.confirmations.create(request, preview.changes, call);
  if (canAsk) return new UserQuestion(questionOf(request, preview.changes), created);
  return present(request, preview, created, services.configuration.security.confirmationTtlMs);
}

function present(request: WriteRequest, preview: WritePreview, token: string, ttlMs: number): WriteOutput {
  return {
    status: 'preview',
    database: request.database.name,
    ...shown(preview.changes, preview.results),
    ...(preview.samples.length > 0 && {
      samples: preview.samples.map(({ schema, table: name, ...rows }) => ({ table: `${schema}.${name}`, ...rows })),
    }),
    confirmation_token: token,
    expires_in_seconds: Math.floor(ttlMs / 1_000),
    notice: `PREVIEW: nothing is written yet. ${cutRemark(preview.changes)}Show the user what would change; when they agree, call again with the same arguments and confirmation_token. ${UNTRUSTED_TEXT_NOTICE}`,
  };
}

/** Tables and objects of a result at most; the confirmation holds for all of them. */
const MAX_CHANGES = 200;

/** Says of a long list that it is not whole. */
function cutRemark({ rows, objects }: Changes): string {
  const left = Math.max(0, rows.length - MAX_CHANGES) + Math.max(0, objects.length - MAX_CHANGES);
  return left === 0 ? '' : `TRUNCATED: ${left} further tables and objects change too. `;
}

function shown({ rows, objects }: Changes, results: readonly StatementResult[]) {
  return {
    changes: rows
      .slice(0, MAX_CHANGES)
      .map(({ schema, table: name, ...counts }) => ({ table: `${schema}.${name}`, ...counts })),
    ...(objects.length > 0 && { objects: objects.slice(0, MAX_CHANGES).map((object) => ({ ...object })) }),
    results: results.map((result) => ({ ...result })),
  };
}

/** Lines of a question at most; a person does not read more. */
const SHOWN_CHANGES = 15;

/** For a person: what would change, by our own counting, and nothing that the statements say of themselves. */
function questionOf({ database, statements }: WriteRequest, { rows, objects }: Changes): string {
  const counts = rows.map(({ schema, table: name, inserted, updated, deleted }) => {
    const words = [
      inserted > 0 ? `${inserted} inserted` : '',
      updated > 0 ? `${updated} updated` : '',
      deleted > 0 ? `${deleted} deleted` : '',
    ].filter((word) => word !== '');
    return `- ${asName(`${schema}.${name}`)}: rows ${words.join(', ')}`;
  });
  const lines = [...counts, ...objects.map(({ change, kind, name }) => `- ${kind} ${asName(name)} ${change}`)];
  const more = lines.length > SHOWN_CHANGES ? [`- and ${lines.length - SHOWN_CHANGES} further changes`] : [];
  const what = lines.length === 0 ? ['- no row and no structure'] : [...lines.slice(0, SHOWN_CHANGES), ...more];
  const count = statements.length === 1 ? 'One statement' : `${statements.length} statements`;
  return `${count} would change in the database ${database.name}:\n${what.join('\n')}\nCommit this?`;
}

/** Longest name that is shown whole, in characters. */
const SHOWN_NAME = 150;

/** A name is data of the database: on one line, cut, and in quotes where it could be taken for words of ours. */
function asName(name: string): string {
  const printable = databaseText(name).replaceAll('\n', ' ');
  const cut = printable.length > SHOWN_NAME ? `${printable.slice(0, SHOWN_NAME)}…` : printable;
  return /^[\p{L}\p{N}_$.]+$/u.test(cut) ? cut : JSON.stringify(cut);
}
