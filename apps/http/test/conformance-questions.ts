import {
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type McpServer,
  type RequestStateCodec,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';

const nothing = z.object({});
const text = (words: string): CallToolResult => ({ content: [{ type: 'text', text: words }] });

type Property = Readonly<Record<string, unknown>>;

/** A form with these fields. */
const form = (
  message: string,
  properties: Readonly<Record<string, Property>>,
  required: readonly string[] = Object.keys(properties),
) =>
  ({ message, requestedSchema: { type: 'object', properties, required } }) as unknown as Parameters<
    typeof inputRequired.elicit
  >[0];

const prompt = (words: string, maxTokens = 100) => ({
  messages: [{ role: 'user' as const, content: { type: 'text' as const, text: words } }],
  maxTokens,
});

const askName = () => inputRequired.elicit(form('What is your name?', { name: { type: 'string' } }));
const given = (context: ServerContext, key: string) => inputResponse(context.mcpReq.inputResponses, key);

type Codec = RequestStateCodec<{ step: number }>;
type Run = (
  context: ServerContext,
) => Promise<CallToolResult | InputRequiredResult> | CallToolResult | InputRequiredResult;

/** Tools that ask the client something: as an answer that wants input, and as a request to clients of 2025. */
export function registerQuestionFixtures(server: McpServer, codec: Codec): void {
  const tool = (name: string, run: Run) =>
    server.registerTool(name, { description: 'Asks.', inputSchema: nothing }, (_input, context) => run(context));

  tool('test_input_required_result_elicitation', (context) => {
    const answer = given(context, 'user_name');
    if (answer.kind === 'elicit') return text(`Hello, ${answer.content?.['name']}!`);
    return inputRequired({ inputRequests: { user_name: askName() } });
  });
  tool('test_input_required_result_sampling', (context) => {
    const answer = given(context, 'capital_question');
    if (answer.kind === 'sampling') return text(JSON.stringify(answer.result.content));
    const capital_question = inputRequired.createMessage(prompt('What is the capital of France?'));
    return inputRequired({ inputRequests: { capital_question } });
  });
  tool('test_missing_capability', () =>
    inputRequired({ inputRequests: { question: inputRequired.createMessage(prompt('Anything?')) } }),
  );
  tool('test_input_required_result_list_roots', (context) => {
    const answer = given(context, 'client_roots');
    if (answer.kind === 'roots') return text(answer.roots.map(({ uri }) => uri).join(', '));
    return inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } });
  });
  tool('test_input_required_result_capabilities', (context) => {
    const envelope = context.mcpReq.envelope as Readonly<Record<string, Readonly<Record<string, object>>>> | undefined;
    const capabilities = envelope?.[CLIENT_CAPABILITIES_META_KEY];
    return inputRequired({
      inputRequests: {
        ...(capabilities?.['sampling'] && { question: inputRequired.createMessage(prompt('Anything?')) }),
        ...(capabilities?.['elicitation'] && { user_name: askName() }),
      },
    });
  });
  registerStateFixtures(tool, codec);
  registerLegacyQuestions(server, tool);
}

function registerStateFixtures(tool: (name: string, run: Run) => unknown, codec: Codec): void {
  const confirm = () => inputRequired.elicit(form('Please confirm', { ok: { type: 'boolean' } }));
  for (const name of ['test_input_required_result_request_state', 'test_input_required_result_tampered_state']) {
    tool(name, async (context) => {
      if (given(context, 'confirm').kind === 'elicit' && context.mcpReq.requestState<{ step: number }>()?.step === 1)
        return text('state-ok');
      return inputRequired({
        inputRequests: { confirm: confirm() },
        requestState: await codec.mint({ step: 1 }, context),
      });
    });
  }
  tool('test_input_required_result_multiple_inputs', async (context) => {
    const kinds = ['user_name', 'greeting', 'client_roots'].map((key) => given(context, key).kind);
    if (!kinds.includes('missing')) return text('All inputs are there.');
    return inputRequired({
      inputRequests: {
        user_name: askName(),
        greeting: inputRequired.createMessage(prompt('Generate a greeting', 50)),
        client_roots: inputRequired.listRoots(),
      },
      requestState: await codec.mint({ step: 1 }, context),
    });
  });
  tool('test_input_required_result_multi_round', async (context) => {
    const step = context.mcpReq.requestState<{ step: number }>()?.step ?? 0;
    if (step === 2 && given(context, 'step2').kind === 'elicit') return text('Both rounds are done.');
    if (step === 1 && given(context, 'step1').kind === 'elicit') {
      const step2 = inputRequired.elicit(form('Step 2: What is your favorite color?', { color: { type: 'string' } }));
      return inputRequired({ inputRequests: { step2 }, requestState: await codec.mint({ step: 2 }, context) });
    }
    const step1 = inputRequired.elicit(form('Step 1: What is your name?', { name: { type: 'string' } }));
    return inputRequired({ inputRequests: { step1 }, requestState: await codec.mint({ step: 1 }, context) });
  });
}

/** Fields with defaults (SEP-1034) and with every kind of choice (SEP-1330). */
const DEFAULTS = {
  name: { type: 'string', default: 'John Doe' },
  age: { type: 'integer', default: 30 },
  score: { type: 'number', default: 95.5 },
  status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
  verified: { type: 'boolean', default: true },
};
const titled = ['value1', 'value2', 'value3'].map((value, index) => ({ const: value, title: `Option ${index + 1}` }));
const CHOICES = {
  untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
  titledSingle: { type: 'string', oneOf: titled },
  legacyEnum: {
    type: 'string',
    enum: ['opt1', 'opt2', 'opt3'],
    enumNames: ['Option One', 'Option Two', 'Option Three'],
  },
  untitledMulti: {
    type: 'array',
    minItems: 1,
    maxItems: 3,
    items: { type: 'string', enum: ['option1', 'option2', 'option3'] },
  },
  titledMulti: { type: 'array', minItems: 1, maxItems: 3, items: { anyOf: titled } },
};

function registerLegacyQuestions(server: McpServer, tool: (name: string, run: Run) => unknown): void {
  const ask = async (context: ServerContext, params: object): Promise<CallToolResult> => {
    const answer = await context.mcpReq.send({ method: 'elicitation/create', params: params as never });
    const { action, content } = answer as { action?: string; content?: unknown };
    return text(`Elicitation completed: action=${action}, content=${JSON.stringify(content ?? {})}`);
  };
  tool('test_elicitation_sep1034_defaults', (context) =>
    ask(context, form('Please review the defaults', DEFAULTS, [])),
  );
  tool('test_elicitation_sep1330_enums', (context) => ask(context, form('Please choose', CHOICES, [])));
  server.registerTool(
    'test_elicitation',
    { description: 'Asks a person.', inputSchema: z.object({ message: z.string() }) },
    async ({ message }, context) => {
      const answer = await context.mcpReq.send({
        method: 'elicitation/create',
        params: form(message, { response: { type: 'string' } }) as never,
      });
      const { action, content } = answer as { action?: string; content?: unknown };
      return text(`User response: action=${action}, content=${JSON.stringify(content ?? {})}`);
    },
  );
  server.registerTool(
    'test_sampling',
    { description: 'Asks a model.', inputSchema: z.object({ prompt: z.string() }) },
    async ({ prompt: words }, context) => {
      const answer = await context.mcpReq.send({ method: 'sampling/createMessage', params: prompt(words) });
      return text(`LLM response: ${JSON.stringify((answer as { content?: unknown }).content)}`);
    },
  );
}
