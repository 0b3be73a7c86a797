import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { AuditRecord } from './record.ts';

/** A record in its place. */
export interface SealedRecord extends AuditRecord {
  /** The process that wrote it; several may write to one file. */
  readonly chain: string;
  /** Counts from 1 in each chain. */
  readonly sequence: number;
  /** `hash` of the record before it in the chain; of the file's last record for the first of a chain; or zeros. */
  readonly previous: string;
  /** Over everything else of the line. */
  readonly hash: string;
}

/** What comes before the first record of all. */
export const GENESIS = '0'.repeat(64);

/** Gives a record its place. */
export function seal(
  record: AuditRecord,
  place: Pick<SealedRecord, 'chain' | 'sequence' | 'previous'>,
  key: string | undefined,
): SealedRecord {
  const unsealed = { ...record, ...place };
  return { ...unsealed, hash: hashOf(unsealed, key) };
}

/** Keys in the order of the alphabet: a store gives them back in an order of its own. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, canonical(member)]),
  );
}

function hashOf(record: object, key: string | undefined): string {
  const text = JSON.stringify(canonical(record));
  const hash = key === undefined ? createHash('sha256') : createHmac('sha256', key);
  return hash.update(text).digest('hex');
}

/** Whether the hash of a record is the one that its content and the key give. */
export function isUntouched({ hash, ...rest }: SealedRecord, key: string | undefined): boolean {
  const [given, right] = [Buffer.from(hash), Buffer.from(hashOf(rest, key))];
  return given.length === right.length && timingSafeEqual(given, right);
}
