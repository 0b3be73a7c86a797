// Writes docs/tools.md from the registry: pnpm --filter @pgmcp/server write:tools
import { writeFileSync } from 'node:fs';
import { renderToolsDocument } from '../src/tools/documentation.ts';
import { TOOLS } from '../src/tools/index.ts';

writeFileSync(new URL('../../../docs/tools.md', import.meta.url), renderToolsDocument(TOOLS));
