import type { CatalogRows, SetName } from './catalog-row.ts';

/** One set of facts: plain SQL over the system catalogs and the columns of it that are read. */
export interface CatalogSet<Name extends SetName> {
  readonly columns: readonly (keyof CatalogRows[Name] & string)[];
  readonly sql: string;
}

/** A set for every name. */
export type CatalogSets = { readonly [Name in SetName]: CatalogSet<Name> };
