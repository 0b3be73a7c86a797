import type { DatabaseCatalog } from '@pgmcp/schema-introspect';

/** What the database said a moment ago when it was asked whether its structure is still the same. */
export interface ConfirmedCatalog {
  /** The database was asked, and this is its catalog. */
  confirm(catalog: DatabaseCatalog): void;
  /** Whether it was asked a moment ago and had this very catalog. */
  holds(catalog: DatabaseCatalog): boolean;
}

/** How long the answer is believed, in milliseconds: as long as check, repair by rule and EXPLAIN of one statement take. */
const MAX_AGE_MS = 250;

/**
 * Lets the texts that rules make of a statement, and the EXPLAIN of each, share one question to the database: at a thousand tables that
 * takes longer than everything else. Made for one question of one caller. Every text is judged for itself, under its caller's policy; what runs
 * rows asks anew.
 *
 * @param now milliseconds of a steady clock
 */
export function createConfirmedCatalog(now: () => number = () => performance.now()): ConfirmedCatalog {
  let last: { readonly catalog: DatabaseCatalog; readonly at: number } | undefined;
  return {
    confirm: (catalog) => {
      last = { catalog, at: now() };
    },
    holds: (catalog) => last?.catalog === catalog && now() - last.at <= MAX_AGE_MS,
  };
}
