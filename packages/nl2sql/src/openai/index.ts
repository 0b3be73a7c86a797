export { createOpenAiEmbedder } from './embedder.ts';
export { createOpenAiModel } from './model.ts';
export type {
  AzureOpenAiSettings,
  OpenAiEmbedderOptions,
  OpenAiEndpoint,
  OpenAiModelOptions,
} from './model-options.ts';
