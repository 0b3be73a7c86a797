import { z } from 'zod';
import type { Tool } from './define-tool.ts';
import { type JsonSchema, type ListedSchemas, renderedSchemas } from './rendered-schemas.ts';

/** Bounds that nobody meets by accident; the error of a call that breaks one says it. */
const UNLISTED_KEYWORDS = new Set(['$schema', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minimum', 'maximum']);

const rendered = new WeakMap<Tool, ListedSchemas>();

/** The schemas of `tool` as they are listed. */
export function listedSchemas(tool: Tool): ListedSchemas {
  const known = rendered.get(tool);
  if (known) return known;
  const schemas = renderedSchemas.get(tool.name) ?? { input: inputSchema(tool), output: outputSchema(tool) };
  rendered.set(tool, schemas);
  return schemas;
}

function inputSchema({ input }: Tool): JsonSchema {
  return withoutKeywords(z.toJSONSchema(input, { io: 'input' })) as JsonSchema;
}

function withoutKeywords(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutKeywords);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      // Several clients refuse a list of types.
      .filter(([key, value]) => !UNLISTED_KEYWORDS.has(key) && !(key === 'type' && Array.isArray(value)))
      .map(([key, value]) => [key, withoutKeywords(value)]),
  );
}

/** Open to further keys: clients check results against it, and the optional keys are not in it. */
function outputSchema({ output }: Tool): JsonSchema {
  const { properties = {}, required = [] } = z.toJSONSchema(output, { io: 'output' });
  const listed = required.map((key) => {
    const property = properties[key];
    const type = typeof property === 'object' ? property.type : undefined;
    return [key, type === undefined ? {} : { type }] as const;
  });
  return { type: 'object', properties: Object.fromEntries(listed), required };
}

/** A tool as `tools/list` shows it, for counting what it costs and for the documentation. */
export function listedTool(tool: Tool): Readonly<Record<string, unknown>> {
  const { name, title, description, annotations } = tool;
  const { input, output } = listedSchemas(tool);
  return { name, title, description, inputSchema: input, annotations, outputSchema: output };
}
