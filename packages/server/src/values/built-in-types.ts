import type { TypeFact } from '@pgmcp/schema-introspect';
import { builtInTypes } from './built-in-types.generated.ts';

/** Facts of a type that is not built in: enums, domains, composites, types of extensions, and arrays of them. */
export type TypeLookup = (oid: number) => TypeFact | undefined;

const facts: ReadonlyMap<number, TypeFact> = new Map(
  builtInTypes.flatMap(([oid, name, arrayOid, delimiter = ',']) => {
    const own: [number, TypeFact] = [oid, { oid, name, kind: 'base', delimiter }];
    if (arrayOid === 0) return [own];
    const array: TypeFact = { oid: arrayOid, name: `${name}[]`, kind: 'array', elementOid: oid, delimiter: ',' };
    return [own, [arrayOid, array]];
  }),
);

/** Whether a type and all it is made of are known without asking the database. */
export function isBuiltInType(oid: number): boolean {
  return facts.has(oid);
}

/** The facts of a type, those of a domain's base type for a domain. */
export function factOf(oid: number, typeOf: TypeLookup): TypeFact | undefined {
  const fact = facts.get(oid) ?? typeOf(oid);
  if (fact?.kind !== 'domain' || fact.baseOid === undefined || fact.baseOid === oid) return fact;
  return factOf(fact.baseOid, typeOf) ?? fact;
}

/** The name of a type without modifiers; domains keep their own name. */
export function nameOf(oid: number, typeOf: TypeLookup): string {
  return (facts.get(oid) ?? typeOf(oid))?.name ?? `oid ${oid}`;
}
