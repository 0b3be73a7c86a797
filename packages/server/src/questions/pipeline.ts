import {
  type Ask,
  type AskEventListener,
  type AskPorts,
  type ContextPack,
  createAsk,
  type VerifiedPair,
} from '@pgmcp/nl2sql';
import type { QuestionsConfiguration } from '../config/index.ts';
import type { AskDatabase } from '../databases.ts';
import type { EncodedTable } from '../values/index.ts';
import type { ExampleShelf } from './example-shelf.ts';
import type { MeteredModel } from './metered-model.ts';
import { type QuestionPortParts, questionPorts } from './question-ports.ts';

/** What the question pipeline of one database stands on. */
export interface PipelineParts extends QuestionPortParts {
  readonly model: MeteredModel | undefined;
  readonly examples: ExampleShelf | undefined;
  readonly context: ContextPack;
  readonly verifiedPairs: readonly VerifiedPair[];
  readonly settings: QuestionsConfiguration;
  readonly maxRepairs: number;
  readonly validateResult: boolean;
  readonly onEvent: AskEventListener;
}

/**
 * Joins the libraries into the question pipeline of one database. It is built once, so that prompts begin with the same
 * text and providers cache it; what knows the caller (policy, session, limits, examples) is bound to each question.
 */
export function createQuestionPipeline(parts: PipelineParts): AskDatabase {
  const { settings, context, verifiedPairs, maxRepairs, validateResult, onEvent } = parts;
  const { valueHints, maxSchemaTokens, maxOutputTokens, extraCandidates, retryImplausible, timeZone } = settings;
  const ask: Ask<EncodedTable> = createAsk<EncodedTable>(unbound, {
    context,
    verifiedPairs,
    maxRepairs,
    validateResult,
    maxSchemaTokens,
    maxOutputTokens,
    extraCandidates,
    retryImplausible,
    timeZone,
    valueHints: valueHints !== 'off',
    onEvent,
  });
  return (question, { model, repairs = true, ...options }, call) => {
    const { parse, catalog, ...ports } = questionPorts(parts, call);
    return ask(question, {
      ...options,
      signal: call.signal,
      ports: {
        ...ports,
        ...(repairs && { parse, catalog }),
        model: model ?? parts.model?.(call.caller),
        examples: parts.examples?.for(parts.database, call),
      },
      onProgress: (event) => {
        const message = progressOf(event);
        if (message !== undefined) call.progress(message);
      },
    });
  };
}

/** Every question brings its own ports; without them nothing can be reached. */
const unbound: AskPorts<EncodedTable> = {
  schema: { describe: () => Promise.reject(new Error('no caller')) },
  check: { check: () => Promise.reject(new Error('no caller')) },
  runner: { explain: () => Promise.reject(new Error('no caller')), run: () => Promise.reject(new Error('no caller')) },
};

/** A stage as a client shows it. */
function progressOf(event: Parameters<AskEventListener>[0]): string | undefined {
  switch (event.type) {
    case 'linking':
    case 'executing':
    case 'checking':
    case 'verified':
    case 'voting':
      return event.type;
    case 'generating':
    case 'validating':
      return event.round === 0 ? event.type : `${event.type} (round ${event.round + 1})`;
    case 'linked':
      return `linked: ${event.tables} tables, ${event.tokens} tokens`;
    case 'repaired':
      return `repaired by rule: ${event.repairs.map(({ rule }) => rule).join(', ')}`;
    case 'repairing':
      return `repairing${event.sqlState === undefined ? '' : ` after ${event.sqlState}`}`;
    default:
      return undefined;
  }
}
