#!/usr/bin/env node
import { cacheCompiledCode } from '@pgmcp/server';

cacheCompiledCode(process.env);
// Not a static import: those are compiled before the first line of this module runs.
const { run } = await import('./program.ts');
process.exit(await run());
