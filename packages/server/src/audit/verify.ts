import { GENESIS, isUntouched, type SealedRecord } from './chain.ts';

/** One thing that is wrong with an audit log. */
export interface AuditFinding {
  /** From 1. */
  readonly line: number;
  readonly problem: string;
}

/** What a walk over an audit log found. */
export interface AuditReport {
  readonly records: number;
  readonly chains: number;
  readonly findings: readonly AuditFinding[];
  /** Lines that are no record, and are missed by no chain: a write that a full disk cut off. */
  readonly torn: readonly number[];
  /** What came before the first record: zeros at the beginning of a log, the last hash of the former file after a rotation. */
  readonly begins?: string;
  /** The hash of the last record. Kept elsewhere, it shows that nothing was cut off at the end. */
  readonly ends?: string;
}

/**
 * Walks the chains of an audit log.
 *
 * @param lines - JSON texts in the order in which they were written
 * @param key - the key of the chain, when it has one
 */
export async function verifyAudit(
  lines: AsyncIterable<string> | Iterable<string>,
  key: string | undefined,
): Promise<AuditReport> {
  const findings: AuditFinding[] = [];
  const torn: number[] = [];
  const latest = new Map<string, SealedRecord>();
  const hashes = new Set<string>();
  let line = 0;
  let records = 0;
  let begins: string | undefined;
  let ends: string | undefined;
  for await (const text of lines) {
    line += 1;
    if (text.trim() === '') continue;
    const record = parse(text);
    if (record === undefined) {
      torn.push(line);
      continue;
    }
    const found = (problem: string) => findings.push({ line, problem });
    if (!isUntouched(record, key)) found('The record is not as it was written, or it was written with another key.');
    const before = latest.get(record.chain);
    if (before === undefined) {
      if (begins === undefined) begins = record.previous;
      else if (!hashes.has(record.previous) && record.previous !== GENESIS)
        found('A new chain begins after a record that is not here: lines were removed or moved.');
      if (record.sequence !== 1 && hashes.size > 0) found('A chain does not begin with its first record.');
    } else if (record.previous !== before.hash || record.sequence !== before.sequence + 1) {
      found(`The record does not follow record ${before.sequence} of its chain: lines were removed, added or moved.`);
    }
    latest.set(record.chain, record);
    hashes.add(record.hash);
    ends = record.hash;
    records += 1;
  }
  return {
    records,
    chains: latest.size,
    findings,
    torn,
    ...(begins !== undefined && { begins }),
    ...(ends !== undefined && { ends }),
  };
}

function parse(text: string): SealedRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isRecord =
      typeof value === 'object' &&
      value !== null &&
      'hash' in value &&
      typeof value.hash === 'string' &&
      'previous' in value &&
      'chain' in value &&
      'sequence' in value;
    return isRecord ? (value as SealedRecord) : undefined;
  } catch {
    return undefined;
  }
}
