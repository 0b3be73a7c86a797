import { z } from 'zod';
import { defineSection } from '../define-section.ts';
import { choice, line, secretText, toggle, wholeNumber } from '../kinds.ts';
import type { Secret } from '../secret.ts';
import { setting } from '../setting.ts';

const auditSchema = z.strictObject({
  file: setting(line('the path of a file'), {
    environment: 'PG_MCP_AUDIT_FILE',
    description:
      'A file to which one JSON line per call is appended, each with the hash of the one before. Made when it is not there, with mode 600.',
    example: '/var/log/pgmcp/audit.jsonl',
    path: true,
  }),
  store: setting(toggle(), {
    environment: 'PG_MCP_AUDIT_STORE',
    description: 'Whether the same records go to the store. Needs a store that outlives the process.',
    default: false,
  }),
  onFailure: setting(choice(['fail-closed', 'buffer']), {
    environment: 'PG_MCP_AUDIT_ON_FAILURE',
    description:
      'When a record cannot be written: fail-closed gives no answer and begins nothing; buffer keeps bufferSize records in memory and goes on, and counts those that found no room.',
    default: 'fail-closed',
  }),
  bufferSize: setting(wholeNumber(1, 1_000_000), {
    environment: 'PG_MCP_AUDIT_BUFFER_SIZE',
    description: 'Records that wait in memory at most.',
    default: 10_000,
  }),
  key: setting(secretText(), {
    environment: 'PG_MCP_AUDIT_KEY',
    description:
      'Key of the hash chain (HMAC-SHA-256) and of the hashes of parameters. Without it anybody who can write the file can make a new chain.',
    secret: true,
  }),
});

/** Where the audit records go, and what happens when they cannot be written. */
export interface AuditConfiguration {
  /** Absolute path. */
  readonly file?: string;
  readonly store: boolean;
  readonly onFailure: 'fail-closed' | 'buffer';
  readonly bufferSize: number;
  readonly key?: Secret;
}

/** The audit log. */
export const auditSection = defineSection({
  title: 'Audit',
  about: 'One record per call, refused ones too, apart from the log. Off until a file or the store is named.',
  schema: auditSchema,
  resolve({ file, key, ...same }, { problem }): AuditConfiguration {
    if (key !== undefined && file === undefined && !same.store)
      problem(
        'key',
        'There is no audit log that it could seal. Set the file or the store of the audit, or remove this.',
      );
    return { ...same, ...(file !== undefined && { file }), ...(key !== undefined && { key }) };
  },
});
