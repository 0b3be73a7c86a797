import { z } from 'zod';
import { choice, line, webAddress } from './kinds.ts';
import { setting } from './setting.ts';

/** The settings of a model at Azure OpenAI, inside the section of that model. */
export function azureSettings(prefix: string, exampleDeployment: string) {
  return z.strictObject({
    endpoint: setting(webAddress(), {
      environment: `${prefix}_AZURE_ENDPOINT`,
      description: 'The endpoint of an Azure OpenAI resource. Needs the deployment and the API version too.',
      example: 'https://example.openai.azure.com',
    }),
    deployment: setting(line('the name of a deployment'), {
      environment: `${prefix}_AZURE_DEPLOYMENT`,
      description: `The deployment. It serves as the model when ${prefix}_MODEL is not set.`,
      example: exampleDeployment,
    }),
    apiVersion: setting(line('an API version such as 2024-10-21', /^[\w.-]{1,60}$/), {
      environment: `${prefix}_AZURE_API_VERSION`,
      description: 'The version of the Azure OpenAI API.',
      example: '2024-10-21',
    }),
    credential: setting(choice(['key', 'entra']), {
      environment: `${prefix}_AZURE_CREDENTIAL`,
      description: `key: ${prefix}_API_KEY. entra: the identity of this process (managed identity, workload identity, Azure CLI), by the package @azure/identity, which is installed beside pgmcp.`,
      default: 'key',
    }),
  });
}
