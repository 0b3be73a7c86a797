import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromJsonSchema, McpServer, type McpServerFactory, ResourceTemplate } from '@modelcontextprotocol/server';

const noArguments = fromJsonSchema<Record<string, never>>({
  type: 'object',
  properties: {},
  additionalProperties: false,
});
const echoArguments = fromJsonSchema<{ text: string }>({
  type: 'object',
  properties: { text: { type: 'string' } },
  required: ['text'],
});
const echoResult = fromJsonSchema<{ text: string }>({
  type: 'object',
  properties: { text: { type: 'string' } },
  required: ['text'],
});

/** Emits `started` and `cancelled` when that happened to a call of the tool `wait`. */
export const waits = new EventEmitter();

/** A server for the tests of the client: one of everything. */
export const createSmallServer: McpServerFactory = () => {
  const server = new McpServer({ name: 'small', version: '1.2.3' }, { instructions: 'Only for tests.' });
  server.registerTool(
    'echo',
    {
      description: 'Says it again',
      inputSchema: echoArguments,
      outputSchema: echoResult,
      annotations: { readOnlyHint: true },
    },
    ({ text }) => ({ content: [{ type: 'text', text }], structuredContent: { text } }),
  );
  server.registerTool('fail', { inputSchema: noArguments }, () => ({
    isError: true,
    content: [
      { type: 'text', text: 'first line' },
      { type: 'text', text: 'second line' },
    ],
  }));
  server.registerTool('environment', { inputSchema: noArguments }, () => ({
    content: [{ type: 'text', text: JSON.stringify({ ...process.env, cwd: process.cwd() }) }],
  }));
  server.registerTool('wait', { inputSchema: noArguments }, async (_args, { mcpReq }) => {
    waits.emit('started');
    const { progressToken } = mcpReq._meta ?? {};
    for (let step = 1; ; step += 1) {
      if (progressToken !== undefined) {
        const params = { progressToken, progress: step, total: 10, message: `step ${step}` };
        await mcpReq.notify({ method: 'notifications/progress', params });
      }
      if (progressToken !== undefined && step === 3) return { content: [{ type: 'text', text: 'done' }] };
      try {
        await sleep(progressToken === undefined ? 60_000 : 5, undefined, { signal: mcpReq.signal });
      } catch (error) {
        waits.emit('cancelled');
        throw error;
      }
    }
  });
  server.registerResource('note', 'note://first', { mimeType: 'text/plain' }, (uri) => ({
    contents: [{ uri: uri.href, mimeType: 'text/plain', text: 'a note' }],
  }));
  server.registerResource(
    'by name',
    new ResourceTemplate('note://named/{name}', {
      list: undefined,
      complete: { name: (value) => ['anna', 'anton', 'bert'].filter((name) => name.startsWith(value)) },
    }),
    {},
    (uri, { name }) => ({ contents: [{ uri: uri.href, text: `for ${name}` }] }),
  );
  server.registerPrompt('greet', { description: 'A greeting' }, () => ({
    messages: [{ role: 'user', content: { type: 'text', text: 'Hello' } }],
  }));
  return server;
};
