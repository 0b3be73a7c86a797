import type { DatabaseConfiguration } from './sections/databases.ts';
import type { SECTIONS } from './sections/index.ts';

/** Each section in the form that its `resolve` gives it. */
export type ResolvedSections = {
  readonly [Name in keyof typeof SECTIONS]: ReturnType<(typeof SECTIONS)[Name]['resolve']>;
};

/** One setting in force, fit to be shown. */
export interface ConfigurationEntry {
  /** As in the file: `server.maxResultRows`, `databases[0].host`. */
  readonly key: string;
  /** The value as written; `[secret]`, or a connection string without user, password and parameters. */
  readonly text: string;
  /** `default`, `environment PG_MCP_...`, `file /etc/pgmcp.yaml`, `command line --port`. */
  readonly source: string;
}

/** The whole configuration in force: valid, complete, secrets wrapped. `openai` is `undefined` when no model is configured. */
export interface Configuration extends ResolvedSections {
  /** At least one. */
  readonly databases: readonly DatabaseConfiguration[];
  /** Every setting with its source, secrets hidden. */
  readonly entries: readonly ConfigurationEntry[];
  /** What the operator should know, such as a variable that is set but not used. */
  readonly notices: readonly string[];
  /** Absolute paths of the configuration file and of every file that it names: when one changes, so may the configuration. */
  readonly files: readonly string[];
}
