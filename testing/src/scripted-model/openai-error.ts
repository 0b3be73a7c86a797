const kinds: Readonly<Record<number, { type: string; code: string | null; message: string }>> = {
  400: { type: 'invalid_request_error', code: null, message: 'The request is invalid.' },
  401: { type: 'invalid_request_error', code: 'invalid_api_key', message: 'Incorrect API key provided.' },
  403: { type: 'invalid_request_error', code: 'access_denied', message: 'The project may not use this model.' },
  404: { type: 'invalid_request_error', code: 'model_not_found', message: 'The model does not exist.' },
  429: { type: 'requests', code: 'rate_limit_exceeded', message: 'Rate limit reached. Please try again later.' },
};

/** The JSON body OpenAI sends with an HTTP error. */
export function openAiError(status: number, message?: string, code?: string): { error: object } {
  const kind = kinds[status] ?? { type: 'server_error', code: null, message: 'The server had an error.' };
  return { error: { message: message ?? kind.message, type: kind.type, param: null, code: code ?? kind.code } };
}
