/** What a statement is, named after the SQL command. */
export type StatementKind =
  | 'select'
  | 'show'
  | 'explain'
  | 'insert'
  | 'update'
  | 'delete'
  | 'merge'
  | 'truncate'
  | 'create'
  | 'alter'
  | 'drop'
  | 'comment'
  | 'refresh'
  | 'maintenance'
  | 'grant'
  | 'call';

/** A place in the text as it was given: line and column count from 1, all three in characters (code points). */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** One top-level statement of an allowed text. */
export interface StatementSummary {
  readonly kind: StatementKind;
  /** Tag of the statement in PostgreSQL's grammar: `SelectStmt`, `ExplainStmt`. */
  readonly node: string;
  /** False when the statement, or a data-modifying CTE inside it, changes rows or structure. */
  readonly readOnly: boolean;
}

/** A relation that the statement names. CTE names and aliases are not relations. */
export interface RelationUse {
  /** Absent when the text names no schema: the server's search_path decides. */
  readonly schema?: string;
  /** As the catalog stores it: folded, unquoted. */
  readonly name: string;
  readonly access: 'read' | 'write';
  readonly position: Position;
}

/** A function that the statement calls, also the ones the grammar writes (`EXTRACT` becomes `pg_catalog.extract`). */
export interface FunctionUse {
  /** Absent when the text names no schema. */
  readonly schema?: string;
  readonly name: string;
  /** True for a function of PostgreSQL itself, false for one that the policy allows by name. */
  readonly builtIn: boolean;
  readonly position: Position;
}

/** A column under a column policy that reaches the result. Only given when the policy has such columns. */
export interface ColumnUse {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  /** `output`: its value is a column of the result as it stands. Any other use (`inner`) is a refusal. */
  readonly use: 'output' | 'inner';
  /** Index of the result column, from 0. Mask it; where a driver tells table and column of a result column, mask by those too. */
  readonly outputIndex?: number;
  /** True when UNION ALL puts values of other places into the same result column: a keyed hash of it would answer guesses. */
  readonly mixed?: true;
}

/**
 * Why a text was refused. The set is closed; messages may change, codes do not.
 *
 * - `input`: no text, one that is too long or holds what no SQL needs, or other `$n` than the values that will be bound.
 * - `syntax`: PostgreSQL's grammar does not know it. `version`: this server is too old for it.
 * - `statements`: not exactly one statement. `statement`: one that the policy does not allow.
 * - `node`, `field`: a part of a statement that no rule of this guard names.
 * - `function`, `operator`, `type`, `relation`, `column`, `setting`: a name that the policy does not allow, or that is not sure.
 * - `size`, `depth`: it is larger, nests deeper, or builds more than the limits allow.
 * - `parser`: it was not judged: the parser failed on it or took too long, or no worker was free.
 */
export type ViolationCode =
  | 'input'
  | 'syntax'
  | 'statements'
  | 'statement'
  | 'node'
  | 'field'
  | 'function'
  | 'operator'
  | 'type'
  | 'relation'
  | 'column'
  | 'setting'
  | 'size'
  | 'depth'
  | 'version'
  | 'parser';

/** One reason for a refusal. */
export interface Violation {
  readonly code: ViolationCode;
  /** Where in the grammar: `FuncCall`, `SelectStmt.intoClause`; `Input` before there is a tree. */
  readonly node: string;
  /** The offending name where there is one, as the grammar reads it: `pg_catalog.set_config`. */
  readonly name?: string;
  /** One sentence that says what the thing would do. */
  readonly message: string;
  readonly position: Position;
  /** The one policy key that would allow it; absent when nothing allows it. */
  readonly option?: string;
  /** What to write instead. */
  readonly hint?: string;
}

/** The text may run under the policy. */
export interface AllowedVerdict {
  readonly allowed: true;
  readonly statements: readonly StatementSummary[];
  /** The text with its literals replaced by `$n` and without comments: safe for logs and as a key. */
  readonly normalized: string;
  /** 16 hexadecimal digits of a hash of the structure, equal for statements that differ only in literals, lengths of lists of them, blanks and comments. */
  readonly fingerprint: string;
  readonly relations: readonly RelationUse[];
  readonly functions: readonly FunctionUse[];
  readonly columns?: readonly ColumnUse[];
  /** Number of `$n` parameters that the text uses. */
  readonly parameterCount: number;
  /** True when rows or structure can be lost: UPDATE, DELETE, MERGE, TRUNCATE, DROP, ALTER. */
  readonly destructive: boolean;
  /**
   * True when the text names something that only a catalog can judge, and none was given or it does not know it: a relation (it may be a view
   * made just now), a listed function; without a catalog also a listed type or operator. Read the catalog again and check once more.
   */
  readonly needsCatalog: boolean;
}

/** The text must not run. */
export interface RefusedVerdict {
  readonly allowed: false;
  /** At most 8, ordered by position. */
  readonly violations: readonly [Violation, ...Violation[]];
  /**
   * True when the text was not judged and may be sent again: the queue was full, the check took too long, or no worker could be started.
   * False too when a worker was lost over the text.
   */
  readonly retryable: boolean;
}

/** What {@link Guard.check} answers. A refusal is a value, never an exception. */
export type Verdict = AllowedVerdict | RefusedVerdict;

/** One statement of a {@link ParseTree}. `stmt` holds one key, the tag, as libpg-query writes it. */
export interface RawStatement {
  readonly stmt: Readonly<Record<string, unknown>>;
  /** UTF-8 byte offset; absent when 0. */
  readonly stmt_location?: number;
  readonly stmt_len?: number;
}

/** PostgreSQL's parse tree as libpg-query 18 prints it. Every `location` in it is a UTF-8 byte offset, absent when 0. */
export interface ParseTree {
  readonly version: number;
  readonly stmts: readonly RawStatement[];
}

/** What {@link Guard.parse} answers: the tree by value, or why there is none. */
export type ParseOutcome =
  | { readonly parsed: true; readonly tree: ParseTree }
  | ({ readonly parsed: false } & Omit<RefusedVerdict, 'allowed'>);
