import { abortable, abortedError } from './abort.ts';
import type { AttemptError } from './attempt-error.ts';
import { Nl2sqlError } from './errors.ts';
import { modelText } from './model-text.ts';
import type { Attempt } from './outcome.ts';
import type { ChatMessage, Completion, LanguageModel, ResultTable } from './ports.ts';
import { replySchema } from './prompt.ts';
import type { Question } from './question.ts';
import { timed } from './trace.ts';

/** A reply of the model, and which one it is. */
export interface Round {
  readonly round: number;
  readonly completion: Completion;
  readonly generateMs: number;
}

/** Records a reply that led to no statement. */
export function attemptedReply(
  work: Question<ResultTable>,
  generated: Round,
  error?: AttemptError,
  sql?: string,
): Attempt {
  const attempt: Attempt = {
    round: generated.round,
    source: 'model',
    stage: 'reply',
    ...(sql === undefined ? {} : { sql }),
    ...(error === undefined ? {} : { error }),
    durationsMs: { generate: generated.generateMs },
    ...(generated.completion.usage === undefined ? {} : { usage: generated.completion.usage }),
  };
  work.trace.attempted(attempt);
  return attempt;
}

/** One call of the model. Its faults are `MODEL_ERROR`, a refusal too. */
export async function generate(
  { trace, statementOptions, maxOutputTokens }: Question<ResultTable>,
  model: LanguageModel,
  messages: readonly ChatMessage[],
  round: number,
): Promise<{ completion: Completion; generateMs: number }> {
  trace.emit({ type: 'generating', round });
  const { signal } = statementOptions;
  let generateMs = 0;
  const request = { messages: [...messages], responseSchema: replySchema, temperature: 0, maxOutputTokens };
  let completion: Completion;
  try {
    completion = await timed(
      () => abortable(signal, () => model.complete(request, { signal })),
      (durationMs) => {
        generateMs = durationMs;
      },
    );
  } catch (thrown) {
    const error = modelError(thrown, signal);
    trace.attempted({
      round,
      source: 'model',
      stage: 'generate',
      error: { message: error.message },
      durationsMs: { generate: generateMs },
    });
    throw error;
  }
  trace.modelCalled(completion.usage);
  trace.emit({
    type: 'generated',
    round,
    durationMs: generateMs,
    usage: completion.usage,
    model: modelText(completion.model),
  });
  if (completion.refusal !== undefined || completion.finishReason === 'content_filter') {
    const reason = modelText(completion.refusal) ?? 'its content filter withheld the reply';
    const message = `The model refused to answer: ${reason}. Word the question differently.`;
    const { usage } = completion;
    const durationsMs = { generate: generateMs };
    trace.attempted({
      round,
      source: 'model',
      stage: 'generate',
      error: { message },
      durationsMs,
      ...(usage === undefined ? {} : { usage }),
    });
    throw new Nl2sqlError('MODEL_ERROR', message);
  }
  return { completion, generateMs };
}

function modelError(thrown: unknown, signal: AbortSignal | undefined): Nl2sqlError {
  if (signal?.aborted === true) return abortedError(signal);
  if (thrown instanceof Nl2sqlError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new Nl2sqlError('MODEL_ERROR', `The language model failed: ${message}`, { cause: thrown });
}
