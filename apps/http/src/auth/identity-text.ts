/**
 * Longest name of a user, tenant or role once it is percent-encoded: two of them make the key under which records are stored, which
 * takes 512 characters.
 */
const MAX_ENCODED = 240;

/** Whether a text can name a user, tenant or role: not empty, one line, and short enough to key records by. */
export function isIdentityText(value: unknown): value is string {
  if (typeof value !== 'string' || value === '' || /\p{Cc}/u.test(value) || !value.isWellFormed()) return false;
  return encodeURIComponent(value).length <= MAX_ENCODED;
}
