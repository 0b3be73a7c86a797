export { type Ask, type AskFactoryOptions, type AskOptions, createAsk } from './ask.ts';
export { withoutPrefix } from './database-error.ts';
export { Nl2sqlError, type Nl2sqlErrorCode, type Nl2sqlErrorDetails } from './errors.ts';
export type { AskEvent, AskEventListener } from './events.ts';
export type {
  Answered,
  Attempt,
  AttemptError,
  AttemptStage,
  Failed,
  HandedOver,
  NeedsClarification,
  Outcome,
  OutcomeDetails,
  OutcomeUsage,
  Refused,
  ResultValidation,
  SqlSource,
  Unanswerable,
} from './outcome.ts';
export type {
  AskPorts,
  ChatMessage,
  Completion,
  CompletionRequest,
  LanguageModel,
  Plan,
  ResultTable,
  SchemaContext,
  SchemaSlice,
  SliceTable,
  SqlCheck,
  SqlRelation,
  SqlRunner,
  SqlVerdict,
  SqlViolation,
  TokenUsage,
} from './ports.ts';
export type { VerifiedPair } from './verified.ts';
