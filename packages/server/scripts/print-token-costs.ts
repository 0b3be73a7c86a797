// Prints what the tools cost a conversation, in o200k tokens: node --conditions=@pgmcp/source scripts/print-token-costs.ts
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import type { Tool } from '../src/index.ts';
import { TOOLS } from '../src/tools/index.ts';
import { listedTool } from '../src/tools/listed-schema.ts';

const costOf = (tool: Tool): number => encode(JSON.stringify(listedTool(tool))).length;
for (const tool of TOOLS)
  process.stdout.write(`${String(costOf(tool)).padStart(5)}  ${tool.toolset.padEnd(12)} ${tool.name}\n`);
