#!/usr/bin/env node
import { cacheCompiledCode } from './cache-compiled-code.ts';

cacheCompiledCode(process.env);
// Not a static import: those are compiled before the first line of this module runs.
const { run } = await import('./program.ts');
process.exit(await run());
