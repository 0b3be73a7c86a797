/** What a list gained, lost and changed, by the names of its items. */
export interface ListDiff {
  readonly isEmpty: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly {
    readonly name: string;
    /** Facts that differ: `type`, `nullable`, `comment` … */
    readonly facts: readonly string[];
  }[];
}

/**
 * Compares two lists of plain JSON values.
 *
 * @param ignored - facts that do not count, at any depth
 */
export function diffList<Item>(
  before: readonly Item[],
  after: readonly Item[],
  nameOf: (item: Item) => string,
  ignored: ReadonlySet<string>,
): ListDiff {
  const old = new Map(before.map((item) => [nameOf(item), item]));
  const now = new Map(after.map((item) => [nameOf(item), item]));
  const added = [...now.keys()].filter((name) => !old.has(name));
  const removed = [...old.keys()].filter((name) => !now.has(name));
  const changed: ListDiff['changed'][number][] = [];
  for (const [name, item] of now) {
    const previous = old.get(name);
    if (previous === undefined) continue;
    const facts = changedFacts(previous, item, ignored);
    if (facts.length > 0) changed.push({ name, facts });
  }
  return { isEmpty: added.length + removed.length + changed.length === 0, added, removed, changed };
}

function changedFacts<Item>(before: Item, after: Item, ignored: ReadonlySet<string>): readonly string[] {
  const one = before as Readonly<Record<string, unknown>>;
  const other = after as Readonly<Record<string, unknown>>;
  const facts = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...facts].filter((fact) => !ignored.has(fact) && !isSame(one[fact], other[fact], ignored));
}

function isSame(one: unknown, other: unknown, ignored: ReadonlySet<string>): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  if (Array.isArray(one) && one.length !== (other as readonly unknown[]).length) return false;
  return changedFacts(one, other, ignored).length === 0;
}
