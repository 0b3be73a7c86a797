import { type Call, hasScope } from '../call.ts';
import { errorBody } from '../error-body.ts';
import { PgmcpError } from '../errors.ts';
import type { Services } from '../services.ts';
import type { Attachment, Tool } from './define-tool.ts';
import { parseArguments } from './parse-arguments.ts';
import { type UserAnswer, UserQuestion } from './user-question.ts';

/** What a tool call gives, in the form that the protocol has for it. */
export interface ToolResult {
  readonly content: readonly ({ readonly type: 'text'; readonly text: string } | Attachment)[];
  /** Absent in an error, which lives wholly in the text. */
  readonly structuredContent?: Readonly<Record<string, unknown>>;
  readonly isError?: true;
}

/** One call of a tool. */
export interface ToolCall {
  readonly tool: Tool;
  readonly argumentsGiven: unknown;
  /** Reads whether the person behind the client can be asked, and what they said. */
  readonly readAnswer: () => UserAnswer;
  readonly services: Services;
}

/**
 * Runs a tool: arguments in, a result or a structured error out, nothing thrown. Anything thrown in an SDK's handler reaches the client
 * verbatim, so everything is caught, redacted and shaped here.
 *
 * @param within counts, records and aborts the call, and throws `PgmcpError` only
 */
export async function callTool(
  { tool, argumentsGiven, readAnswer, services }: ToolCall,
  within: (work: (call: Call) => Promise<unknown>) => Promise<unknown>,
): Promise<ToolResult | UserQuestion> {
  try {
    const attachments: Attachment[] = [];
    const attach = (attachment: Attachment) => void attachments.push(attachment);
    const answer = readAnswer();
    const output = await within(async (call) => {
      refuseWithoutScope(tool, call);
      return tool.run(parseArguments(tool, argumentsGiven), { services, call, answer, attach });
    });
    return output instanceof UserQuestion ? output : success(attachments, output);
  } catch (error) {
    return failure(
      error instanceof PgmcpError ? error : new PgmcpError('INTERNAL_ERROR', 'The answer could not be written.'),
    );
  }
}

/** Over HTTP the SDK has asked for the scope already, so that a client can ask its user; other ways end here. */
function refuseWithoutScope({ name, scope }: Tool, { caller }: Call): void {
  if (hasScope(caller, scope)) return;
  throw new PgmcpError('ACCESS_DENIED', `${name} needs the permission ${scope}, which this caller does not have.`, {
    details: { scope },
  });
}

/** The result twice: models of some clients see only the structured part, those of others only the text. */
function success(attachments: readonly Attachment[], output: unknown): ToolResult {
  const text = JSON.stringify(output);
  return { content: [{ type: 'text', text }, ...attachments], structuredContent: output as Record<string, unknown> };
}

/** An error lives wholly in the text: clients drop the structured part of a failed call. */
function failure(error: PgmcpError): ToolResult {
  return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error: errorBody(error) }) }] };
}
