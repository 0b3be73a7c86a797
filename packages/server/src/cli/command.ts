import type { Call } from '../call.ts';
import type { Services } from '../services.ts';

/**
 * One command of a program, such as `pgmcp query "SELECT 1"`. A command works on the same services as the tools and ends;
 * a program without a command serves.
 */
export interface Command {
  /** The word that starts it. */
  readonly name: string;
  /** What follows the word, for `--help`. */
  readonly argument: string;
  /** One sentence for `--help`. */
  readonly summary: string;
  /**
   * Does the work and returns the text for standard output.
   * @throws PgmcpError whose message goes to standard error; the program then ends with 1.
   */
  run(context: CommandContext): Promise<string>;
}

/** What a command may use. */
export interface CommandContext {
  readonly services: Services;
  readonly call: Call;
  /** The words after the command's name. */
  readonly words: readonly string[];
  /** The database named by `--database`. */
  readonly database: string | undefined;
}
