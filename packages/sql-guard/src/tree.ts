/** Reading of the JSON tree without trusting its shape. */

/** The fields of one node. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list field; an absent one is empty. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The tag and fields of a tagged node, or undefined when it is not one. */
export function untag(value: unknown): { readonly tag: string; readonly fields: Fields } | undefined {
  if (!isFields(value)) return undefined;
  let found: { tag: string; fields: Fields } | undefined;
  for (const tag in value) {
    const fields = value[tag];
    if (found || !isFields(fields)) return undefined;
    found = { tag, fields };
  }
  return found;
}

/** The fields of a node if it has this tag. */
export function fieldsOf(value: unknown, tag: string): Fields | undefined {
  if (!isFields(value)) return undefined;
  const fields = value[tag];
  return isFields(fields) ? fields : undefined;
}

/** A list of `String` nodes as plain names; undefined when it holds anything else. */
export function namesOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  // Most names have one part, and a list that grows would leave room for seventeen.
  if (value.length === 1) {
    const only = fieldsOf(value[0], 'String');
    return only && [textOf(only['sval']) ?? ''];
  }
  const names: string[] = [];
  for (const item of value) {
    const fields = fieldsOf(item, 'String');
    if (!fields) return undefined;
    names.push(typeof fields['sval'] === 'string' ? fields['sval'] : '');
  }
  return names;
}

/** The last name of a list of `String` nodes: what a qualified name ends with. Undefined when the last item is something else, as `*`. */
export function lastNameOf(value: unknown): string | undefined {
  if (!Array.isArray(value)) return undefined;
  return textOf(fieldsOf(value[value.length - 1], 'String')?.['sval']);
}

/** The text of an optional string field. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The `location` of a node, in bytes. */
export const locationOf = (fields: Fields): number => (typeof fields['location'] === 'number' ? fields['location'] : 0);
