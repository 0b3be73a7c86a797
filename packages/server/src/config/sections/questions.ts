import { z } from 'zod';
import { defineSection } from '../define-section.ts';
import { choice, line, toggle, wholeNumber } from '../kinds.ts';
import { setting } from '../setting.ts';

const PREFIX = 'PG_MCP_QUESTIONS';

const isTimeZone = (name: string): boolean => {
  // The default. Node takes some milliseconds to load what it knows of dates, at every start.
  if (name === 'UTC') return true;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone);
  } catch {
    return false;
  }
};

const questionsSchema = z.strictObject({
  maxSchemaTokens: setting(wholeNumber(100, 1_000_000), {
    environment: `${PREFIX}_MAX_SCHEMA_TOKENS`,
    description:
      'Tokens of the schema in a prompt at most. When all tables fit they are all there, else the best ones.',
    default: 8_000,
  }),
  maxOutputTokens: setting(wholeNumber(1, 1_000_000), {
    environment: `${PREFIX}_MAX_OUTPUT_TOKENS`,
    description: 'Tokens that the model may write in one call, reasoning included. Without it: as many as it likes.',
    example: 4000,
  }),
  valueHints: setting(choice(['off', 'enums', 'statistics']), {
    environment: `${PREFIX}_VALUE_HINTS`,
    description:
      'Stored values that the model is shown when a question mentions them. enums: labels of enum types, which are structure. statistics: common values of columns too, which are data and leave for the model.',
    default: 'enums',
  }),
  onAmbiguity: setting(choice(['ask', 'assume']), {
    environment: `${PREFIX}_ON_AMBIGUITY`,
    description:
      'When a question can be read in several ways. ask: the person behind the client is asked, where the client can, else the call fails with the readings. assume: the most likely one is answered and stated.',
    default: 'ask',
  }),
  extraCandidates: setting(wholeNumber(0, 4), {
    environment: `${PREFIX}_EXTRA_CANDIDATES`,
    description:
      'Further statements that are asked for when something speaks against the first one; their results vote. Each costs one call of the model.',
    default: 0,
  }),
  retryImplausible: setting(toggle(), {
    environment: `${PREFIX}_RETRY_IMPLAUSIBLE`,
    description:
      'Ask the model once more when a statement looks wrong before it runs, or its result is empty or otherwise implausible.',
    default: false,
  }),
  examples: setting(toggle(), {
    environment: `${PREFIX}_EXAMPLES`,
    description:
      'Use remembered examples: confirmed ones answer the same question, others are shown to the model with questions like theirs.',
    default: true,
  }),
  timeZone: setting(line('an IANA time zone such as Europe/Berlin', /^[\w+/-]{1,64}$/), {
    environment: `${PREFIX}_TIME_ZONE`,
    description: 'The time zone in which "today" is meant in a question.',
    default: 'UTC',
  }),
});

/** How questions in plain language are answered. */
export interface QuestionsConfiguration {
  readonly maxSchemaTokens: number;
  readonly maxOutputTokens?: number;
  readonly valueHints: 'off' | 'enums' | 'statistics';
  readonly onAmbiguity: 'ask' | 'assume';
  readonly extraCandidates: number;
  readonly retryImplausible: boolean;
  readonly examples: boolean;
  readonly timeZone: string;
}

/** Questions in plain language. */
export const questionsSection = defineSection({
  title: 'Questions',
  about: 'How a question in plain language becomes an answer: see [questions.md](questions.md).',
  schema: questionsSchema,
  resolve({ maxOutputTokens, ...settings }, { problem }): QuestionsConfiguration {
    if (!isTimeZone(settings.timeZone)) {
      problem(
        'timeZone',
        `${settings.timeZone} is not a time zone that this system knows. Write one such as Europe/Berlin.`,
      );
    }
    return { ...settings, ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }) };
  },
});
