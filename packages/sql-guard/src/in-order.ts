// Beyond this many, moving items one by one costs more than what the built-in sort sets up.
const fewItems = 32;

/** Sorts by place, in the array itself; items of one place keep their order. */
export function inOrder<Item>(items: Item[], placeOf: (item: Item) => number): readonly Item[] {
  if (items.length > fewItems) return items.sort((left, right) => placeOf(left) - placeOf(right));
  for (let index = 1; index < items.length; index += 1) {
    const item = items[index] as Item;
    const place = placeOf(item);
    let at = index;
    while (at > 0 && placeOf(items[at - 1] as Item) > place) {
      items[at] = items[at - 1] as Item;
      at -= 1;
    }
    items[at] = item;
  }
  return items;
}
