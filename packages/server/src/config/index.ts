export type {
  Configuration,
  ConfigurationEntry,
  DatabaseConfiguration,
  HttpConfiguration,
  ModelConfiguration,
  RateLimitConfiguration,
  ServerConfiguration,
} from './configuration.ts';
export { ConfigurationError, type ConfigurationProblem } from './configuration-error.ts';
export { describeConfiguration } from './describe.ts';
export type { Environment } from './environment.ts';
export { parseYaml, readTextFile } from './file.ts';
export { configurationFlags, type Flags } from './flags.ts';
export { type ConfigurationSources, loadConfiguration } from './load.ts';
export { Secret } from './secret.ts';
