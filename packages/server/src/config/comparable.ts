import { Secret } from './secret.ts';

/**
 * A text that is equal for equal values, the contents of secrets included: two secrets look alike to everything else. Keep it
 * out of messages and records.
 */
export function comparable(value: unknown): string {
  return JSON.stringify(value, function (key, member: unknown) {
    // `toJSON` has hidden the secret already; what stood there is in the holder.
    const original: unknown = key === '' ? member : Reflect.get(this, key);
    return original instanceof Secret ? { secret: original.reveal() } : member;
  });
}
