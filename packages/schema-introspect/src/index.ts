export { type CachedCatalog, type CatalogCache, type CatalogCacheOptions, createCatalogCache } from './cache.ts';
export { type DdlNotifierOptions, ddlNotifierSql } from './ddl-notifier-sql.ts';
export { type CatalogDiff, diffCatalogs, type TableChange } from './diff.ts';
export type { ListDiff } from './diff-list.ts';
export { IntrospectionError, type IntrospectionErrorCode } from './errors.ts';
export type { CatalogEvent, RefreshReason } from './events.ts';
export type { TableFamily } from './families.ts';
export { type FoundTables, findTables } from './find-tables.ts';
export { readFingerprint } from './fingerprint.ts';
export type { CompactDetails } from './formats/compact.ts';
export { type RenderDdlOptions, renderDdl } from './formats/ddl.ts';
export { renderJson } from './formats/json.ts';
export { type RenderMSchemaOptions, renderMSchema } from './formats/m-schema.ts';
export { type RenderMermaidOptions, renderMermaid } from './formats/mermaid.ts';
export type { RenderSource } from './formats/render-source.ts';
export { type IntrospectOptions, introspect } from './introspect.ts';
export { qualifiedName, quoteIdentifier, splitName } from './names.ts';
export type { Listener, Queryable } from './ports.ts';
export { prepareRanking, rankTables } from './rank.ts';
export type { RankedTable } from './ranked-table.ts';
export { readTypes, type TypeFact, type TypeKind } from './read-types.ts';
export { type RenderCompactOptions, renderCompact } from './render.ts';
export type {
  Column,
  ColumnStatistics,
  DatabaseCatalog,
  Partition,
  Partitioning,
  Schema,
  Table,
  TableKind,
  TableName,
} from './schema.ts';
export type {
  CheckConstraint,
  ExclusionConstraint,
  ForeignKey,
  Index,
  IndexKey,
  KeyConstraint,
  Policy,
  ReferentialAction,
  Trigger,
} from './schema-constraints.ts';
export type { SchemaObject, SchemaObjectKind } from './schema-object-list.ts';
export type {
  BaseType,
  CompositeType,
  DatabaseFunction,
  DomainType,
  EnumType,
  Extension,
  RangeType,
  Sequence,
  UserCast,
  UserOperator,
  UserTypeName,
} from './schema-objects.ts';
export { type SearchHit, type SearchQuery, type SearchResult, searchCatalog } from './search.ts';
export { type SearchValuesOptions, searchValues } from './search-values.ts';
export { type SchemaSlice, type SliceOptions, type SliceTable, selectSlice } from './slice.ts';
export { type CountTokens, estimateTokens } from './tokens.ts';
export { findValueHints, renderValueHints, type ValueHint, type ValueHintOptions } from './value-hints.ts';
export { type WatchDdlOptions, watchDdl } from './watch.ts';
