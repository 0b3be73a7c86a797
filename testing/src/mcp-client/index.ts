export { connectMcpClient, type McpClientOptions } from './connect-mcp-client.ts';
export type {
  CallOptions,
  CallProgress,
  CompletionReference,
  ListedResource,
  ListedTool,
  McpCalls,
  McpTestClient,
  ProtocolEra,
  ResourcePart,
  ToolResult,
} from './mcp-test-client.ts';
export type { ProcessEnd, ServerCommand, ServerProcess } from './server-process.ts';
export type { ElicitedAnswer, ElicitedQuestion, OnElicit, ServerAddress } from './wire.ts';
