/** What a path asks for. */
export interface Route {
  readonly endpoint: 'chat' | 'embeddings' | 'models';
  /** The service whose rules for keys and versions hold. */
  readonly service: 'openai' | 'azure';
  /** Azure names the model in the path. */
  readonly deployment?: string;
}

/** @returns `undefined` for what neither OpenAI nor Azure OpenAI offers here. */
export function route(method: string, path: string): Route | undefined {
  if (method === 'GET' && path === '/v1/models') return { endpoint: 'models', service: 'openai' };
  if (method !== 'POST') return undefined;
  const deployment = /^\/openai\/deployments\/([^/]+)(\/.*)$/.exec(path);
  const endpoint = endpoints[deployment?.[2] ?? path.replace(/^\/(?:openai\/)?v1(?=\/)/, '')];
  if (endpoint === undefined) return undefined;
  if (deployment?.[1] !== undefined)
    return { endpoint, service: 'azure', deployment: decodeURIComponent(deployment[1]) };
  if (path.startsWith('/openai/v1/')) return { endpoint, service: 'azure' };
  return path.startsWith('/v1/') ? { endpoint, service: 'openai' } : undefined;
}

const endpoints: Readonly<Record<string, 'chat' | 'embeddings'>> = {
  '/chat/completions': 'chat',
  '/embeddings': 'embeddings',
};

/**
 * What the real service would find wrong with key and version.
 *
 * @param apiKey The only key accepted; any when `undefined`.
 */
export function accessFault(
  route: Route,
  headers: Readonly<Record<string, string>>,
  query: Readonly<Record<string, string>>,
  apiKey: string | undefined,
): { status: number; message: string } | undefined {
  const bearer = /^Bearer (\S+)$/.exec(headers['authorization'] ?? '')?.[1];
  const key = route.service === 'azure' ? (headers['api-key'] ?? bearer) : bearer;
  if (key === undefined) return { status: 401, message: 'You did not provide an API key.' };
  if (apiKey !== undefined && key !== apiKey) return { status: 401, message: 'Incorrect API key provided.' };
  if (route.deployment !== undefined && query['api-version'] === undefined) {
    return { status: 404, message: 'Resource not found' };
  }
  return undefined;
}
