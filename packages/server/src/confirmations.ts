import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Call, callerKey } from './call.ts';
import { PgmcpError } from './errors.ts';
import type { Changes, WriteRequest } from './execution/write-request.ts';
import type { Storage } from './storage/index.ts';

/** Previews that wait to be confirmed. Each can be used once, by its caller, for the same statements with the same values. */
export interface Confirmations {
  /** @returns the token: random, worth nothing to anybody else. */
  create(request: WriteRequest, changes: Changes, call: Call): Promise<string>;
  /**
   * Takes a token out.
   *
   * @returns what the preview has found
   * @throws PgmcpError `CONFIRMATION_INVALID` for a token that is unknown, used, expired, another's, or for other statements
   */
  take(token: string, request: WriteRequest, call: Call): Promise<Changes>;
}

const count = z.number();
const confirmation = z.object({
  /** Of tool, database, statements and values. */
  digest: z.string(),
  changes: z.object({
    rows: z.array(z.object({ schema: z.string(), table: z.string(), inserted: count, updated: count, deleted: count })),
    objects: z.array(
      z.object({ change: z.enum(['created', 'altered', 'dropped']), kind: z.string(), name: z.string() }),
    ),
  }),
});

/** Makes the place of previews. Declares its collection: once per process. */
export function createConfirmations(storage: Pick<Storage, 'collection'>, ttlMs: number): Confirmations {
  const waiting = storage.collection<z.output<typeof confirmation>>('confirmations', {
    parse: (data) => confirmation.parse(data),
    ttlMs,
  });
  return {
    async create(request, changes, call) {
      const token = randomBytes(18).toString('base64url');
      await waiting
        .within(callerKey(call.caller))
        .save({ id: token, data: { digest: digestOf(request, call), changes: structuredClone(changes) as never } });
      return token;
    },
    async take(token, request, call) {
      const own = waiting.within(callerKey(call.caller));
      const found = await own.load(token);
      // Of two that come at once only one removes it.
      if (found === undefined || (await own.removeMany([token])) !== 1)
        throw invalid('it is unknown, used, or has expired');
      if (found.data.digest !== digestOf(request, call)) {
        throw invalid('it belongs to other statements, values or another database, and has been withdrawn');
      }
      return found.data.changes;
    },
  };
}

function digestOf({ database, statements, what }: WriteRequest, { tool }: Call): string {
  const content = [tool, what, database.name, statements.map(({ sql, parameters = [] }) => [sql, parameters])];
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}

function invalid(reason: string): PgmcpError {
  return new PgmcpError(
    'CONFIRMATION_INVALID',
    `Nothing was written: the confirmation token cannot be used, ${reason}. Call again without it for a new preview.`,
  );
}
