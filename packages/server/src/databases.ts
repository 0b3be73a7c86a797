import type { AskOptions, LanguageModel, Outcome, VerifiedPair } from '@pgmcp/nl2sql';
import type { Database, DatabaseHealth, SessionBinding } from '@pgmcp/pool';
import type { CatalogCache, DatabaseCatalog } from '@pgmcp/schema-introspect';
import type { Call, Caller } from './call.ts';
import type { PolicyConfiguration } from './config/index.ts';
import { PgmcpError } from './errors.ts';
import { nearestName } from './nearest.ts';
import type { EncodedTable } from './values/index.ts';

/** One configured database with everything that is kept for it while the process lives. */
export interface ConnectedDatabase {
  readonly name: string;
  /** `callerKey` of the caller who added it while the server runs; absent for one of the configuration. */
  readonly owner?: string;
  /** What statements may do here, before a caller's scopes narrow it; see `policy/policies.ts`. */
  readonly policy: PolicyConfiguration;
  /** Lends connections. The only user of it for statements from outside is `execute.ts`. */
  readonly connections: Database;
  /** Keeps the structure; what needs it calls {@link ConnectedDatabase.catalog}. */
  readonly catalogs: CatalogCache;
  /**
   * The structure, at most a few seconds out of step: what was created, replaced or dropped since counts for schema, repair and
   * guard. Rejects only while it has never been read.
   */
  catalog(): Promise<DatabaseCatalog>;
  /** What is known of the server, read once it answers: version, role. Rejects while the server is down. */
  facts(): Promise<DatabaseHealth>;
  /**
   * What a statement of this caller runs as; every statement from outside is bound to it.
   * @throws PgmcpError `ACCESS_DENIED` for a caller that the database cannot keep apart from others.
   */
  sessionOf(caller: Caller): Promise<SessionBinding | undefined>;
  /** Question-SQL pairs that a person verified. */
  readonly verifiedPairs: readonly VerifiedPair[];
  /** Works on questions about this database. */
  readonly ask: AskDatabase;
}

/** Works on one question as its caller may; see `questions/pipeline.ts`. */
export type AskDatabase = (
  question: string,
  options: Pick<AskOptions, 'limit' | 'execute' | 'onAmbiguity' | 'clarifications' | 'maxRepairs'> & {
    /** In place of the configured model: recorded replies of an evaluation. */
    readonly model?: LanguageModel;
    /** False: nothing is repaired by rule, for comparison. */
    readonly repairs?: boolean;
  },
  call: Call,
) => Promise<Outcome<EncodedTable>>;

/** The configured databases by name. */
export interface Databases {
  readonly names: readonly string[];
  readonly all: readonly ConnectedDatabase[];
  /**
   * Finds the database a call means.
   * @throws PgmcpError `UNKNOWN_DATABASE`, also when the caller may use none; `AMBIGUOUS_QUERY` when none is named and there are several.
   */
  resolve(name: string | undefined): ConnectedDatabase;
}

/**
 * Finds databases by their names.
 *
 * @param current - the databases now; they may change while calls run, and a call keeps the one that it found
 */
export function createDatabases(current: () => readonly ConnectedDatabase[]): Databases {
  const namesNow = () => current().map(({ name }) => name);
  return {
    get names() {
      return namesNow();
    },
    get all() {
      return current();
    },
    resolve(name) {
      const all = current();
      const names = namesNow();
      const [only, ...others] = all;
      if (only === undefined) {
        throw new PgmcpError(
          'UNKNOWN_DATABASE',
          'No database may be reached with this identity. Ask the operator which ones it may use.',
          { details: { available_databases: [] } },
        );
      }
      if (name === undefined) {
        if (others.length === 0) return only;
        throw new PgmcpError(
          'AMBIGUOUS_QUERY',
          `Several databases are configured: call again with "database" set to one of ${names.join(', ')}.`,
          { details: { available_databases: names } },
        );
      }
      const found = all.find((database) => database.name === name);
      if (found) return found;
      const meant = nearestName(name, names);
      throw new PgmcpError(
        'UNKNOWN_DATABASE',
        `There is no database ${JSON.stringify(name)}.${meant ? ` Did you mean "${meant}"?` : ''} Available: ${names.join(', ')}.`,
        { details: { available_databases: names } },
      );
    },
  };
}
