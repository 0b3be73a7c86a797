import { randomUUID } from 'node:crypto';
import type { Call, FinishedCall } from '../call.ts';
import type { AuditConfiguration } from '../config/index.ts';
import { PgmcpError } from '../errors.ts';
import { type Logger, redact } from '../observe/index.ts';
import type { StatementRecord } from '../statement-record.ts';
import { type SealedRecord, seal } from './chain.ts';
import { type AuditRecord, auditRecord } from './record.ts';
import type { AuditSink } from './sinks.ts';

/** The audit log of the process. */
export interface Audit {
  readonly enabled: boolean;
  /**
   * Asked before a call begins.
   * @throws PgmcpError `INTERNAL_ERROR` while records cannot be written and the policy is fail-closed.
   */
  admit(): Promise<void>;
  /**
   * Writes that statements are about to run whose effects stay: should the process be killed, this is all that is left of them.
   * @throws PgmcpError `INTERNAL_ERROR` when it cannot be written and the policy is fail-closed: they must not run.
   */
  begin(call: Call, statements: readonly StatementRecord[]): Promise<void>;
  /**
   * Writes the record of a call, refused ones too.
   * @throws PgmcpError `INTERNAL_ERROR` when it cannot be written and the policy is fail-closed: the call must not be answered.
   */
  record(finished: FinishedCall): Promise<void>;
  readonly state: {
    /** The last write failed. */
    readonly failing: boolean;
    /** Records that wait for their place. */
    readonly waiting: number;
    /** Records that found no room since the start. */
    readonly dropped: number;
  };
  /** Writes what waits, if it can. */
  close(): Promise<void>;
}

/** What {@link createAudit} stands on. */
export interface AuditParts {
  readonly sinks: readonly AuditSink[];
  readonly configuration: AuditConfiguration;
  readonly logger: Logger;
}

/** One place with what it still has to be given. */
interface Channel {
  readonly sink: AuditSink;
  readonly chain: string;
  waiting: AuditRecord[];
  sequence: number;
  previous: string | undefined;
  failing: boolean;
  writing: Promise<boolean>;
}

/** How a write has ended that nobody has seen the end of. */
const BEGUN = 'begun';

/** Most records in one write. */
const BATCH = 500;

/** Makes the audit log. Records are sealed when they are written: one that is lost leaves no gap that looks like a removal. */
export function createAudit({ sinks, configuration, logger }: AuditParts): Audit {
  const { bufferSize, onFailure } = configuration;
  const key = configuration.key?.reveal();
  let dropped = 0;
  let lastFailure: unknown;
  const channels = sinks.map(
    (sink): Channel => ({
      sink,
      chain: randomUUID(),
      waiting: [],
      sequence: 0,
      previous: undefined,
      failing: false,
      writing: Promise.resolve(true),
    }),
  );

  async function writeAll(channel: Channel): Promise<boolean> {
    try {
      channel.previous ??= await channel.sink.lastHash();
      while (channel.waiting.length > 0) {
        const batch = channel.waiting.slice(0, BATCH);
        let { previous, sequence } = channel;
        const sealed = batch.map((record): SealedRecord => {
          sequence += 1;
          const next = seal(record, { chain: channel.chain, sequence, previous: previous ?? '' }, key);
          previous = next.hash;
          return next;
        });
        const written = await channel.sink.write(sealed);
        channel.previous = sealed[written - 1]?.hash ?? channel.previous;
        channel.sequence += written;
        channel.waiting = channel.waiting.slice(written);
      }
      if (channel.failing) logger.info({ sink: channel.sink.name }, 'audit records can be written again');
      channel.failing = false;
      return true;
    } catch (error) {
      const reason = redact(error instanceof Error ? error.message : String(error));
      if (!channel.failing) {
        logger.error({ sink: channel.sink.name, reason, policy: onFailure }, 'audit records cannot be written');
      }
      channel.failing = true;
      lastFailure = error;
      return false;
    }
  }

  /** One write at a time: the chain has one order. */
  function flush(channel: Channel): Promise<boolean> {
    channel.writing = channel.writing.then(() => writeAll(channel));
    return channel.writing;
  }

  const flushAll = async () => (await Promise.all(channels.map(flush))).every(Boolean);

  function refuseWhenClosed(written: boolean): void {
    if (written || onFailure === 'buffer') return;
    throw new PgmcpError(
      'INTERNAL_ERROR',
      'Nothing is answered while the audit log cannot be written. Ask the operator of this server: its own log says why.',
      { retryable: true, cause: lastFailure },
    );
  }

  async function write(record: AuditRecord): Promise<void> {
    if (channels.length === 0) return;
    let hasRoom = true;
    for (const channel of channels) {
      if (channel.waiting.length < bufferSize) channel.waiting.push(record);
      else {
        dropped += 1;
        hasRoom = false;
      }
    }
    const written = flushAll();
    // What may wait in memory need not be waited for.
    if (onFailure === 'fail-closed') refuseWhenClosed((await written) && hasRoom);
  }

  return {
    enabled: channels.length > 0,
    async admit() {
      const isUnsure = channels.some(({ failing, previous }) => failing || previous === undefined);
      if (onFailure === 'fail-closed' && isUnsure) refuseWhenClosed(await flushAll());
    },
    async begin(call, statements) {
      const begun = { call, startedAtMs: Date.now(), durationMs: 0, statements };
      await write({ ...auditRecord(begun), outcome: BEGUN });
    },
    record: (finished) => write(auditRecord(finished)),
    state: {
      get failing() {
        return channels.some(({ failing }) => failing);
      },
      get waiting() {
        return Math.max(0, ...channels.map(({ waiting }) => waiting.length));
      },
      get dropped() {
        return dropped;
      },
    },
    async close() {
      await flushAll();
    },
  };
}
