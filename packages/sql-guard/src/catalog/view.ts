import type { CompiledPolicy } from '../compiled-policy.ts';
import type { Finding } from '../finding.ts';
import type { ColumnUse } from '../verdict.ts';
import type { CatalogFunction, CatalogRelation, CatalogSnapshot } from './snapshot.ts';

/** Why the catalog refuses a name: the sentence, and the option that would allow it. */
export interface CatalogProblem {
  readonly message: string;
  readonly option?: string;
}

/** Whether a relation shows what its definition reads. One whose definition is missing shows nobody knows what. */
export const isViewKind = ({ kind, definition }: CatalogRelation): boolean =>
  kind === 'view' || kind === 'materialized-view' || definition !== undefined;

/** A relation as a statement names it. */
export interface RelationName {
  readonly schema: string | undefined;
  readonly name: string;
}

/** What the column policy says about a statement. */
export interface ColumnCheck {
  readonly findings: readonly Finding[];
  /** Masked columns of the result. */
  readonly uses: readonly ColumnUse[];
}

/** Under what a relation is judged. */
export interface Judging {
  readonly policy: CompiledPolicy;
  readonly serverVersionNum: number;
}

/** A snapshot indexed for the catalog stage. */
export interface CatalogView {
  readonly snapshot: CatalogSnapshot;
  /** The relation that a name finds, by the search path when no schema is written. */
  resolve(schema: string | undefined, name: string): CatalogRelation | undefined;
  /** Functions that a call by this name may reach. */
  functionsNamed(schema: string | undefined, name: string): readonly CatalogFunction[];
  /** Why rows of a relation must not be read or changed: foreign, denied through a parent or child, or a view whose definition is refused. */
  relationProblem(schema: string | undefined, name: string, judging: Judging): CatalogProblem | undefined;
  /** Why a relation must not be touched at all, its structure included: denied through a parent or child. */
  denialOfFamily(schema: string | undefined, name: string, judging: Judging): CatalogProblem | undefined;
  /** Why a materialized view must not be filled again: its definition runs then. */
  refreshProblem(schema: string | undefined, name: string, judging: Judging): CatalogProblem | undefined;
  /** Why an operator of PostgreSQL's own may mean a user's. */
  operatorProblem(symbol: string): string | undefined;
  /** Whether every operator that the name may mean belongs to an extension whose operators compute and nothing else. */
  isHarmlessOperator(schema: string | undefined, symbol: string): boolean;
  /** Why a type must not be named; undefined when reading its values runs no code of a user. */
  typeProblem(schema: string | undefined, name: string): string | undefined;
  /** Judges the use of columns under a column policy. `relations` are those of the statement, common table expressions left out. */
  checkColumns(statement: unknown, relations: readonly RelationName[]): ColumnCheck;
  /** Parents, children and partitions of a relation, itself included. */
  family(relation: CatalogRelation): readonly CatalogRelation[];
}
