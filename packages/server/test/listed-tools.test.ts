import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { TOOLS } from '../src/tools/index.ts';
import { listedTool } from '../src/tools/listed-schema.ts';
import { DEFAULT_TOOLSETS } from '../src/tools/toolset.ts';

const tokensOf = (value: unknown): number => encode(JSON.stringify(value)).length;

describe('the list of tools', () => {
  it('costs at most 2,000 tokens as it is by default and 6,000 in all', () => {
    const reading = TOOLS.filter(({ toolset, scope }) => DEFAULT_TOOLSETS.includes(toolset) && scope === 'db:read');
    expect(tokensOf(reading.map(listedTool))).toBeLessThanOrEqual(2_000);
    expect(tokensOf(TOOLS.map(listedTool))).toBeLessThanOrEqual(6_000);
  });

  it.each(TOOLS)('shows $name in a form that every client reads', (tool) => {
    const text = JSON.stringify(listedTool(tool));
    // Clients that translate schemas for other models refuse these.
    expect(text).not.toMatch(/"type":\[|"\$ref"|"\$defs"/);
    const { inputSchema, outputSchema } = listedTool(tool) as Record<string, Record<string, unknown>>;
    expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(Object.keys(inputSchema ?? {})).not.toEqual(expect.arrayContaining(['anyOf']));
    expect(outputSchema).toMatchObject({ type: 'object', required: expect.any(Array) });
    expect(outputSchema).not.toHaveProperty('additionalProperties');
  });
});
