/** Replacer of `JSON.stringify`, which throws for a bigint: drivers put them into cells and lists. */
export const spellBigInt = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

/** A cell as JSON, whatever a driver put there. */
export const jsonText = (value: unknown): string => JSON.stringify(value, spellBigInt) ?? String(value);
