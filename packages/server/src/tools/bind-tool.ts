import { type CallToolResult, type McpServer, requireScopes, type ServerContext } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import { runCall } from '../run-call.ts';
import type { Services } from '../services.ts';
import { callTool } from './call-tool.ts';
import type { Tool } from './define-tool.ts';
import { listedSchemas } from './listed-schema.ts';
import { readUserAnswer, toInputRequired } from './user-answer.ts';
import { UserQuestion } from './user-question.ts';

/**
 * Registers a tool with the protocol's SDK: arguments in, a result or a structured error out, nothing thrown.
 *
 * Anything thrown in an SDK handler reaches the client verbatim, so everything is caught, redacted and shaped here.
 */
export function bindTool(server: McpServer, tool: Tool, services: Services): void {
  server.registerTool(
    tool.name,
    {
      title: tool.title,
      description: tool.description,
      inputSchema: listedOnly(tool.input, tool),
      outputSchema: listedOnly(tool.output, tool),
      annotations: { ...tool.annotations },
      scopeChallenge: requireScopes(tool.scope),
    },
    async (argumentsGiven: unknown, context: ServerContext) => {
      const readAnswer = () => readUserAnswer(server, context);
      const result = await callTool({ tool, argumentsGiven, readAnswer, services }, (work) =>
        runCall(tool.name, services, context, work),
      );
      return result instanceof UserQuestion ? toInputRequired(result) : (result as CallToolResult);
    },
  );
}

/**
 * The schema for `tools/list` alone. Input is checked by `parseArguments` (once, with our own errors); output is what `run`
 * was typed to return, and the SDK's second validation of a large result would cost as much as building it.
 */
function listedOnly<Schema extends z.ZodType>(schema: Schema, tool: Tool) {
  const listed = listedSchemas(tool);
  const jsonSchema = { input: () => listed.input, output: () => listed.output };
  return {
    '~standard': { ...schema['~standard'], validate: (value: unknown) => ({ value }), jsonSchema },
  } as unknown as Schema;
}
