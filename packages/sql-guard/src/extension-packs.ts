import { extensionPacks } from './extensions.generated.ts';

/** Names that the extensions of a policy bring. */
export interface EnabledExtensions {
  readonly names: ReadonlySet<string>;
  /** Extensions that have an accepted function of this name. */
  functionOwners(name: string): readonly string[];
  /** Names of the columns that an accepted function of an extension returns. */
  functionOutputs(name: string): ReadonlySet<string> | undefined;
  /** True for a column that some function of an extension returns. */
  isOutput(column: string): boolean;
  hasOperator(symbol: string): boolean;
  hasType(name: string): boolean;
}

/** Extensions that have a reviewed list, and that `functions.extensions` may name. */
export const packNames: readonly string[] = Object.keys(extensionPacks);

const packsByFunction = new Map<string, readonly string[]>();
for (const [extension, { functions }] of Object.entries(extensionPacks))
  for (const name of functions.split(' ')) packsByFunction.set(name, [...(packsByFunction.get(name) ?? []), extension]);

/** Extensions that have a function of this name on their list, whatever a policy names. */
export const packsWithFunction = (name: string): readonly string[] => packsByFunction.get(name) ?? [];

/** Joins the lists of the named extensions. */
export function enableExtensions(names: readonly string[]): EnabledExtensions {
  const owners = new Map<string, string[]>();
  const outputs = new Map<string, ReadonlySet<string>>();
  const columns = new Set<string>();
  const operators = new Set<string>();
  const types = new Set<string>();
  for (const extension of names) {
    const pack = extensionPacks[extension];
    for (const name of words(pack?.functions)) owners.set(name, [...(owners.get(name) ?? []), extension]);
    for (const symbol of words(pack?.operators)) operators.add(symbol);
    for (const name of words(pack?.types)) types.add(name);
    for (const entry of (pack?.outputs ?? '').split(' | ')) {
      const [name = '', list] = entry.split(':');
      if (list === undefined) continue;
      outputs.set(name, new Set(words(list)));
      for (const column of words(list)) columns.add(column);
    }
  }
  return {
    names: new Set(names),
    functionOwners: (name) => owners.get(name) ?? [],
    functionOutputs: (name) => outputs.get(name),
    isOutput: (column) => columns.has(column),
    hasOperator: (symbol) => operators.has(symbol),
    hasType: (name) => types.has(name),
  };
}

const words = (text: string | undefined): readonly string[] => (text ?? '').split(' ').filter((word) => word !== '');
