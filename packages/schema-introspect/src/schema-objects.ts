import type { CheckConstraint } from './schema-constraints.ts';

/** A type that did not come with the server, by its two names; of an array the type of its elements. */
export interface UserTypeName {
  readonly schema: string;
  readonly name: string;
}

/** An enumerated type. */
export interface EnumType {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** In the order of the type. */
  readonly labels: readonly string[];
  readonly comment?: string;
  readonly extension?: string;
}

/** A domain. */
export interface DomainType {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** The type directly under it, which may be another domain. */
  readonly underlyingType: string;
  /** Names of the type directly under it, where that did not come with the server. */
  readonly underlyingUserType?: UserTypeName;
  /** The type under the whole chain of domains. */
  readonly baseType: string;
  readonly notNull: boolean;
  readonly default?: string;
  readonly checks: readonly CheckConstraint[];
  readonly comment?: string;
  readonly extension?: string;
}

/** A free-standing composite type. */
export interface CompositeType {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly attributes: readonly {
    readonly name: string;
    readonly type: string;
    readonly userType?: UserTypeName;
  }[];
  readonly comment?: string;
  readonly extension?: string;
}

/** A range type. */
export interface RangeType {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly subtype: string;
  readonly subtypeUserType?: UserTypeName;
  /** Name of the multirange type that belongs to it. */
  readonly multirange?: string;
  readonly comment?: string;
  readonly extension?: string;
}

/** A type with input and output functions of its own; most come with extensions: `citext`, `vector`, `geometry`. */
export interface BaseType {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly comment?: string;
  readonly extension?: string;
}

/** A function, procedure, aggregate or window function outside the system schemas. */
export interface DatabaseFunction {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly kind: 'function' | 'procedure' | 'aggregate' | 'window';
  /** As `pg_get_function_arguments` prints them: names, modes, types, defaults. */
  readonly arguments: string;
  /** Types of the input arguments; with the name they identify the function. */
  readonly argumentTypes: readonly string[];
  /** As `pg_get_function_result` prints it; absent for a procedure. */
  readonly result?: string;
  readonly language: string;
  readonly volatility: 'immutable' | 'stable' | 'volatile';
  readonly strict: boolean;
  /** `SECURITY DEFINER`: runs with the rights of its owner. */
  readonly securityDefiner: boolean;
  /** Settings that the function changes while it runs, as `name=value`. */
  readonly settings: readonly string[];
  readonly owner: string;
  /** The role may execute it. */
  readonly executable: boolean;
  readonly comment?: string;
  readonly extension?: string;
}

/** A sequence. Its numbers are text, since they pass 2^53. */
export interface Sequence {
  readonly schema: string;
  readonly name: string;
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly minimum: string;
  readonly maximum: string;
  readonly cycle: boolean;
  /** Column that owns it (`serial`, identity). */
  readonly ownedBy?: { readonly schema: string; readonly table: string; readonly column: string };
  readonly comment?: string;
  readonly extension?: string;
}

/** An operator outside the system schemas. */
export interface UserOperator {
  readonly schema: string;
  readonly name: string;
  /** Absent for a prefix operator. */
  readonly left?: string;
  readonly right: string;
  readonly result: string;
  readonly function: { readonly schema: string; readonly name: string };
  readonly comment?: string;
  readonly extension?: string;
}

/** A cast that did not come with the server. */
export interface UserCast {
  readonly source: string;
  readonly sourceUserType?: UserTypeName;
  readonly target: string;
  readonly targetUserType?: UserTypeName;
  readonly context: 'explicit' | 'assignment' | 'implicit';
  readonly method: 'function' | 'input and output' | 'binary';
  readonly function?: { readonly schema: string; readonly name: string };
  readonly comment?: string;
  readonly extension?: string;
}

/** An installed extension. */
export interface Extension {
  readonly name: string;
  readonly version: string;
  readonly schema: string;
  readonly comment?: string;
}
