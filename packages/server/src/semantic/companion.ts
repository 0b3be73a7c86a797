import type { DatabaseCatalog, Table } from '@pgmcp/schema-introspect';
import { z } from 'zod';

/** What an embeddings table says of itself, in its comment. */
export interface Companion {
  /** Schema, name and text column of the table whose texts are embedded. */
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  /** Vectors of different models do not compare. */
  readonly model: string;
}

const PREFIX = 'pgmcp embeddings ';

const companionSchema = z.strictObject({
  schema: z.string(),
  table: z.string(),
  column: z.string(),
  model: z.string(),
});

/** The columns of an embeddings table besides the key of the table it belongs to. */
export const COMPANION_COLUMNS = {
  vector: 'embedding',
  hash: 'content_hash',
  at: 'embedded_at',
  stale: 'stale',
} as const;

/** The comment that makes a table an embeddings table. */
export function companionComment(companion: Companion): string {
  return PREFIX + JSON.stringify(companion);
}

/** Reads that comment. A comment is untrusted: it only ever chooses which table is searched, by the rights of the caller. */
export function readCompanion(comment: string | undefined): Companion | undefined {
  if (!comment?.startsWith(PREFIX)) return undefined;
  try {
    return companionSchema.safeParse(JSON.parse(comment.slice(PREFIX.length))).data;
  } catch {
    return undefined;
  }
}

/**
 * The embeddings table of a text column, where there is one: beside its table, as `embed` makes it. Whoever may only make tables in
 * another schema does not decide what a search compares.
 */
export function findCompanion(
  catalog: DatabaseCatalog,
  { schema, name }: Table,
  column: string,
): { readonly table: Table; readonly companion: Companion } | undefined {
  for (const table of catalog.tables) {
    if (table.schema !== schema) continue;
    const companion = readCompanion(table.comment);
    if (companion?.schema === schema && companion.table === name && companion.column === column)
      return { table, companion };
  }
  return undefined;
}
