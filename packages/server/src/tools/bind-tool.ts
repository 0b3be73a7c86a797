import { randomUUID } from 'node:crypto';
import type { CallToolResult, McpServer, ServerContext } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import type { Call } from '../call.ts';
import { toPgmcpError } from '../classify-error.ts';
import type { PgmcpError } from '../errors.ts';
import { refuseOverLimit } from '../refuse-over-limit.ts';
import type { Services } from '../services.ts';
import type { Tool } from './define-tool.ts';
import { parseArguments } from './parse-arguments.ts';

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
      inputSchema: listedOnly(tool.input),
      outputSchema: listedOnly(tool.output),
      annotations: { title: tool.title, ...tool.annotations },
    },
    (argumentsGiven: unknown, context: ServerContext) => runTool(tool, argumentsGiven, services, context),
  );
}

/** One call of a tool from raw arguments to a protocol result. */
async function runTool(
  tool: Tool,
  argumentsGiven: unknown,
  services: Services,
  context: ServerContext,
): Promise<CallToolResult> {
  const call = callOf(tool, services, context);
  const startedAt = performance.now();
  const finished = services.inFlight.start();
  try {
    const input = parseArguments(tool, argumentsGiven);
    refuseOverLimit(await services.limits.admitRequest(call.caller.id));
    const output = await tool.run(input, { services, call });
    const result = success(output);
    services.recordCall({ call, durationMs: performance.now() - startedAt });
    return result;
  } catch (thrown) {
    const error = toPgmcpError(thrown, call);
    services.recordCall({ call, durationMs: performance.now() - startedAt, error, thrown });
    return failure(error, call);
  } finally {
    finished();
  }
}

function callOf(tool: Tool, services: Services, context: ServerContext): Call {
  const progressToken = context.mcpReq._meta?.progressToken;
  let step = 0;
  return {
    requestId: randomUUID(),
    tool: tool.name,
    caller: services.callerOf(context.http?.authInfo),
    signal: AbortSignal.any([context.mcpReq.signal, services.shutdownSignal]),
    progress: (message) => {
      if (progressToken === undefined) return;
      step += 1;
      // A client that left no longer wants progress; its call is aborted by its signal.
      context.mcpReq
        .notify({ method: 'notifications/progress', params: { progressToken, progress: step, message } })
        .catch(() => undefined);
    },
  };
}

/** The result twice: models of some clients see only the structured part, those of others only the text. */
function success(output: unknown): CallToolResult {
  const text = JSON.stringify(output);
  return { content: [{ type: 'text', text }], structuredContent: output as Record<string, unknown> };
}

/** An error lives wholly in the text: clients drop the structured part of a failed call. */
function failure(error: PgmcpError, call: Call): CallToolResult {
  const body = {
    code: error.code,
    message: error.message,
    ...(error.details && { details: error.details }),
    ...(error.retryable && { retryable: true }),
    ...(error.retryAfterMs !== undefined && { retry_after_ms: error.retryAfterMs }),
    ...(error.code === 'INTERNAL_ERROR' && { request_id: call.requestId }),
  };
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error: body }) }] };
}

/**
 * The schema for `tools/list` alone. Input is checked by `parseArguments` (once, with our own errors); output is what `run`
 * was typed to return, and the SDK's second validation of a large result would cost as much as building it.
 */
function listedOnly<Schema extends z.ZodType>(schema: Schema) {
  return { '~standard': { ...schema['~standard'], validate: (value: unknown) => ({ value }) } } as Schema;
}
