import type { SchemaSlice } from '@pgmcp/nl2sql';
import {
  type DatabaseCatalog,
  findTables,
  qualifiedName,
  renderDdl,
  renderMSchema,
  selectSlice,
} from '@pgmcp/schema-introspect';

/** What the pipeline asks for: a budget, and which time the same question is described. */
interface SliceLimit {
  readonly maxTokens: number;
  readonly variant?: number | undefined;
  /** Nearness of tables by meaning, where it is known. */
  readonly similarities?: ReadonlyMap<string, number> | undefined;
}

/** Longer forms are about this many times the compact one; they are used only where they fit. */
const LONG_FORM = 5;

/**
 * The part of the schema that a question needs. For further statements (`variant` above 0) the same tables in another form:
 * a model that reads them otherwise makes other mistakes, and votes on them mean something.
 */
export function describeSchema(
  catalog: DatabaseCatalog,
  question: string,
  { maxTokens, variant = 0, similarities }: SliceLimit,
): SchemaSlice {
  const slice = selectSlice(catalog, question, { maxTokens, ...(similarities && { similarities }) });
  if (variant === 0 || slice.tokens * LONG_FORM > maxTokens) return slice;
  const { found } = findTables(
    catalog,
    slice.tables.map(({ schema, name }) => qualifiedName(schema, name)),
  );
  const text = variant % 2 === 1 ? renderMSchema(found, { samples: false }) : renderDdl(found);
  return { ...slice, text };
}
