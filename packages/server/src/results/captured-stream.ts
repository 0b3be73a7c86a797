import type { TextTable } from '@pgmcp/pool';
import type { TypeFact } from '@pgmcp/schema-introspect';
import type { TypeLookup } from '../values/built-in-types.ts';
import type { CapturedRows } from './kept-result.ts';
import type { CapturedBatch } from './results.ts';

/** The rows of one run of one statement, batch by batch. */
export interface CapturedStream {
  readonly batches: AsyncIterable<CapturedBatch>;
  /** The cap that ended the batches early; known when they have ended. */
  truncated(): CapturedRows['truncated'];
  /** Ends the statement without reading on. */
  close(): Promise<void>;
}

/** The types of some columns that are not built in, with all that they are made of. */
export function typesOf(fields: TextTable['fields'], typeOf: TypeLookup): TypeFact[] {
  const found = new Map<number, TypeFact>();
  const collect = (oid: number | undefined): void => {
    const fact = oid === undefined || found.has(oid) ? undefined : typeOf(oid);
    if (!fact) return;
    found.set(fact.oid, fact);
    collect(fact.elementOid);
    collect(fact.baseOid);
  };
  for (const { typeOid } of fields) collect(typeOid);
  return [...found.values()];
}

/** The lookup over kept types. */
export function typeLookup(types: CapturedRows['types']): TypeLookup {
  const byOid = new Map(types.map((fact) => [fact.oid, fact as TypeFact]));
  return (oid) => byOid.get(oid);
}
