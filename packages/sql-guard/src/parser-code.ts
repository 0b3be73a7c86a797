import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * Compiles the parser once for the whole process. Instances share the code and never free it: V8 has crashed where threads that end
 * freed compiled WebAssembly (nodejs/node#64500), and compiling is most of the time that a thread takes to start.
 */
export function compileParser(): Promise<WebAssembly.Module> {
  if (!compiled) {
    const compiling = readCode().then((bytes) => WebAssembly.compile(bytes));
    compiled = compiling;
    // A failure may be of the moment: the next guard tries again.
    compiling.catch(() => {
      compiled = undefined;
    });
  }
  return compiled;
}

/** A program that is bundled into few files has the code beside them, and no packages to find it in. */
async function readCode(): Promise<Buffer<ArrayBuffer>> {
  const bundled = new URL('./libpg-query.wasm', import.meta.url);
  const path = existsSync(bundled)
    ? bundled
    : createRequire(import.meta.url).resolve('libpg-query/wasm/libpg-query.wasm');
  return readFile(path);
}
