import { APIError, type OpenAI } from 'openai';
import type { CompletionRequest } from '../ports.ts';

type RequestBody = OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming;

/**
 * What compatible endpoints and models differ in: the JSON schema of the reply, plain JSON mode, the name of the token
 * limit (reasoning models take only `max_completion_tokens`, older servers only `max_tokens`) and the temperature.
 */
export type Ability = 'jsonSchema' | 'jsonObject' | 'maxCompletionTokens' | 'maxTokens' | 'temperature';

/** What an endpoint is known not to take. */
export interface Abilities {
  has(ability: Ability): boolean;
  without(ability: Ability): void;
}

/** Every ability is assumed until a 400 says otherwise. */
export function createAbilities(): Abilities {
  const missing = new Set<Ability>();
  return { has: (ability) => !missing.has(ability), without: (ability) => missing.add(ability) };
}

/** The body of a call, with only what the endpoint takes. */
export function requestBody(model: string, request: CompletionRequest, abilities: Abilities): RequestBody {
  const { messages, responseSchema, temperature, maxOutputTokens } = request;
  const body: RequestBody = { model, messages: messages.map(({ role, content }) => ({ role, content })) };
  if (responseSchema !== undefined && abilities.has('jsonSchema')) {
    const { name, schema } = responseSchema;
    body.response_format = { type: 'json_schema', json_schema: { name, strict: true, schema: { ...schema } } };
  } else if (responseSchema !== undefined && abilities.has('jsonObject')) {
    body.response_format = { type: 'json_object' };
  }
  if (temperature !== undefined && abilities.has('temperature')) body.temperature = temperature;
  if (maxOutputTokens !== undefined) {
    if (abilities.has('maxCompletionTokens')) body.max_completion_tokens = maxOutputTokens;
    else if (abilities.has('maxTokens')) body.max_tokens = maxOutputTokens;
  }
  return body;
}

/** The ability that a 400 (or 422, which some servers send) says is missing, if the call used it. */
export function missingAbility(thrown: unknown, body: RequestBody): Ability | undefined {
  if (!(thrown instanceof APIError) || (thrown.status !== 400 && thrown.status !== 422)) return undefined;
  const told = `${thrown.param ?? ''} ${thrown.message}`.toLowerCase();
  if (body.temperature !== undefined && told.includes('temperature')) return 'temperature';
  if (body.max_completion_tokens !== undefined && told.includes('max_completion_tokens')) return 'maxCompletionTokens';
  if (body.max_tokens !== undefined && told.includes('max_tokens')) return 'maxTokens';
  // Servers word this refusal in many ways; an unexplained 400 to a call with a format counts as one.
  if (body.response_format?.type === 'json_schema' && speaksOfFormat(told)) return 'jsonSchema';
  if (body.response_format?.type === 'json_object' && speaksOfFormat(told)) return 'jsonObject';
  return undefined;
}

const speaksOfFormat = (told: string): boolean =>
  /response_format|json_schema|json_object|structured|schema|json/.test(told) || /no body/.test(told);
