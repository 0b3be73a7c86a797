import { z } from 'zod';
import { defineSection } from '../define-section.ts';
import { choice, redisUrl, toggle, wholeNumber } from '../kinds.ts';
import type { Secret } from '../secret.ts';
import { setting } from '../setting.ts';

const rateLimitSchema = z.strictObject({
  enabled: setting(toggle(), {
    environment: 'PG_MCP_RATE_LIMIT_ENABLED',
    description: 'Whether the limits below hold.',
    default: true,
  }),
  requestsPerMinute: setting(wholeNumber(1, 1_000_000), {
    environment: 'PG_MCP_RATE_LIMIT_REQUESTS_PER_MINUTE',
    description:
      'Requests of one caller in any minute: tool calls, resources that are read; over HTTP lists, prompts and completions too, except the list of tools.',
    default: 60,
  }),
  requestsPerHour: setting(wholeNumber(1, 100_000_000), {
    environment: 'PG_MCP_RATE_LIMIT_REQUESTS_PER_HOUR',
    description: 'The same in any hour.',
    default: 1000,
  }),
  openaiTokensPerMinute: setting(wholeNumber(1, 1_000_000_000), {
    environment: 'PG_MCP_RATE_LIMIT_OPENAI_TOKENS_PER_MINUTE',
    description: 'Model tokens of one caller in any minute.',
    default: 100_000,
  }),
  databaseSecondsPerMinute: setting(wholeNumber(1, 1_000_000), {
    environment: 'PG_MCP_RATE_LIMIT_DATABASE_SECONDS_PER_MINUTE',
    description:
      'Seconds that statements of one caller may take in databases in any minute, charged when they have ended: what is over the limit has to pass before the next call.',
    default: 300,
  }),
  maxConcurrentCalls: setting(wholeNumber(1, 100_000), {
    environment: 'PG_MCP_RATE_LIMIT_MAX_CONCURRENT_CALLS',
    description: 'Tool calls of one caller under way at once, in each process.',
    default: 20,
  }),
  backend: setting(choice(['memory', 'postgresql', 'redis']), {
    environment: 'PG_MCP_RATE_LIMIT_BACKEND',
    description:
      'Where calls are counted. memory: in each process by itself. postgresql: beside the records of the server (PG_MCP_STORE_URL). redis: Redis or Valkey, with the package ioredis installed beside. The last two count for every replica together.',
    default: 'memory',
  }),
  redisUrl: setting(redisUrl(), {
    environment: 'PG_MCP_RATE_LIMIT_REDIS_URL',
    description: 'The address of Redis or Valkey.',
    example: 'redis://limits.example.com:6379',
    secret: true,
  }),
  replicas: setting(wholeNumber(1, 10_000), {
    environment: 'PG_MCP_RATE_LIMIT_REPLICAS',
    description:
      'How many processes share the limits. While their place does not answer, each allows its share of them by itself.',
    default: 1,
  }),
});

/** Limits per caller. */
export interface RateLimitConfiguration {
  readonly enabled: boolean;
  readonly requestsPerMinute: number;
  readonly requestsPerHour: number;
  readonly openaiTokensPerMinute: number;
  readonly databaseSecondsPerMinute: number;
  readonly maxConcurrentCalls: number;
  readonly backend: 'memory' | 'postgresql' | 'redis';
  /** There when the backend is redis. */
  readonly redisUrl?: Secret;
  readonly replicas: number;
}

/** Limits per caller. */
export const rateLimitSection = defineSection({
  title: 'Rate limits',
  about: 'Per caller, over sliding windows.',
  schema: rateLimitSchema,
  resolve({ redisUrl: url, ...same }, { problem }): RateLimitConfiguration {
    if (same.backend === 'redis' && url === undefined) {
      problem('backend', 'It also needs PG_MCP_RATE_LIMIT_REDIS_URL, the address of Redis.');
    }
    if (same.backend !== 'redis' && url !== undefined) {
      problem('redisUrl', 'It is not used: set PG_MCP_RATE_LIMIT_BACKEND to redis as well, or remove it.');
    }
    return { ...same, ...(url !== undefined && { redisUrl: url }) };
  },
});
