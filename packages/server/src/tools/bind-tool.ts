import { type CallToolResult, type McpServer, requireScopes, type ServerContext } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import { type Call, hasScope } from '../call.ts';
import { errorBody } from '../error-body.ts';
import { PgmcpError } from '../errors.ts';
import { runCall } from '../run-call.ts';
import type { Services } from '../services.ts';
import type { Attachment, Tool } from './define-tool.ts';
import { listedSchemas } from './listed-schema.ts';
import { parseArguments } from './parse-arguments.ts';
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
      try {
        const attachments: Attachment[] = [];
        const attach = (attachment: Attachment) => void attachments.push(attachment);
        const answer = readUserAnswer(server, context);
        const output = await runCall(tool.name, services, context, async (call) => {
          refuseWithoutScope(tool, call);
          return tool.run(parseArguments(tool, argumentsGiven), { services, call, answer, attach });
        });
        return output instanceof UserQuestion ? toInputRequired(output) : success(attachments, output);
      } catch (error) {
        return failure(
          error instanceof PgmcpError ? error : new PgmcpError('INTERNAL_ERROR', 'The answer could not be written.'),
        );
      }
    },
  );
}

/** Over HTTP the SDK has asked for the scope already, so that a client can ask its user; other transports end here. */
function refuseWithoutScope({ name, scope }: Tool, { caller }: Call): void {
  if (hasScope(caller, scope)) return;
  throw new PgmcpError('ACCESS_DENIED', `${name} needs the permission ${scope}, which this caller does not have.`, {
    details: { scope },
  });
}

/** The result twice: models of some clients see only the structured part, those of others only the text. */
function success(attachments: readonly Attachment[], output: unknown): CallToolResult {
  const text = JSON.stringify(output);
  return { content: [{ type: 'text', text }, ...attachments], structuredContent: output as Record<string, unknown> };
}

/** An error lives wholly in the text: clients drop the structured part of a failed call. */
function failure(error: PgmcpError): CallToolResult {
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error: errorBody(error) }) }] };
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
