/** An enum, domain, composite, range or base type. */
export interface TypeRow {
  oid: number;
  schema: string;
  name: string;
  kind: string;
  arrayOid: number;
  baseOid: number;
  underlyingType: string | null;
  userSchema: string | null;
  userName: string | null;
  multirange: string | null;
  notNull: boolean;
  default: string | null;
}

/** The labels of an enum, in their order. */
export interface EnumLabelRow {
  type: number;
  labels: readonly string[];
}

/** A check of a domain. */
export interface DomainCheckRow {
  type: number;
  name: string;
  expression: string | null;
  validated: boolean;
}

/** An attribute of a composite type. */
export interface AttributeRow {
  type: number;
  name: string;
  attributeType: string;
  userSchema: string | null;
  userName: string | null;
}

/** A function, procedure, aggregate or window function. */
export interface FunctionRow {
  oid: number;
  schema: string;
  name: string;
  kind: string;
  arguments: string | null;
  argumentTypes: readonly string[];
  result: string | null;
  language: string;
  volatility: string;
  strict: boolean;
  securityDefiner: boolean;
  settings: readonly string[] | null;
  owner: string;
  executable: boolean;
}

/** A sequence. */
export interface SequenceRow {
  oid: number;
  schema: string;
  name: string;
  type: string;
  start: string;
  increment: string;
  minimum: string;
  maximum: string;
  cycle: boolean;
  ownerSchema: string | null;
  ownerTable: string | null;
  ownerColumn: string | null;
}

/** An operator outside the system schemas. */
export interface OperatorRow {
  oid: number;
  schema: string;
  name: string;
  left: string | null;
  right: string;
  result: string;
  functionSchema: string;
  functionName: string;
}

/** A cast that did not come with the server. */
export interface CastRow {
  oid: number;
  source: string;
  sourceUserSchema: string | null;
  sourceUserName: string | null;
  target: string;
  targetUserSchema: string | null;
  targetUserName: string | null;
  context: string;
  method: string;
  functionSchema: string | null;
  functionName: string | null;
}

/** An installed extension. */
export interface ExtensionRow {
  oid: number;
  name: string;
  version: string;
  schema: string;
}

/** An object that belongs to an extension. */
export interface ExtensionMemberRow {
  catalog: string;
  object: number;
  extension: string;
}
