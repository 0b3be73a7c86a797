import type { CatalogView } from './catalog/view.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import type { Finding } from './finding.ts';
import { StructureHash } from './structure-hash.ts';
import type { Fields } from './tree.ts';

/** A relation as the walk met it. */
export interface FoundRelation {
  readonly schema: string | undefined;
  readonly name: string;
  readonly access: 'read' | 'write';
  readonly location: number;
}

/** A function as the walk met it. */
export interface FoundFunction {
  readonly schema: string | undefined;
  readonly name: string;
  readonly builtIn: boolean;
  readonly location: number;
}

/** What was met of queries inside others. */
export interface Nesting {
  /** Subqueries in FROM or common table expressions. */
  queries: boolean;
  recursive: boolean;
  /** A query whose expressions the planner copies into the one around it. */
  copied: boolean;
  /** Something that puts values together, so that they become longer. */
  longer: boolean;
}

/** Everything that is known about one statement while it is judged. */
export interface Judgement {
  readonly policy: CompiledPolicy;
  readonly catalog: CatalogView | undefined;
  readonly serverVersionNum: number;
  readonly major: number;
  readonly findings: Finding[];
  readonly relations: FoundRelation[];
  readonly functions: FoundFunction[];
  readonly parameters: Set<number>;
  readonly structure: StructureHash;
  /** Literals, for the normalised text. */
  readonly literals: Fields[];
  /** SELECT statements that group or sort. */
  readonly orderedSelects: Fields[];
  /** Items of FROM that are function calls, for the check of attribute notation after the walk. */
  readonly functionScans: Fields[];
  /** Aliases (or names) of the relations in FROM. */
  readonly rangeNames: { readonly alias: string; readonly schema: string | undefined; readonly name: string }[];
  /** Column references that name a qualifier. */
  readonly qualifiedColumns: Fields[];
  /** True as soon as something was met that only a catalog can judge, and there is none or it does not know it. */
  needsCatalog: boolean;
  /** True as soon as a statement, or a CTE inside it, changes rows or structure. */
  writes: boolean;
  destructive: boolean;
  /** FOR UPDATE and FOR SHARE stand somewhere. */
  locksRows: boolean;
  /** Sum of the constant sizes of all values that the statement builds. */
  builtSize: number;
  /** The two largest of them. */
  largestBuilt: readonly [number, number];
  /** The largest that one call builds out of a number, without what is collected from rows. */
  largestCalled: number;
  /** How many times longer values become by being put together with themselves. */
  growth: number;
  /** Parts of what was counted for {@link growth} already. */
  joined: Set<unknown> | undefined;
  /** Aggregates and windows that sort their rows, each for itself. */
  sorted: number;
  /** Queries that NOT MATERIALIZED members of WITH become. */
  inlined: number;
  /** Digits of all powers and exponentials together, about. */
  digits: number;
  /** The first operator or call whose work may grow faster than its input. */
  work: { readonly node: string; readonly name: string; readonly location: number } | undefined;
  /** Rows of common table expressions that are made of series, by name. */
  knownRows: Map<string, number> | undefined;
  /** What subqueries and common table expressions may make of the expressions in them. */
  readonly nesting: Nesting;
  /** A call takes its size from a column. */
  sizedByColumn: boolean;
  usesXml: boolean;
  /** Where jsonb_pretty is called first. */
  prettyPrint: number | undefined;
  /** The first path through XML or JSON that a long document in the text must not stand beside. */
  dearPath: { readonly node: string; readonly name: string; readonly location: number } | undefined;
  /** Values of storage options that the grammar reads as types: `fastupdate = off`. */
  optionWords: Set<Fields> | undefined;
  /** Types of casts that name a relation which was judged with what they stand in. */
  namedRelations: Set<Fields> | undefined;
}

/** More findings than this are of no use to anyone, and a hostile text could make very many. */
export const maxFindings = 64;

/** Adds a finding. */
export function refuse(judgement: Judgement, finding: Finding): void {
  if (judgement.findings.length < maxFindings) judgement.findings.push(finding);
}

/** Starts the judgement of one statement. */
export function createJudgement(
  policy: CompiledPolicy,
  serverVersionNum: number,
  catalog: CatalogView | undefined,
): Judgement {
  return {
    policy,
    catalog,
    serverVersionNum,
    major: Math.floor(serverVersionNum / 10_000),
    findings: [],
    relations: [],
    functions: [],
    parameters: new Set(),
    structure: new StructureHash(),
    literals: [],
    orderedSelects: [],
    functionScans: [],
    rangeNames: [],
    qualifiedColumns: [],
    needsCatalog: false,
    writes: false,
    destructive: false,
    locksRows: false,
    builtSize: 0,
    largestBuilt: [0, 0],
    largestCalled: 0,
    growth: 1,
    joined: undefined,
    sorted: 0,
    inlined: 1,
    digits: 0,
    work: undefined,
    knownRows: undefined,
    nesting: { queries: false, recursive: false, copied: false, longer: false },
    sizedByColumn: false,
    usesXml: false,
    prettyPrint: undefined,
    dearPath: undefined,
    optionWords: undefined,
    namedRelations: undefined,
  };
}
