export { type Queryable, readCatalogSnapshot } from './catalog/read-snapshot.ts';
export type {
  CatalogCast,
  CatalogColumn,
  CatalogFunction,
  CatalogOperator,
  CatalogRelation,
  CatalogSnapshot,
  CatalogType,
} from './catalog/snapshot.ts';
export { GuardError, type GuardErrorCode } from './errors.ts';
export type { GuardEvent } from './events.ts';
export { packNames as extensionNames } from './extension-packs.ts';
export { createGuard, type Guard } from './guard.ts';
export { prepareGuardThread } from './guard-thread.ts';
export { createGuardThreads, type GuardThreadsOptions } from './guard-threads.ts';
export type {
  CheckContext,
  ColumnPolicy,
  FunctionPolicy,
  GuardLimits,
  GuardMode,
  GuardOptions,
  GuardThreads,
  StatementOption,
  StatementPolicy,
  TablePolicy,
} from './policy.ts';
export type {
  AllowedVerdict,
  ColumnUse,
  FunctionUse,
  ParseOutcome,
  ParseTree,
  Position,
  RawStatement,
  RefusedVerdict,
  RelationUse,
  StatementKind,
  StatementSummary,
  Verdict,
  Violation,
  ViolationCode,
} from './verdict.ts';
