/** One thing that is wrong with the configuration. Holds no secret. */
export interface ConfigurationProblem {
  /** The key as the operator wrote it: `PG_MCP_SERVER_QUERY_TIMEOUT`, `server.queryTimeout`, `--port`. */
  readonly key: string;
  /** Where the key stands: `environment`, `command line`, `default`, or the path of the file. */
  readonly source: string;
  /** What is wrong and how to cure it, in whole sentences. */
  readonly message: string;
}

/** Every problem of a configuration, found in one pass, so that they are cured in one pass. */
export class ConfigurationError extends Error {
  readonly code = 'INVALID_CONFIGURATION';
  readonly retryable = false;
  readonly problems: readonly ConfigurationProblem[];

  /**
   * @param problems - at least one
   * @param notices - what was left aside, when it may be the reason: a variable that is set but not used
   */
  constructor(problems: readonly ConfigurationProblem[], notices: readonly string[] = []) {
    const lines = problems.map(({ key, source, message }) => `- ${key} (${source}): ${message}`);
    const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
    const notes = notices.map((notice) => `Note: ${notice}`);
    super([`The configuration has ${count}:`, ...lines, ...notes].join('\n'));
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}
