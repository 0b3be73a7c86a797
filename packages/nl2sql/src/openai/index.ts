export { createOpenAiModel } from './model.ts';
export type { AzureOpenAiSettings, OpenAiModelOptions } from './model-options.ts';
