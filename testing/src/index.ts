export * from './mcp-client/index.ts';
export * from './scripted-model/index.ts';
