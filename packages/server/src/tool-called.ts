const called = new WeakMap<Request, string>();

/**
 * Says which tool a request calls, before a server is built for it: registering every tool, prompt and resource takes longer than most
 * calls, and a server that serves one request needs one of them.
 */
export function noteToolCalled(request: Request, name: unknown): void {
  if (typeof name === 'string') called.set(request, name);
}

/** The tool that a request calls; `undefined` when its transport has not said, or when it asks for something else. */
export function toolCalledBy(request: Request | undefined): string | undefined {
  return request && called.get(request);
}
