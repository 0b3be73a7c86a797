/** The WASM factory inside libpg-query, which its own declarations leave out. */
declare module 'libpg-query/wasm/libpg-query.js' {
  const createModule: () => Promise<unknown>;
  export default createModule;
}
