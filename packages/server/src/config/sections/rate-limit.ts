import { z } from 'zod';
import { defineSection } from '../define-section.ts';
import { toggle, wholeNumber } from '../kinds.ts';
import { setting } from '../setting.ts';

const rateLimitSchema = z.strictObject({
  enabled: setting(toggle(), {
    environment: 'PG_MCP_RATE_LIMIT_ENABLED',
    description: 'Whether the limits below hold.',
    default: true,
  }),
  requestsPerMinute: setting(wholeNumber(1, 1_000_000), {
    environment: 'PG_MCP_RATE_LIMIT_REQUESTS_PER_MINUTE',
    description: 'Tool calls of one caller in any minute.',
    default: 60,
  }),
  requestsPerHour: setting(wholeNumber(1, 100_000_000), {
    environment: 'PG_MCP_RATE_LIMIT_REQUESTS_PER_HOUR',
    description: 'Tool calls of one caller in any hour.',
    default: 1000,
  }),
  openaiTokensPerMinute: setting(wholeNumber(1, 1_000_000_000), {
    environment: 'PG_MCP_RATE_LIMIT_OPENAI_TOKENS_PER_MINUTE',
    description: 'Model tokens of one caller in any minute.',
    default: 100_000,
  }),
});

/** Limits per caller. */
export interface RateLimitConfiguration {
  readonly enabled: boolean;
  readonly requestsPerMinute: number;
  readonly requestsPerHour: number;
  readonly openaiTokensPerMinute: number;
}

/** Limits per caller. */
export const rateLimitSection = defineSection({
  title: 'Rate limits',
  about: 'Per caller, over sliding windows, in the memory of the process.',
  schema: rateLimitSchema,
  resolve: (settings): RateLimitConfiguration => settings,
});
