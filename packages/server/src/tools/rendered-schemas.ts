/** A JSON Schema, as clients read it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * What `tools/list` says of a tool's schemas. Every conversation pays for the list, so it says what a model needs to make a call:
 * arguments with their descriptions, and the keys that every result has. docs/tools.md has the rest.
 *
 * Rendered once: an SDK server is built for every HTTP request and renders its list for each.
 */
export interface ListedSchemas {
  readonly input: JsonSchema;
  readonly output: JsonSchema;
}

/**
 * The schemas of every tool as they are listed, by name, in a program that is bundled: rendering them takes a tenth of its start, and gives
 * the same each time. scripts/bundle-app.ts puts them in place of this file; without a bundle they are rendered when asked for.
 */
export const renderedSchemas: ReadonlyMap<string, ListedSchemas> = new Map();
