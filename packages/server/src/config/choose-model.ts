import type { SectionContext } from './define-section.ts';
import { Secret } from './secret.ts';

/** A model of one kind: the one that writes SQL, or the one that embeds. */
export interface ModelConfiguration {
  /** The model, or the deployment for Azure. */
  readonly model: string;
  /** Absent only for a server of one's own that needs none (`baseUrl` is set then). */
  readonly apiKey?: Secret;
  readonly baseUrl?: string;
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly azure?: {
    readonly endpoint: string;
    readonly deployment: string;
    readonly apiVersion: string;
    /** `entra`: the identity of this process takes the place of a key. */
    readonly credential: 'key' | 'entra';
  };
}

/** The settings of the model as written, checked value by value. */
interface WrittenModel {
  readonly model?: string | undefined;
  readonly apiKey?: Secret | undefined;
  readonly baseUrl?: string | undefined;
  /** In milliseconds. */
  readonly timeout: number;
  readonly maxRetries: number;
  readonly azure: {
    readonly endpoint?: string | undefined;
    readonly deployment?: string | undefined;
    readonly apiVersion?: string | undefined;
    readonly credential: 'key' | 'entra';
  };
}

/** The variable that other tools read for the same key. */
const genericKeyVariable = 'OPENAI_API_KEY';

/**
 * Decides whether a model is configured, and with which key.
 *
 * `OPENAI_API_KEY` lies in many environments for other tools. It costs money, so it is used only when this configuration
 * names a model, and it is never sent to any server but OpenAI's own.
 *
 * @param prefix - the variables of the section, for messages
 */
export function chooseModel(
  { model, apiKey, baseUrl, timeout, maxRetries, azure }: WrittenModel,
  { environment, problem, notice }: SectionContext,
  prefix = 'PG_MCP_OPENAI',
): ModelConfiguration | undefined {
  const shared = { timeoutMs: timeout, maxRetries };
  const isAzure = azure.endpoint !== undefined || azure.deployment !== undefined || azure.apiVersion !== undefined;
  if (isAzure) return chooseAzure({ model, apiKey, baseUrl, timeout, maxRetries, azure }, problem, prefix);
  if (azure.credential === 'entra') {
    return problem('azure.credential', 'entra is for Azure OpenAI: set its endpoint, deployment and API version too.');
  }
  if (model === undefined) {
    const cure = `${prefix}_MODEL does not say which model to use. Set it, or remove this.`;
    if (baseUrl !== undefined) return problem('baseUrl', cure);
    return apiKey === undefined ? undefined : problem('apiKey', cure);
  }
  if (baseUrl !== undefined) return { ...shared, model, baseUrl, ...(apiKey === undefined ? {} : { apiKey }) };
  const generic = environment[genericKeyVariable];
  const key = apiKey ?? (generic ? new Secret(generic) : undefined);
  if (key === undefined) {
    const cure = `Set ${prefix}_API_KEY, ${prefix}_API_KEY_FILE or ${genericKeyVariable}, or ${prefix}_BASE_URL for a server of your own.`;
    return problem('model', `The model needs a key. ${cure}`);
  }
  if (apiKey === undefined) notice(`The key of the model is taken from ${genericKeyVariable}.`);
  return { ...shared, model, apiKey: key };
}

/** A deployment of Azure OpenAI: all three of its settings, and either a key or the identity of the process. */
function chooseAzure(
  { model, apiKey, baseUrl, timeout, maxRetries, azure }: WrittenModel,
  problem: SectionContext['problem'],
  prefix: string,
): ModelConfiguration | undefined {
  const shared = { timeoutMs: timeout, maxRetries };
  const { endpoint, deployment, apiVersion, credential } = azure;
  if (endpoint === undefined || deployment === undefined || apiVersion === undefined) {
    const name =
      endpoint !== undefined ? 'azure.endpoint' : deployment !== undefined ? 'azure.deployment' : 'azure.apiVersion';
    return problem(name, 'Azure OpenAI needs the endpoint, the deployment and the API version: set all three.');
  }
  if (baseUrl !== undefined)
    return problem('baseUrl', 'Azure has its own endpoint. Remove the base URL or the Azure settings.');
  if (credential === 'entra') {
    if (apiKey !== undefined)
      return problem('apiKey', 'With the credential entra no key is used. Remove one of the two.');
    return { ...shared, model: model ?? deployment, azure: { endpoint, deployment, apiVersion, credential } };
  }
  if (apiKey === undefined) {
    return problem(
      'azure.endpoint',
      `The key of the Azure resource is missing: set ${prefix}_API_KEY (or ${prefix}_API_KEY_FILE).`,
    );
  }
  return { ...shared, model: model ?? deployment, apiKey, azure: { endpoint, deployment, apiVersion, credential } };
}
