import type { OpenAI } from 'openai';
import { Nl2sqlError } from '../errors.ts';
import type { Completion, TokenUsage } from '../ports.ts';
import { tokenCount } from './token-count.ts';

/** Reads a reply of the endpoint. Compatible servers leave fields out and write others, so none is relied on. */
export function readCompletion(reply: OpenAI.Chat.Completions.ChatCompletion): Completion {
  const choice = memberOf(memberOf(reply, 'choices'), '0');
  const message = memberOf(choice, 'message');
  if (typeof message !== 'object' || message === null) {
    throw new Nl2sqlError(
      'MODEL_ERROR',
      'The endpoint answered without a completion. Check that its base URL ends in /v1.',
      {
        retryable: true,
      },
    );
  }
  const usage = readUsage(memberOf(reply, 'usage'));
  const [model, refusal] = [memberOf(reply, 'model'), memberOf(message, 'refusal')];
  return {
    text: readText(memberOf(message, 'content')) ?? argumentsOf(memberOf(message, 'tool_calls')) ?? '',
    finishReason: readFinishReason(memberOf(choice, 'finish_reason')),
    ...(usage === undefined ? {} : { usage }),
    ...(typeof model === 'string' ? { model } : {}),
    ...(typeof refusal === 'string' && refusal !== '' ? { refusal } : {}),
  };
}

const memberOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

/** The content, whole or in parts as some servers send it. */
function readText(content: unknown): string | undefined {
  if (typeof content === 'string') return content === '' ? undefined : content;
  if (!Array.isArray(content)) return undefined;
  const texts = content.map((part) => memberOf(part, 'text')).filter((part) => typeof part === 'string');
  return texts.length === 0 ? undefined : texts.join('');
}

/** Some servers enforce a schema by a function call: its arguments are the object that was asked for. */
function argumentsOf(calls: unknown): string | undefined {
  if (!Array.isArray(calls) || calls.length !== 1) return undefined;
  const given = memberOf(memberOf(calls[0], 'function'), 'arguments');
  return typeof given === 'string' ? given : undefined;
}

function readFinishReason(reason: unknown): Completion['finishReason'] {
  return reason === 'stop' || reason === 'length' || reason === 'content_filter' ? reason : 'other';
}

/** Budgets are charged by these: what is no count is left out, and a total is never less than its parts. */
function readUsage(usage: unknown): TokenUsage | undefined {
  const promptTokens = tokenCount(memberOf(usage, 'prompt_tokens'));
  if (promptTokens === undefined) return undefined;
  const completionTokens = tokenCount(memberOf(usage, 'completion_tokens')) ?? 0;
  const total = tokenCount(memberOf(usage, 'total_tokens')) ?? 0;
  const cached = tokenCount(memberOf(memberOf(usage, 'prompt_tokens_details'), 'cached_tokens'));
  const reasoning = tokenCount(memberOf(memberOf(usage, 'completion_tokens_details'), 'reasoning_tokens'));
  return {
    promptTokens,
    completionTokens,
    totalTokens: Math.max(total, promptTokens + completionTokens),
    ...(cached === undefined ? {} : { cachedPromptTokens: cached }),
    ...(reasoning === undefined ? {} : { reasoningTokens: reasoning }),
  };
}
