import { CATALOG_QUERY, type CatalogSetRow, catalogQueryValues, readCatalogAnswer } from './catalog-query.ts';
import { checkOptions } from './check-options.ts';
import { IntrospectionError } from './errors.ts';
import { buildCatalog } from './parse-catalog.ts';
import type { Queryable } from './ports.ts';
import type { DatabaseCatalog } from './schema.ts';

/** Options of {@link introspect}. */
export interface IntrospectOptions {
  /** Read only these schemas, by exact name; all but the system's own by default. A name that does not exist is no error. */
  readonly schemas?: readonly string[];
  /**
   * Read column statistics (`pg_stats`), common values included, where the role may see them. Default `false`, since
   * they hold data.
   */
  readonly statistics?: boolean;
}

/**
 * Reads the structure of a database in one round trip, whatever its size; again only when something was dropped while it
 * was read.
 *
 * Nothing the role may not read can break it: such tables come with `selectable: false`. Sizes and row counts are the
 * planner's estimates, so no table is opened; only printing views and expressions takes the usual `ACCESS SHARE` lock,
 * so bind a lock timeout where migrations run (`database.with({ lockTimeoutMs: 2_000 })`).
 *
 * @param db - anything with `query(text, values)`: `pg.Pool`, `pg.Client`, PGlite
 * @throws IntrospectionError `INVALID_OPTIONS`, `UNEXPECTED_ANSWER`; errors of PostgreSQL pass through
 * @see https://www.postgresql.org/docs/current/catalogs.html
 */
export async function introspect(db: Queryable, options: IntrospectOptions = {}): Promise<DatabaseCatalog> {
  checkOptions('introspect()', options, ['schemas', 'statistics']);
  const { schemas, statistics = false } = options;
  if (schemas !== undefined && (!Array.isArray(schemas) || schemas.some((name) => typeof name !== 'string'))) {
    throw new IntrospectionError(
      'INVALID_OPTIONS',
      'The option schemas of introspect() must be a list of schema names.',
    );
  }
  // What cannot be a name is no schema; sent as JSON it would be an error.
  const possible = schemas?.filter((name) => name.isWellFormed() && !name.includes('\u0000'));
  let vanished: unknown;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { rows } = await db.query<CatalogSetRow>(CATALOG_QUERY, catalogQueryValues(possible, statistics));
      return buildCatalog(readCatalogAnswer(rows));
    } catch (error) {
      // Inside a transaction of the caller's there is no second attempt: the first error tells why.
      if (vanished !== undefined && codeOf(error) === ABORTED_TRANSACTION) throw vanished;
      if (attempt === MAX_ATTEMPTS || !isDroppedMeanwhile(error)) throw error;
      vanished = error;
    }
  }
}

/** A database whose objects vanish during every reading is not worth more. */
const MAX_ATTEMPTS = 5;

const INTERNAL_ERROR = 'XX000';
const ABORTED_TRANSACTION = '25P02';

/**
 * The rows of one statement come from one snapshot, but the functions that print views and expressions look at the
 * present, and fail with an internal error where something they print was dropped in between. The next snapshot is
 * after the drop.
 */
function isDroppedMeanwhile(error: unknown): boolean {
  // Internal errors are never translated, whatever `lc_messages` says.
  return (
    codeOf(error) === INTERNAL_ERROR &&
    error instanceof Error &&
    /could not open relation|cache lookup failed|could not find/.test(error.message)
  );
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
