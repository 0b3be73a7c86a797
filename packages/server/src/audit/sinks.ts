import { open, readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { Storage } from '../storage/index.ts';
import { GENESIS, type SealedRecord } from './chain.ts';
import { auditRecordSchema } from './record.ts';

/** A place for audit records. */
export interface AuditSink {
  readonly name: string;
  /** The hash that a new chain goes on from. */
  lastHash(): Promise<string>;
  /** @returns how many of them, from the first, stand there now. Rejects when none does, of which a part may stand there. */
  write(records: readonly SealedRecord[]): Promise<number>;
}

/** How much of the end of a file is read to find its last record. */
const TAIL_BYTES = 1_048_576;

/**
 * Appends to a file, opened anew for each write: a file that was rotated or removed is made again, readable by this user alone.
 */
export function fileSink(path: string): AuditSink {
  let isTorn = false;
  return {
    name: path,
    async lastHash() {
      // Asked before the first call begins: a place that cannot be written is found out now.
      await (await open(path, 'a', 0o600)).close();
      const size = await stat(path).then(
        (facts) => facts.size,
        () => 0,
      );
      if (size === 0) return GENESIS;
      const text = await tail(path, size);
      isTorn = !text.endsWith('\n');
      for (const line of text.split('\n').reverse()) {
        const hash = hashIn(line);
        if (hash !== undefined) return hash;
      }
      return GENESIS;
    },
    async write(records) {
      const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
      // What follows a part of a line begins a line of its own.
      const start = isTorn ? '\n' : '';
      const bytes = Buffer.from(start + lines);
      const { taken, failure } = await append(path, bytes);
      if (taken > 0) isTorn = bytes[taken - 1] !== NEWLINE;
      if (failure === undefined) return records.length;
      // A record that stands there whole is not written again: twice in a chain looks like a forgery.
      const whole = bytes
        .subarray(start.length, Math.max(taken, start.length))
        .filter((byte) => byte === NEWLINE).length;
      // All of them, and yet a failure: they may not have come as far as the disk.
      if (whole === 0 || whole === records.length) throw failure;
      return whole;
    },
  };
}

const NEWLINE = 0x0a;

/** Appends what the disk takes, and says how many bytes that were and why no more. */
async function append(path: string, bytes: Buffer): Promise<{ readonly taken: number; readonly failure?: unknown }> {
  let taken = 0;
  try {
    const handle = await open(path, 'a', 0o600);
    try {
      while (taken < bytes.length) taken += (await handle.write(bytes, taken)).bytesWritten;
    } finally {
      await handle.close();
    }
    return { taken };
  } catch (failure) {
    return { taken, failure };
  }
}

async function tail(path: string, size: number): Promise<string> {
  if (size <= TAIL_BYTES) return readFile(path, 'utf8');
  const handle = await open(path, 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, size - TAIL_BYTES);
    return buffer.toString('utf8');
  } finally {
    await handle.close();
  }
}

function hashIn(line: string): string | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'hash' in value && typeof value.hash === 'string'
      ? value.hash
      : undefined;
  } catch {
    return undefined;
  }
}

const sealedSchema = auditRecordSchema.extend({
  chain: z.string(),
  sequence: z.number(),
  previous: z.string(),
  hash: z.string(),
});

/** All chains in one scope, so that a walk sees them in the order in which they were written. */
const SCOPE = 'audit';

/** The records of the store, one partition a day. */
export function auditCollection(storage: Storage) {
  return storage
    .collection<SealedRecord>('audit', {
      parse: (data) => sealedSchema.parse(data) as SealedRecord,
      partition: { by: 'time', every: 'day', ahead: 7 },
    })
    .within(SCOPE);
}

/** Writes to the store. */
export function storeSink(records: ReturnType<typeof auditCollection>): AuditSink {
  return {
    name: 'store',
    // Each process begins a chain of its own: a look at the last record would race with the other replicas.
    lastHash: async () => GENESIS,
    async write(sealed) {
      // Each record is new. Replacing would need a right to UPDATE, which a role that only adds to the log does not have.
      await records.saveMany(
        sealed.map((data) => ({ data })),
        { onConflict: 'append' },
      );
      return sealed.length;
    },
  };
}
