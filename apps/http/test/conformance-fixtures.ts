import {
  createRequestStateCodec,
  fromJsonSchema,
  inputRequired,
  inputResponse,
  McpServer,
  type McpServerFactory,
  ResourceTemplate,
  type ServerEventBus,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { registerQuestionFixtures } from './conformance-questions.ts';

/** A red pixel and an empty sound. */
const IMAGE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
const AUDIO = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=';

type JsonSchema = Parameters<typeof fromJsonSchema>[0];

/** A parameter that travels as a header too. */
const HEADER_SCHEMA = {
  type: 'object',
  properties: { region: { type: 'string', 'x-mcp-header': 'Region' } },
  required: ['region'],
};

const nothing = z.object({});
const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
const text = (words: string) => ({ content: [{ type: 'text' as const, text: words }] });

/** The schema that the suite wants to see unchanged. */
const SCHEMA_2020_12 = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: {
    address: {
      $anchor: 'addressDef',
      type: 'object',
      properties: { street: { type: 'string' }, city: { type: 'string' } },
    },
  },
  properties: {
    name: { type: 'string' },
    address: { $ref: '#/$defs/address' },
    contactMethod: { type: 'string', enum: ['phone', 'email'] },
    phone: { type: 'string' },
    email: { type: 'string' },
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  then: { required: ['phone'] },
  else: { required: ['email'] },
  additionalProperties: false,
};

/**
 * Tools, resources and prompts that the official conformance suite calls by name.
 *
 * @param bus where changes of lists are announced; asked late, because the stack is made with this factory
 */
export function conformanceFactory(bus: () => ServerEventBus): McpServerFactory {
  const codec = createRequestStateCodec<{ step: number }>({ key: new Uint8Array(32).fill(7) });
  return ({ era }) => {
    const server = new McpServer(
      { name: 'conformance', version: '1.0.0' },
      {
        capabilities: {
          tools: { listChanged: true },
          resources: { subscribe: true, listChanged: true },
          prompts: { listChanged: true },
          completions: {},
          ...(era === 'legacy' && { logging: {} }),
        },
        requestState: { verify: codec.verify },
      },
    );
    registerContent(server);
    registerDiagnostics(server, bus);
    registerQuestionFixtures(server, codec);
    registerResources(server, era);
    registerPrompts(server);
    return server;
  };
}

function registerContent(server: McpServer): void {
  const resource = {
    type: 'resource' as const,
    resource: { uri: 'test://embedded-resource', mimeType: 'text/plain', text: 'embedded' },
  };
  const image = { type: 'image' as const, data: IMAGE, mimeType: 'image/png' };
  server.registerTool('test_simple_text', { description: 'Text.' }, () =>
    text('This is a simple text response for testing.'),
  );
  server.registerTool('test_image_content', { description: 'An image.' }, () => ({ content: [image] }));
  server.registerTool('test_audio_content', { description: 'A sound.' }, () => ({
    content: [{ type: 'audio', data: AUDIO, mimeType: 'audio/wav' }],
  }));
  server.registerTool('test_embedded_resource', { description: 'A resource.' }, () => ({ content: [resource] }));
  server.registerTool('test_multiple_content_types', { description: 'Several.' }, () => ({
    content: [{ type: 'text', text: 'Several:' }, image, resource],
  }));
  server.registerTool('test_error_handling', { description: 'Fails.' }, () => ({
    ...text('This tool intentionally returns an error for testing'),
    isError: true,
  }));
  server.registerTool(
    'json_schema_2020_12_tool',
    { description: 'A schema.', inputSchema: fromJsonSchema(SCHEMA_2020_12 as JsonSchema) },
    () => text('ok'),
  );
  server.registerTool(
    'test_header_parameter',
    {
      description: 'A parameter that is sent as a header too.',
      inputSchema: fromJsonSchema(HEADER_SCHEMA as JsonSchema),
    },
    () => text('ok'),
  );
}

function registerDiagnostics(server: McpServer, bus: () => ServerEventBus): void {
  const log = (data: string) => ({
    method: 'notifications/message' as const,
    params: { level: 'info' as const, data },
  });
  server.registerTool(
    'test_tool_with_logging',
    { description: 'Logs.', inputSchema: nothing },
    async (_input, context) => {
      for (const line of ['started', 'working', 'done']) {
        await context.mcpReq.notify(log(line));
        await pause();
      }
      return text('logged');
    },
  );
  server.registerTool(
    'test_tool_with_progress',
    { description: 'Tells its progress.', inputSchema: nothing },
    async (_input, context) => {
      const progressToken = context.mcpReq._meta?.progressToken ?? 0;
      for (const progress of [0, 50, 100]) {
        await context.mcpReq.notify({
          method: 'notifications/progress',
          params: { progressToken, progress, total: 100 },
        });
        await pause();
      }
      return text(String(progressToken));
    },
  );
  server.registerTool('test_logging_tool', { description: 'Says nothing to who has not asked.' }, () => text('done'));
  server.registerTool('test_streaming_elicitation', { description: 'Answers.' }, () => text('done'));
  server.registerTool('test_trigger_tool_change', { description: 'Announces a change.' }, () => {
    bus().publish({ kind: 'tools_list_changed' });
    return text('announced');
  });
  server.registerTool('test_trigger_prompt_change', { description: 'Announces a change.' }, () => {
    bus().publish({ kind: 'prompts_list_changed' });
    return text('announced');
  });
}

function registerResources(server: McpServer, era: 'legacy' | 'modern'): void {
  const plain = (uri: string, words: string) => () => ({ contents: [{ uri, mimeType: 'text/plain', text: words }] });
  for (const name of ['static-text', 'watched-resource', 'example-resource']) {
    server.registerResource(
      name,
      `test://${name}`,
      { mimeType: 'text/plain' },
      plain(`test://${name}`, `The content of ${name}.`),
    );
  }
  server.registerResource('static-binary', 'test://static-binary', { mimeType: 'image/png' }, () => ({
    contents: [{ uri: 'test://static-binary', mimeType: 'image/png', blob: IMAGE }],
  }));
  const template = new ResourceTemplate('test://template/{id}/data', { list: undefined });
  server.registerResource('template', template, { mimeType: 'application/json' }, (uri, { id }) => ({
    contents: [
      { uri: uri.href, mimeType: 'application/json', text: JSON.stringify({ id, data: `Data for ID: ${id}` }) },
    ],
  }));
  if (era === 'modern') return;
  server.server.setRequestHandler('resources/subscribe', () => ({}));
  server.server.setRequestHandler('resources/unsubscribe', () => ({}));
}

function registerPrompts(server: McpServer): void {
  const message = (words: string) => ({ role: 'user' as const, content: { type: 'text' as const, text: words } });
  server.registerPrompt('test_simple_prompt', { description: 'Simple.' }, () => ({
    messages: [message('This is a simple prompt for testing.')],
  }));
  server.registerPrompt(
    'test_prompt_with_arguments',
    { description: 'Arguments.', argsSchema: z.object({ arg1: z.string(), arg2: z.string() }) },
    ({ arg1, arg2 }) => ({ messages: [message(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)] }),
  );
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description: 'A resource.', argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri: uri }) => ({
      messages: [
        { role: 'user', content: { type: 'resource', resource: { uri, mimeType: 'text/plain', text: 'embedded' } } },
        message('Read it.'),
      ],
    }),
  );
  server.registerPrompt('test_prompt_with_image', { description: 'An image.' }, () => ({
    messages: [
      { role: 'user', content: { type: 'image', data: IMAGE, mimeType: 'image/png' } },
      message('Look at it.'),
    ],
  }));
  server.registerPrompt('test_input_required_result_prompt', { description: 'Asks first.' }, (context) => {
    const answer = inputResponse(context.mcpReq.inputResponses, 'user_context');
    if (answer.kind === 'elicit') return { messages: [message(`Context: ${JSON.stringify(answer.content)}`)] };
    const requestedSchema = {
      type: 'object' as const,
      properties: { context: { type: 'string' as const } },
      required: ['context'],
    };
    return inputRequired({
      inputRequests: {
        user_context: inputRequired.elicit({ message: 'What context should the prompt use?', requestedSchema }),
      },
    });
  });
  server.server.setRequestHandler('completion/complete', () => ({
    completion: { values: [], total: 0, hasMore: false },
  }));
}
