export { type Ask, type AskFactoryOptions, type AskOptions, type Clarification, createAsk } from './ask.ts';
export type { AttemptError } from './attempt-error.ts';
export type { Agreement, Confidence } from './confidence.ts';
export {
  type ApprovedJoin,
  type ContextPack,
  type DescribedName,
  type DescribedTable,
  type NamedSql,
  readContextPack,
} from './context/context-pack.ts';
export { withoutPrefix } from './database-error.ts';
export { Nl2sqlError, type Nl2sqlErrorCode, type Nl2sqlErrorDetails } from './errors.ts';
export type { AskEvent, AskEventListener } from './events.ts';
export type { Finding, FindingKind } from './inspect/finding.ts';
export { exportExamples, importExamples } from './memory/example-file.ts';
export {
  createExample,
  createExampleMemory,
  type ExampleFacts,
  type ExampleMemory,
  type QuarantinedExample,
  rebindExamples,
} from './memory/examples.ts';
export { rankExamples } from './memory/rank-examples.ts';
export type {
  Answered,
  Attempt,
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
  Catalog,
  CatalogColumn,
  CatalogForeignKey,
  CatalogSnapshot,
  CatalogTable,
  ChatMessage,
  Completion,
  CompletionRequest,
  Embedder,
  Embeddings,
  Example,
  ExampleCollection,
  ExampleMatch,
  LanguageModel,
  NearestQuery,
  ParseTree,
  Plan,
  ResultTable,
  SchemaContext,
  SchemaSlice,
  SliceTable,
  SqlCheck,
  SqlParse,
  SqlRelation,
  SqlRunner,
  SqlVerdict,
  SqlViolation,
  TokenUsage,
} from './ports.ts';
export type { Repair, RepairRule } from './repair/repair-step.ts';
export { normalizeQuestion, type VerifiedPair } from './verified.ts';
