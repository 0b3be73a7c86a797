/** Every place of a tree: the object or list that holds a value, and the key of it. */
export function placesOf(tree: unknown): [Record<string, unknown>, string][] {
  const places: [Record<string, unknown>, string][] = [];
  const stack: unknown[] = [tree];
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const key of Object.keys(value)) {
      places.push([value as Record<string, unknown>, key]);
      stack.push((value as Record<string, unknown>)[key] ?? null);
    }
  }
  return places;
}
