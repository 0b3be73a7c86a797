#!/usr/bin/env node
// Not a static import: the program is CommonJS, in one file that is required.
const { run } = await import('./program.ts');
process.exit(await run());
