import type { TypedTable } from '@pgmcp/nl2sql/eval';
import type { Call } from '../../call.ts';
import { PgmcpError } from '../../errors.ts';
import type { OutsideStatement } from '../../execution/statement.ts';
import type { Services } from '../../services.ts';

/** Two results of this size can be compared in memory. */
const MAX_ROWS = 100_000;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Runs a statement like any other, and gives its cells in PostgreSQL's text format with the types of its columns: what is
 * compared must not be cut or encoded for a client.
 * @throws PgmcpError when it fails or is too large to be compared
 */
export async function runForComparison(
  { executor, configuration }: Services,
  statement: OutsideStatement,
  call: Call,
): Promise<TypedTable> {
  const timeoutMs = configuration.server.queryTimeoutMs;
  const caps = { maxRows: MAX_ROWS, maxBytes: MAX_BYTES, timeoutMs };
  const stream = await executor.openRows(statement, call, caps);
  const rows: (readonly (string | null)[])[] = [];
  let fields: readonly { readonly name: string; readonly typeOid: number }[] = [];
  try {
    for await (const batch of stream.batches) {
      fields = batch.fields;
      rows.push(...batch.rows);
    }
    if (stream.truncated())
      throw new PgmcpError('VALIDATION_ERROR', `A result of more than ${MAX_ROWS} rows is not compared.`);
  } finally {
    await stream.close();
  }
  return { columns: fields.map(({ name, typeOid }) => ({ name, typeOid })), rows };
}
