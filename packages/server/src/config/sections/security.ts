import { z } from 'zod';
import { defineSection } from '../define-section.ts';
import { duration, secretText } from '../kinds.ts';
import type { Secret } from '../secret.ts';
import { setting } from '../setting.ts';
import { DEFAULT_POLICY, type PolicyConfiguration, policySettings, readPolicy } from './policy.ts';

const securitySchema = z.strictObject({
  ...policySettings,
  hashKey: setting(secretText(), {
    environment: 'PG_MCP_SECURITY_HASH_KEY',
    description:
      'The key of the hashes that stand for hashed columns. The same key gives the same hashes after a restart and on every replica. Without it: a new one for each process.',
    secret: true,
  }),
  confirmationTtl: setting(duration('10s', '1h'), {
    environment: 'PG_MCP_SECURITY_CONFIRMATION_TTL',
    description: 'How long the token of a preview may be used to confirm it.',
    default: '5m',
  }),
});

/** What statements may do, and what serves every database. */
export interface SecurityConfiguration extends PolicyConfiguration {
  readonly hashKey?: Secret;
  readonly confirmationTtlMs: number;
}

/** What statements may do. */
export const securitySection = defineSection({
  title: 'Security',
  about:
    'What statements may do. docs/security.md says what each layer holds. A database in the file may carry a mapping `security` with the same keys (but the hash key and the confirmation), which replace these one by one for it.',
  schema: securitySchema,
  resolve({ hashKey, confirmationTtl, ...written }, { problem, notice }): SecurityConfiguration {
    return {
      ...DEFAULT_POLICY,
      ...readPolicy(written, problem, notice),
      ...(hashKey !== undefined && { hashKey }),
      confirmationTtlMs: confirmationTtl,
    };
  },
});
