/**
 * Everything the pipeline touches outside itself. Each port is the smallest shape that is needed, so that a pool, a
 * schema cache, a guard or a provider's client fits with a few lines of glue; the compiler joins them where they meet.
 */

/** One message of a chat completion. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What is asked of a language model: messages and, where the provider can enforce one, the JSON schema of the reply. */
export interface CompletionRequest {
  readonly messages: readonly ChatMessage[];
  /** A provider without structured output ignores it: the messages state the same contract in words. */
  readonly responseSchema?: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> } | undefined;
  /** Upper bound of generated tokens, reasoning included. */
  readonly maxOutputTokens?: number | undefined;
  /** Sampling temperature; a model that does not take one ignores it. */
  readonly temperature?: number | undefined;
}

/** Tokens as the provider counted them. */
export interface TokenUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly totalTokens: number;
  /** The part of `promptTokens` that was read from the provider's prompt cache. */
  readonly cachedPromptTokens?: number | undefined;
  /** The part of `completionTokens` that was spent on hidden reasoning. */
  readonly reasoningTokens?: number | undefined;
}

/** What a language model wrote. */
export interface Completion {
  readonly text: string;
  readonly usage?: TokenUsage | undefined;
  /** The model that answered, as the provider names it. */
  readonly model?: string | undefined;
  /** `length`: the text is cut and none of its SQL is used. `content_filter`: the provider withheld the text. */
  readonly finishReason?: 'stop' | 'length' | 'content_filter' | 'other' | undefined;
  /** The model's refusal to answer, where the provider reports it apart from the text. */
  readonly refusal?: string | undefined;
}

/**
 * A language model. `@pgmcp/nl2sql/openai` is one; anything that returns text can be another.
 * Faults are thrown; a thrown `Nl2sqlError` is passed on as it is, anything else becomes `MODEL_ERROR`.
 */
export interface LanguageModel {
  complete(request: CompletionRequest, options?: { readonly signal?: AbortSignal | undefined }): Promise<Completion>;
}

/** A table of a schema slice and why it was chosen. */
export interface SliceTable {
  readonly schema: string;
  readonly name: string;
  readonly reasons?: readonly string[] | undefined;
  /** How well it fits the question, where that is known; compared with the others only. */
  readonly score?: number | undefined;
}

/** The part of a database's schema that a question needs, as text for a model. */
export interface SchemaSlice {
  /** Identifiers appear in it exactly as they must be written in SQL. */
  readonly text: string;
  readonly tables: readonly SliceTable[];
  /** Names of tables that did not fit the budget. */
  readonly omitted: readonly string[];
  /** The highest score of these, comparable with those of `tables`: how sure it is that none of them is needed. */
  readonly bestOmittedScore?: number | undefined;
  /** Estimated tokens of `text`. */
  readonly tokens: number;
}

/** Describes the schema for one question within a token budget. */
export interface SchemaContext {
  /**
   * `variant` counts the times that the same question is described for another statement: 1 and above may order or write
   * the same tables otherwise, so that the statements differ. A context that has one form only ignores it.
   */
  describe(
    question: string,
    limit: { readonly maxTokens: number; readonly variant?: number | undefined },
  ): Promise<SchemaSlice>;
}

/** One reason why a statement may not run. */
export interface SqlViolation {
  /** A stable word for the class of the violation, such as `statement`, `function`, `syntax`. */
  readonly code: string;
  readonly message: string;
  readonly name?: string | undefined;
  readonly position?:
    | { readonly line: number; readonly column: number; readonly length?: number | undefined }
    | undefined;
  /** What to write instead. */
  readonly hint?: string | undefined;
  /** The setting of the check that would allow it. */
  readonly option?: string | undefined;
}

/** A relation that a statement reads. */
export interface SqlRelation {
  readonly schema?: string | undefined;
  readonly name: string;
}

/** Whether a statement may run. A refusal is a value, not an exception. */
export type SqlVerdict =
  | { readonly allowed: true; readonly relations?: readonly SqlRelation[] | undefined }
  | {
      readonly allowed: false;
      readonly violations: readonly SqlViolation[];
      /** The same text may be judged again: the check was busy, not the statement wrong. */
      readonly retryable?: boolean | undefined;
    };

/** Decides whether a SQL text may run under the caller's policy. It is asked before the database is. */
export interface SqlCheck {
  check(sql: string): Promise<SqlVerdict>;
}

/** A parse tree by value, as libpg-query prints it: every `location` in it is a UTF-8 byte offset, absent when 0. */
export interface ParseTree {
  readonly stmts: readonly { readonly stmt: Readonly<Record<string, unknown>> }[];
}

/** Parses with PostgreSQL's own grammar. It says nothing about whether the text may run. */
export interface SqlParse {
  parse(sql: string): Promise<{ readonly parsed: true; readonly tree: ParseTree } | { readonly parsed: false }>;
}

/** A foreign key: `columns[i]` references `references.columns[i]`. */
export interface CatalogForeignKey {
  readonly columns: readonly string[];
  readonly references: { readonly schema: string; readonly table: string; readonly columns: readonly string[] };
}

/** A column; `type` as PostgreSQL's `format_type` prints it. */
export interface CatalogColumn {
  readonly name: string;
  readonly type: string;
  readonly comment?: string | undefined;
  /** Labels of an enum in their order. */
  readonly enumLabels?: readonly string[] | undefined;
  /** Values that are known to be stored; they are shown to the model when the question mentions them. */
  readonly statistics?: { readonly commonValues: readonly string[] } | undefined;
}

