import type { CatalogTable } from '../ports.ts';
import type { Relation, Scope } from './scope.ts';

/** A name that means nothing, or two things, where it stands. `location` is the byte offset of the whole reference. */
export type NameProblem =
  | {
      readonly kind: 'unknown_table';
      readonly location: number;
      readonly schema: string | undefined;
      readonly name: string;
      /** The one table that is most likely meant. */
      readonly meant: CatalogTable | undefined;
    }
  | { readonly kind: 'renamed_qualifier'; readonly location: number; readonly table: CatalogTable }
  | {
      readonly kind: 'unknown_column';
      readonly location: number;
      readonly column: string;
      readonly scope: Scope;
      /** The relation that the reference names. */
      readonly relation: Relation | undefined;
      /** It is the right side of a comparison with a column or a call. */
      readonly comparedWithColumn: boolean;
    }
  | {
      readonly kind: 'unknown_qualifier';
      readonly location: number;
      readonly qualifier: string;
      readonly column: string | undefined;
      readonly scope: Scope;
    }
  | {
      readonly kind: 'ambiguous_column';
      readonly location: number;
      readonly column: string;
      readonly scope: Scope;
      readonly candidates: readonly Relation[];
    }
  | {
      readonly kind: 'unknown_using';
      readonly after: number;
      readonly columns: readonly string[];
      readonly scope: Scope;
    };
