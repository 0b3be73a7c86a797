/** Requests that run as calls: what counts them in a batch is each call by itself (`runCall`). */
const CALLS: ReadonlySet<string> = new Set(['tools/call', 'resources/read']);

/**
 * Requests that are no calls and cost something all the same: names for a completion come from the catalog of a database, the list of
 * resources from the kept results. `tools/list` is not among them: clients ask for it between a call and its result, which would be lost
 * with it, and it reads nothing.
 */
const LISTS: ReadonlySet<string> = new Set([
  'completion/complete',
  'resources/list',
  'resources/templates/list',
  'prompts/list',
  'prompts/get',
]);

/** What of one HTTP request counts against the limits of its caller. */
export interface CountedRequests {
  /** Methods of which each counts before the protocol sees the request. */
  readonly methods: readonly string[];
  /** How many requests there are that cost something, those included that a batch counts later. */
  readonly size: number;
  /** Whether everything is counted with `methods`, so that nothing below counts again. */
  readonly complete: boolean;
}

/** Sorts the message of a request, or the messages of a batch. */
export function countedRequests(body: unknown): CountedRequests {
  const batch = Array.isArray(body);
  const methods = (batch ? body : [body]).map(methodOf).filter((method) => CALLS.has(method) || LISTS.has(method));
  // Of a batch in which one call is over the limit the others have their results.
  const atOnce = batch ? methods.filter((method) => LISTS.has(method)) : methods;
  return { methods: atOnce, size: methods.length, complete: !batch && methods.length > 0 };
}

function methodOf(message: unknown): string {
  const method = (message as { readonly method?: unknown } | null)?.method;
  return typeof method === 'string' ? method : '';
}
