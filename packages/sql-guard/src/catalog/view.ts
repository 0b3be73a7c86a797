import type { CompiledPolicy } from '../compiled-policy.ts';
import type { NamePatterns } from '../name-patterns.ts';
import type { CatalogSnapshot } from './snapshot.ts';

/** A snapshot indexed for the catalog stage. A problem is the sentence of a refusal. */
export interface CatalogView {
  readonly snapshot: CatalogSnapshot;
  /** Schema of an unqualified relation, by the search path. */
  resolveSchema(name: string): string | undefined;
  relationProblem(
    schema: string | undefined,
    name: string,
    policy: CompiledPolicy,
  ): { message: string; option?: string } | undefined;
  /** True: listed and harmless; a sentence: listed or known, and refused; undefined: not known. */
  allowedFunction(schema: string | undefined, name: string, allow: NamePatterns): true | string | undefined;
  operatorProblem(symbol: string): string | undefined;
  typeProblem(schema: string | undefined, name: string): string | undefined;
  attributeProblem(name: string, allow: NamePatterns): string | undefined;
}
