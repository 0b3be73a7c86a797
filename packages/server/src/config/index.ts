export type { Configuration, DatabaseConfiguration, ModelConfiguration, ServerConfiguration } from './configuration.ts';
export { ConfigurationError } from './configuration-error.ts';
export { describeConfiguration } from './describe.ts';
export { parseYaml, readTextFile } from './file.ts';
export { type ConfigurationSources, loadConfiguration } from './load.ts';
