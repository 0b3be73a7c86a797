import type { ListedSchemas } from './listed-schema.ts';

/**
 * The schemas of every tool as they are listed, by name, in a program that is bundled: rendering them takes a tenth of its start, and gives
 * the same each time. scripts/bundle-app.ts puts them in place of this file; without a bundle they are rendered when asked for.
 */
export const renderedSchemas: ReadonlyMap<string, ListedSchemas> = new Map();
