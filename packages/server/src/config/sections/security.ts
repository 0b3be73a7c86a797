import { z } from 'zod';
import { defineSection } from '../define-section.ts';
import { lines, wholeNumber } from '../kinds.ts';
import { setting } from '../setting.ts';

/** No bare star and no star for a whole schema: each function is trusted by its name. */
const functionPattern = /^(?:[^\s,;'"()*.]{1,63}\.)?[^\s,;'"()*.]{1,63}\*?$/;

const securitySchema = z.strictObject({
  allowedFunctions: setting(lines('names separated by commas: name, schema.name or schema.prefix*', functionPattern), {
    environment: 'PG_MCP_SECURITY_ALLOWED_FUNCTIONS',
    description:
      'Functions of your own or of extensions that statements may call besides those of PostgreSQL that are known to be harmless. Each is trusted to read only.',
    example: 'public.similarity, geo.st_*',
  }),
  maxGeneratedSize: setting(wholeNumber(1, 1_000_000_000), {
    environment: 'PG_MCP_SECURITY_MAX_GENERATED_SIZE',
    description:
      'Largest constant size for functions that build values or rows, such as repeat and generate_series: PostgreSQL builds them before any other limit holds.',
    default: 1_000_000,
  }),
});

/** What statements may do beyond the guard's defaults. */
export interface SecurityConfiguration {
  /** Functions that may be called, as `name`, `schema.name` or `schema.prefix*`. */
  readonly allowedFunctions: readonly string[];
  /** Largest constant size for functions that build values or rows. */
  readonly maxGeneratedSize: number;
}

/** What statements may do. */
export const securitySection = defineSection({
  title: 'Security',
  about: 'What statements may do beyond the defaults of the guard.',
  schema: securitySchema,
  resolve: ({ allowedFunctions = [], ...same }): SecurityConfiguration => ({ ...same, allowedFunctions }),
});
