export { runAdmitted } from './admitted-request.ts';
export { type ApiKey, type ApiKeys, looksLikeApiKey, type NewApiKey } from './api-keys.ts';
export {
  type Call,
  type Caller,
  type CallerIdentity,
  callerKey,
  hasScope,
  LOCAL_CALLER,
  SCOPES,
  type Scope,
} from './call.ts';
export { CALLER_KEY, FIXED_SCOPES_KEY } from './caller-of.ts';
export { cacheCompiledCode } from './cli/cache-compiled-code.ts';
export { prepareToServe } from './cli/prepare-to-serve.ts';
export { processHost } from './cli/process-host.ts';
export type { Demo, Program, ProgramFlag, ProgramHost, Serving } from './cli/program.ts';
export { runProgram } from './cli/run-program.ts';
export {
  type Configuration,
  ConfigurationError,
  type ConfigurationSources,
  describeConfiguration,
  loadConfiguration,
} from './config/index.ts';
export type { AuthConfiguration, OAuthConfiguration, TrustedProxyConfiguration } from './config/sections/auth.ts';
export type { HttpConfiguration } from './config/sections/http.ts';
export { createServices, type ServicesOptions } from './create-services.ts';
export type { ConnectedDatabase, Databases } from './databases.ts';
export { type EmbeddedCall, type EmbeddedTools, embedTools, type ListedTool } from './embedded-tools.ts';
export { ERROR_CODES, type ErrorCode, type ErrorDetails, PgmcpError, type PgmcpErrorOptions } from './errors.ts';
export type { Executor, ExplainedStatement, OutsideStatement } from './execute.ts';
export { createServerFactory } from './factory.ts';
export type { Admission, Limits } from './limits/index.ts';
export { createLogger, type Logger } from './observe/index.ts';
export { recordTurnedAway, type TurnedAway } from './record-turned-away.ts';
export { renderTable } from './render-table.ts';
export { databaseOfUri } from './resources/schema-uri.ts';
export { runScript } from './run-script.ts';
export { schemaOverview } from './schema-overview.ts';
export type { DatabaseStatus, ServiceHealth } from './service-health.ts';
export type { QuestionRequest, Services } from './services.ts';
export type { StatementRecord } from './statement-record.ts';
export { noteToolCalled } from './tool-called.ts';
export type { ToolResult } from './tools/call-tool.ts';
export { defineTool, READS_ONLY, type Tool, type ToolAnnotations, type ToolContext } from './tools/define-tool.ts';
export { TOOLS } from './tools/index.ts';
export { listedSchemas } from './tools/listed-schema.ts';
export { toolsFor } from './tools/tools-for.ts';
export { TOOLSETS, type Toolset, toolsetsOf } from './tools/toolset.ts';
export type { EncodedTable } from './values/index.ts';
export { VERSION } from './version.ts';