/** A relation that can be selected from. Names are as stored, never quoted. */
export interface CatalogTable {
  readonly schema: string;
  readonly name: string;
  /** `false` when an unqualified name does not find it. Default `true`. */
  readonly inSearchPath?: boolean | undefined;
  /** `false` when the role may not read it: it is then neither suggested nor joined. Default `true`. */
  readonly selectable?: boolean | undefined;
  readonly columns: readonly CatalogColumn[];
  readonly foreignKeys: readonly CatalogForeignKey[];
}

/** The structure of the database as plain data. */
export interface CatalogSnapshot {
  readonly tables: readonly CatalogTable[];
}

/** Gives the structure of the database as it is known now; without it names are neither repaired nor suggested. */
export interface Catalog {
  snapshot(): CatalogSnapshot | Promise<CatalogSnapshot>;
}

/** What the planner expects of a statement. */
export interface Plan {
  /** The planner's total cost, in its arbitrary units. */
  readonly totalCost?: number | undefined;
  /** The planner's estimate of the number of rows. */
  readonly rows?: number | undefined;
}

/** The rows of a statement; a runner may return a richer table, which comes back in the outcome as it is. */
export interface ResultTable {
  readonly columns: readonly {
    readonly name: string;
    readonly type?: string | undefined;
    readonly typeOid?: number | undefined;
  }[];
  readonly rows: readonly (readonly unknown[])[];
  /** Anything but `false` or absent says that rows are missing. */
  readonly truncated?: boolean | 'rows' | 'bytes' | undefined;
}

/**
 * Runs checked SQL in a read-only transaction. PostgreSQL's errors are thrown untouched: their SQLSTATE in `code`,
 * `message`, `position`, `hint` and `detail` are what the next round is told.
 */
export interface SqlRunner<Table extends ResultTable = ResultTable> {
  /**
   * `EXPLAIN` of the statement without running it. The `position` of an error counts in the statement as it was given:
   * a runner that writes `EXPLAIN ` before it passes what it caught through {@link withoutPrefix}.
   */
  explain(sql: string, options?: { readonly signal?: AbortSignal | undefined }): Promise<Plan>;
  /**
   * Runs the statement; `limit` is the highest number of rows wanted. `isProbe`: the rows are looked at and never shown, so nothing
   * of them has to be kept.
   */
  run(
    sql: string,
    options?: {
      readonly signal?: AbortSignal | undefined;
      readonly limit?: number | undefined;
      readonly isProbe?: boolean | undefined;
    },
  ): Promise<Table>;
}

/** A question that was answered well, with its SQL. */
export interface Example {
  readonly question: string;
  readonly sql: string;
  /** The question with numbers and quoted texts masked: what retrieval compares. */
  readonly maskedQuestion: string;
  /** The statement with literals masked: two examples with the same one teach the same. */
  readonly skeleton: string;
  /** Tables that the statement reads. */
  readonly tables: readonly string[];
  /** Fingerprint of the schema in which the statement was last seen to bind. */
  readonly fingerprint?: string | undefined;
  /** Who accepted it; examples without are never given as verified. */
  readonly verifiedBy?: string | undefined;
  /** ISO 8601, UTC. */
  readonly savedAt?: string | undefined;
  /** The tenant or user it belongs to; absent: everybody's. */
  readonly scope?: string | undefined;
}

/** What examples are wanted for. */
export interface NearestQuery {
  readonly question: string;
  readonly maskedQuestion: string;
  readonly limit: number;
  /** Only examples of this scope and those without one. */
  readonly scope?: string | undefined;
}

/** An example and how near it is, 0 to 1. */
export interface ExampleMatch {
  readonly example: Example;
  readonly score: number;
}

/** Remembers examples and finds those nearest to a question, nearest first. */
export interface ExampleCollection {
  save(example: Example): Promise<unknown>;
  nearest(query: NearestQuery): Promise<readonly ExampleMatch[]>;
}

/** The ports of one database. Without a `model` every question that no verified pair answers is handed over. */
export interface AskPorts<Table extends ResultTable = ResultTable> {
  readonly schema: SchemaContext;
  readonly check: SqlCheck;
  readonly runner: SqlRunner<Table>;
  readonly model?: LanguageModel | undefined;
  /** With `parse` and `catalog` a failing statement is repaired by rule before the model is asked again. */
  readonly parse?: SqlParse | undefined;
  readonly catalog?: Catalog | undefined;
  /** Examples like the question are shown to the model. Saving is the caller's, after somebody accepted an answer. */
  readonly examples?: ExampleCollection | undefined;
}

/** Vectors of texts. */
export interface Embeddings {
  /** One per text, in the order of the texts, all of one length. */
  readonly vectors: readonly (readonly number[])[];
  /** What the provider counted; 0 when everything was remembered. */
  readonly totalTokens: number;
}

/** Turns texts into vectors whose nearness tells how near the meanings are. */
export interface Embedder {
  /** Vectors of different models do not compare: what is kept is kept under this name. */
  readonly model: string;
  /** Length of the vectors, where it is known before the first answer. */
  readonly dimensions?: number | undefined;
  /** One vector for each text; throws when the provider cannot give all of them. */
  embed(texts: readonly string[], options?: { readonly signal?: AbortSignal | undefined }): Promise<Embeddings>;
}
