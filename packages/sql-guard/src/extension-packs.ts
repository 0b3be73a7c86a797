import { extensionPacks } from './extensions.generated.ts';

/** Names that the extensions of a policy bring. */
export interface EnabledExtensions {
  readonly names: ReadonlySet<string>;
  /** Extensions that have an accepted function of this name. */
  functionOwners(name: string): readonly string[];
  hasOperator(symbol: string): boolean;
  hasType(name: string): boolean;
}

/** Extensions that have a reviewed list. */
export const packNames: readonly string[] = Object.keys(extensionPacks);

/** Joins the lists of the named extensions. */
export function enableExtensions(names: readonly string[]): EnabledExtensions {
  const owners = new Map<string, string[]>();
  const operators = new Set<string>();
  const types = new Set<string>();
  for (const extension of names) {
    const pack = extensionPacks[extension];
    for (const name of words(pack?.functions)) owners.set(name, [...(owners.get(name) ?? []), extension]);
    for (const symbol of words(pack?.operators)) operators.add(symbol);
    for (const name of words(pack?.types)) types.add(name);
  }
  return {
    names: new Set(names),
    functionOwners: (name) => owners.get(name) ?? [],
    hasOperator: (symbol) => operators.has(symbol),
    hasType: (name) => types.has(name),
  };
}

const words = (text: string | undefined): readonly string[] => (text ?? '').split(' ').filter((word) => word !== '');
