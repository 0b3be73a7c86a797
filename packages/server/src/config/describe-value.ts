/**
 * Says what kind of thing a value is without repeating it: a value in the wrong key may well be a secret.
 * Only numbers, which an operator needs to see against their bounds, are shown.
 */
export function describeValue(value: unknown, secret: boolean): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a mapping';
  if (secret) return `a ${typeof value === 'string' ? 'text' : typeof value}`;
  if (typeof value === 'string') {
    if (/^-?\d{1,9}(\.\d{1,6})?$/.test(value)) return `the number ${value}`;
    return value === '' ? 'an empty text' : `a text of ${value.length} characters`;
  }
  return typeof value === 'number' ? `the number ${value}` : `the ${typeof value} ${String(value)}`;
}
