/** The WASM factory inside libpg-query, which its own declarations leave out. */
declare module 'libpg-query/wasm/libpg-query.js' {
  const createModule: (options: object) => Promise<unknown>;
  export default createModule;
}

/** The part of the standard that this package uses; the library of browser types is not loaded. */
declare namespace WebAssembly {
  class Instance {
    constructor(module: Module, imports: object);
  }
  function compile(bytes: Uint8Array): Promise<Module>;
}
