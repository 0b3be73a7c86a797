/** A node of a parse tree or any part of one: plain JSON. */
export type Tree = Readonly<Record<string, unknown>>;

/** Whether a value is an object of the tree, not a list or a plain value. */
export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The body of a node if it has this tag: `{ColumnRef: {...}}` -> `{...}`. */
export function body(node: unknown, tag: string): Tree | undefined {
  const inner = isTree(node) ? node[tag] : undefined;
  return isTree(inner) ? inner : undefined;
}

/** The members of a list; none where there is no list. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The text of a `String` node. */
export function stringOf(node: unknown): string | undefined {
  const text = body(node, 'String')?.['sval'];
  return typeof text === 'string' ? text : undefined;
}

/** The texts of a list of `String` nodes. */
export const stringsOf = (value: unknown): string[] =>
  listOf(value).flatMap((node) => {
    const text = stringOf(node);
    return text === undefined ? [] : [text];
  });

/** A text as it is; `undefined` for anything else. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The byte offset of a node's body. The printer leaves 0 out. */
export const locationOf = (inner: Tree): number => (typeof inner['location'] === 'number' ? inner['location'] : 0);

/** Calls `visit` for every tagged node below and including `value`, parents first; where it says `false` it stays out. */
export function walk(value: unknown, visit: (tag: string, inner: Tree) => boolean): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
    return;
  }
  if (!isTree(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (/^[A-Z]/.test(key) && isTree(inner) && !visit(key, inner)) continue;
    walk(inner, visit);
  }
}
