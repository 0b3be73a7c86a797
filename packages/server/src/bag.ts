/** Things that come and go many times a second, in no order. */
export interface Bag<Item> extends Iterable<Item> {
  readonly size: number;
  /** @returns takes the item out; a second call changes nothing. */
  add(item: Item): () => void;
}

/**
 * Makes an empty bag. An array, and not a `Set` or `Map`: these grow by tables that refer to the next one, and once the first has become
 * old, V8's small collections keep all that follow, with everything that lay in them, until the next full one.
 */
export function createBag<Item>(): Bag<Item> {
  const entries: { readonly item: Item; index: number }[] = [];
  return {
    get size() {
      return entries.length;
    },
    add(item) {
      const entry = { item, index: entries.length };
      entries.push(entry);
      return () => {
        const { index } = entry;
        if (index === -1) return;
        entry.index = -1;
        const last = entries.pop();
        if (last === undefined || last === entry) return;
        entries[index] = last;
        last.index = index;
      };
    },
    // A copy: what is done with an item may take it out.
    [Symbol.iterator]: () => entries.map(({ item }) => item)[Symbol.iterator](),
  };
}
