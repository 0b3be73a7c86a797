export { STORE_STATEMENT_TIMEOUT_MS, type StoreConfiguration } from './check-store.ts';
export type { ModelConfiguration } from './choose-model.ts';
export type { Configuration } from './configuration.ts';
export { ConfigurationError } from './configuration-error.ts';
export { describeConfiguration } from './describe.ts';
export { type ConfigurationSources, loadConfiguration } from './load.ts';
export { poolSettings } from './pool-settings.ts';
export { DEFAULT_POLICY, type PolicyConfiguration } from './sections/policy.ts';
export type { ServerConfiguration } from './sections/server.ts';
