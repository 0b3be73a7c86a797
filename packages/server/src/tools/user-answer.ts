import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { UserAnswer, UserQuestion } from './user-question.ts';

const KEY = 'confirm';
const CHOICE_KEY = 'choice';

const choiceForm = z.object({ choice: z.string().min(1).max(2_000) });

const form = z.object({ confirm: z.boolean().describe('Yes goes ahead, no leaves everything as it is.') });

/**
 * Reads whether the person behind the client can be asked, and what they answered. A client of 2025 can be asked only over a
 * connection that the server may write to: stdio, or a session over HTTP. Without a session each request has a server of its own,
 * which knows of no client.
 */
export function readUserAnswer({ server }: McpServer, { mcpReq }: ServerContext): UserAnswer {
  const envelope = mcpReq.envelope as Readonly<Record<string, unknown>> | undefined;
  const declared = envelope?.[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined;
  const capabilities = declared ?? server.getClientCapabilities();
  const elicitation = capabilities?.elicitation;
  // A client that names neither form nor URL means forms.
  const canAsk = elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
  const state = mcpReq.requestState<unknown>();
  if (typeof state !== 'string') return { canAsk };
  if (inputResponse(mcpReq.inputResponses, CHOICE_KEY).kind !== 'missing') {
    const choice = acceptedContent(mcpReq.inputResponses, CHOICE_KEY, choiceForm)?.choice;
    return { canAsk, given: { accepted: choice !== undefined, state, ...(choice !== undefined && { choice }) } };
  }
  if (inputResponse(mcpReq.inputResponses, KEY).kind === 'missing') return { canAsk };
  const accepted = acceptedContent(mcpReq.inputResponses, KEY, form)?.confirm === true;
  return { canAsk, given: { accepted, state } };
}

/** Writes a question as the protocol has it; for clients of 2025 the SDK asks by itself. */
export function toInputRequired({ message, state, choices }: UserQuestion): InputRequiredResult {
  if (choices !== undefined) {
    const choice = { type: 'string' as const, ...(choices.length > 0 && { enum: [...choices] }) };
    const requestedSchema = { type: 'object' as const, properties: { choice }, required: ['choice'] };
    const elicited = inputRequired.elicit({ message, requestedSchema });
    return inputRequired({ inputRequests: { [CHOICE_KEY]: elicited }, requestState: state });
  }
  return inputRequired({
    inputRequests: { [KEY]: inputRequired.elicit({ message, requestedSchema: form }) },
    requestState: state,
  });
}
