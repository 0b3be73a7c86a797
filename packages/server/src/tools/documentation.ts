import { z } from 'zod';
import type { Tool, ToolAnnotations } from './define-tool.ts';
import { TOOLSET_NAMES, TOOLSETS, type Toolset } from './toolset.ts';

interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
}

const INTRODUCTION = `# Tools

<!-- Generated from packages/server/src/tools by pnpm --filter @pgmcp/server write:tools. -->

\`PG_MCP_SERVER_TOOLSETS\` says which toolsets clients see; \`default\` stands for core, long, write and maintenance. A tool that the mode of
the server does not allow, or that needs what is not configured, is not there. An unknown argument is an error that names the nearest one;
null counts as left out. Every result is given twice, as \`structuredContent\` and as the same JSON in a text, and an error wholly in the
text ([errors.md](errors.md)). How values are written is in [types.md](types.md).

Results are capped in rows, bytes, tokens and characters of a cell, by the configuration; an argument can lower a cap, never raise it. A
result that is cut has \`truncated: true\`, a \`notice\` that says how to go on, and, where rows were kept, a \`query_id\` for
\`get_query_result\`, which reads on in the same run of the statement. Notices begin with a mark of eight random digits that no cell can know.

\`tools/list\` shows a shorter form: bounds of values and optional keys of results are only here. [token-costs.md](token-costs.md) says what
list and results cost.
`;

const OTHERS = `## Resources

| Address | What it gives |
|---|---|
| \`databases://list\` | The databases and their state. |
| \`schema://{database}\` | The structure of a database as compact text. |
| \`schema://{database}/{schema}/{table}\` | Everything about one table. Names are percent-encoded. |
| \`diagram://{database}\` | Tables and keys as an entity-relationship diagram in Mermaid. |
| \`result://{query_id}/{format}/{part}\` | All rows behind a handle as \`csv\` or \`ndjson\`, nothing cut, in parts of about 1 MiB counted from 1. Part 1 begins with the names of the columns. The CSV is what COPY reads: NULL is nothing at all, an empty text is \`""\`. |

Variables are completed. A client that subscribes to the address of a schema, table or diagram hears of changes: the structure is compared with
each call and every thirty seconds while the server is in use.

## Prompts

\`explore_database\` (a first look), \`write_query\` (from a question to a checked statement), \`tune_query\` (why a statement is slow).
`;

/** The text of `docs/tools.md`. */
export function renderToolsDocument(tools: readonly Tool[]): string {
  const present = TOOLSET_NAMES.filter((name) => tools.some(({ toolset }) => toolset === name));
  return [INTRODUCTION, ...present.map((name) => renderToolset(name, tools)), OTHERS].join('\n');
}

function renderToolset(name: Toolset, tools: readonly Tool[]): string {
  const own = tools.filter(({ toolset }) => toolset === name);
  return `## Toolset \`${name}\`\n\n${TOOLSETS[name]}\n\n${own.map(renderTool).join('\n')}`;
}

function renderTool(tool: Tool): string {
  const input = z.toJSONSchema(tool.input, { io: 'input' }) as JsonSchema;
  const output = z.toJSONSchema(tool.output, { io: 'output' }) as JsonSchema;
  return [
    `### \`${tool.name}\``,
    '',
    `${tool.description}`,
    '',
    `Needs the scope \`${tool.scope}\`. ${renderHints(tool.annotations)}`,
    '',
    '| Argument | Type | |',
    '|---|---|---|',
    ...Object.entries(input.properties ?? {}).map(([key, schema]) => renderArgument(key, schema, input)),
    '',
    `Result: ${renderKeys(output)}.`,
    '',
  ].join('\n');
}

function renderHints({ readOnlyHint, destructiveHint, idempotentHint, openWorldHint }: ToolAnnotations): string {
  const hints = [
    readOnlyHint ? 'reads only' : destructiveHint ? 'writes, and may destroy' : 'writes',
    idempotentHint ? 'may be repeated' : undefined,
    openWorldHint ? 'reaches beyond the configured databases' : undefined,
  ];
  return `Hints: ${hints.filter(Boolean).join(', ')}.`;
}

function renderArgument(key: string, schema: JsonSchema, { required = [] }: JsonSchema): string {
  const text = schema.description ?? '';
  return `| \`${key}\`${required.includes(key) ? ' (required)' : ''} | ${cell(typeOf(schema))} | ${cell(text)} |`;
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((each) => `\`${String(each)}\``).join(', ');
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(' or ');
  if (schema.type === 'array')
    return `list of ${schema.items ? typeOf(schema.items) : 'values'}${bounds('', schema.maxItems)}`;
  if (schema.type === 'object' && schema.properties) return `object (${Object.keys(schema.properties).join(', ')})`;
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  const type = schema.type ?? 'any value';
  return `${type}${bounds(schema.minimum ?? '', schema.maximum ?? schema.maxLength)}`;
}

/** zod writes the bounds of safe integers where there are none. */
function bounds(minimum: number | '', maximum: number | undefined): string {
  const upper = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (upper === undefined) return '';
  return minimum === '' || minimum <= Number.MIN_SAFE_INTEGER ? `, at most ${upper}` : `, ${minimum} to ${upper}`;
}

function renderKeys({ properties = {}, required = [] }: JsonSchema): string {
  return Object.keys(properties)
    .map((key) => (required.includes(key) ? `\`${key}\`` : `\`${key}\`?`))
    .join(', ');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
