import type { CatalogSnapshot } from './catalog/snapshot.ts';
import type { GuardEvent } from './events.ts';

/** Threads that several guards share, each with its own policy: what a thread costs does not grow with the policies. */
export interface GuardThreads {
  /** Ends the threads. Checks of the guards that share them reject with `CLOSED`. */
  close(): Promise<void>;
}

/** Which statements exist at all; each mode is a set of rows in `modes.ts`. */
export type GuardMode = 'read-only' | 'standard' | 'admin';

/**
 * Names of functions beyond the built-in list. A pattern is `name`, `schema.name` or `schema.prefix*`, spelt as the catalog stores
 * it (folded, unquoted). `name` alone matches only calls that name no schema.
 */
export interface FunctionPolicy {
  readonly allow?: readonly string[];
  /** Wins over everything, the built-in list included. `schema.name` holds for calls without a schema that may reach it, too. */
  readonly deny?: readonly string[];
  /**
   * Extensions whose harmless functions, operators and types pass by a reviewed list: `['pg_trgm', 'vector']`. With a catalog only what
   * the extension owns; without one every function of such a name. Default none.
   */
  readonly extensions?: readonly string[];
}

/** Relations by `table`, `schema.table` or `schema.*`. */
export interface TablePolicy {
  /** When given, every other relation is refused. */
  readonly allow?: readonly string[];
  /** Wins over `allow`. Holds for partitions, children, parents and views over them too when a catalog is given. */
  readonly deny?: readonly string[];
  /** Foreign tables that may be read: READ ONLY does not reach the server behind them. Only asked with a catalog. */
  readonly foreign?: readonly string[];
}

/** Columns by `schema.table.column`. Needs a catalog; without one every statement that names such a table is refused. */
export interface ColumnPolicy {
  /** No use at all. */
  readonly deny?: readonly string[];
  /** May be selected as it stands (the caller masks the value by the verdict's `columns`); every other use is refused. */
  readonly mask?: readonly string[];
}

/** Statements that a mode holds back until they are asked for by name. */
export type StatementOption =
  | 'select-into'
  | 'unfiltered-update'
  | 'unfiltered-delete'
  | 'truncate'
  | 'refresh-materialized-view'
  | 'nextval'
  | 'create-function'
  | 'create-trigger'
  | 'create-rule'
  | 'create-policy'
  | 'grant'
  | 'create-extension';

/** Which statement classes the policy adds to, or removes from, its mode. */
export interface StatementPolicy {
  readonly allow?: readonly StatementOption[];
  /** Statement kinds to remove from the mode: `['delete', 'merge']`. */
  readonly deny?: readonly ('show' | 'explain' | 'insert' | 'update' | 'delete' | 'merge')[];
}

/** Bounds of what is judged at all. `maxNodes`, `maxDepth` and `maxParameters` may only be lowered. */
export interface GuardLimits {
  /** UTF-8 bytes of the text. Default 32,768, at most 65,536. */
  readonly maxBytes?: number;
  /** Grammar nodes. Default 60,000. */
  readonly maxNodes?: number;
  /** Depth in grammar nodes. Default 500: deeper expressions plan in cubic time. */
  readonly maxDepth?: number;
  /** `$n` parameters. Default 100. */
  readonly maxParameters?: number;
  /** Largest size for functions that build values or rows (`repeat`, `generate_series`). Default 1,000,000, at most 1,000,000,000. */
  readonly maxGeneratedSize?: number;
  /** Time for one verdict before its worker is ended, in milliseconds. Default 250, from 10 to 10,000. */
  readonly killTimeoutMs?: number;
  /** Texts waiting for a worker before further ones are refused as busy. Default 256. */
  readonly maxQueue?: number;
  /** Verdicts kept by text. Default 500; 0 turns the cache off. */
  readonly maxCachedVerdicts?: number;
}

/** Options of {@link createGuard}. Unknown keys are errors. */
export interface GuardOptions {
  /** Default `read-only`. */
  readonly mode?: GuardMode;
  readonly functions?: FunctionPolicy;
  readonly tables?: TablePolicy;
  /** Schemas in which an unqualified name is looked up when no catalog says so. Default `['public']`. */
  readonly searchPath?: readonly string[];
  /** Catalogs that hold secrets or the state of others (`pg_stat_activity`) and may be read all the same. */
  readonly catalogs?: { readonly allow?: readonly string[] };
  readonly columns?: ColumnPolicy;
  readonly statements?: StatementPolicy;
  /** Types beyond the built-in ones, as `name`, `schema.name` or `schema.*`: enums, composites, types of extensions. */
  readonly types?: { readonly allow?: readonly string[] };
  /** Names that may follow a dot after an expression, `(item).price`: PostgreSQL reads them as a field or as the call of a function. */
  readonly attributes?: { readonly allow?: readonly string[] };
  /** Operator symbols beyond the built-in ones: `<->`, `<=>`. */
  readonly operators?: { readonly allow?: readonly string[] };
  /** Settings that SHOW may read beyond the built-in list. */
  readonly settings?: { readonly allow?: readonly string[] };
  readonly limits?: GuardLimits;
  /** The database's structure, or a function that gives the newest one. Adds the catalog stage. */
  readonly catalog?: CatalogSnapshot | (() => CatalogSnapshot | undefined);
  /** `server_version_num` when a check brings none. Default 180000, the grammar's own version. */
  readonly serverVersionNum?: number;
  /**
   * `worker` (default): the parser runs in worker threads that are ended when they misbehave. `same-thread`: an own instance in
   * this thread, for tests and small tools; a text that makes the parser spin stops the process's event loop.
   */
  readonly engine?: 'worker' | 'same-thread';
  /** Worker threads that judge. Default 1; one more is loaded while one is about to be ended. */
  readonly workers?: number;
  /** Threads that guards share, of `createGuardThreads`. Default: threads of its own. Goes with neither `engine`, `workers` nor `onEvent`. */
  readonly threads?: GuardThreads;
  /** Hears of its threads and its queue. What it throws becomes a warning of the process; no verdict waits for it. */
  readonly onEvent?: (event: GuardEvent) => void;
}

/** What the caller knows about the place where the text will run. */
export interface CheckContext {
  /** How many parameter values will be bound. Default 0; a text that uses another number is refused. */
  readonly parameterCount?: number;
  /** `server_version_num` of the server that will run it (`160004`). */
  readonly serverVersionNum?: number;
  /**
   * `explain-analyze`: the text is the inner statement that a tool will run under EXPLAIN ANALYZE; only a SELECT passes.
   */
  readonly purpose?: 'run' | 'explain-analyze';
  /** Structure of the database that will run it; wins over the guard's own, so that one guard serves many databases. */
  readonly catalog?: CatalogSnapshot;
}
