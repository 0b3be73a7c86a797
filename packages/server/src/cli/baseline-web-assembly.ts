import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from compiling WebAssembly a second time: the huge functions of the guard's parser cost it 600 MB for a moment and gain nothing
 * that can be measured on a statement.
 */
export function compileWebAssemblyOnce(): void {
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
}
