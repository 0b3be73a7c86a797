#!/usr/bin/env node
import { cacheCompiledCode } from '@pgmcp/server';

cacheCompiledCode(process.env);
// Not a static import: the program is CommonJS, in one file that is required, and compiled when it is.
const { run } = await import('./program.ts');
process.exit(await run());
