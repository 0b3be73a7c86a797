import { randomBytes } from 'node:crypto';

let last = { at: 0, sequence: 0 };

/**
 * A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then a 12-bit counter within the millisecond of this process, then random.
 * Texts sort by time of creation; in one process strictly for up to 4,096 a millisecond, as long as its clock does not go back.
 *
 * @param at - milliseconds since 1970
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

/** 9999-12-31T23:59:59.999Z: what comes after has no ISO 8601 text of four digits, and PostgreSQL reads no other. */
const LATEST = 253_402_300_799_999;

/** The milliseconds since 1970 in a UUID of version 7 in lower case; `undefined` for any other text, and after the year 9999. */
export function timeOfUuidV7(id: string): number | undefined {
  if (!UUID_V7.test(id)) return undefined;
  const at = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  return at <= LATEST ? at : undefined;
}
