export { type AzureOpenAiSettings, createOpenAiModel, type OpenAiModelOptions } from './model.ts';
