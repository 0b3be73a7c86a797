import { randomBytes } from 'node:crypto';

let last = { at: 0, sequence: 0 };

/**
 * A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then a 12-bit counter within the millisecond of this process, then random.
 * Texts sort by time of creation, in one process strictly.
 */
export function uuidV7(at: number): string {
  const sequence = at === last.at ? last.sequence + 1 : 0;
  last = { at, sequence };
  const time = Math.trunc(at).toString(16).padStart(12, '0');
  const random = randomBytes(8);
  random.writeUInt8((random.readUInt8(0) & 0x3f) | 0x80, 0);
  const tail = random.toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${(sequence & 0xfff).toString(16).padStart(3, '0')}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The milliseconds since 1970 in a UUID of version 7 in lower case; `undefined` for any other text. */
export function timeOfUuidV7(id: string): number | undefined {
  return UUID_V7.test(id) ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : undefined;
}
