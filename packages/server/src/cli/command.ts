import type { z } from 'zod';
import type { Call } from '../call.ts';
import type { Configuration } from '../config/index.ts';
import type { Logger } from '../observe/index.ts';
import type { Services } from '../services.ts';

/** One flag of a command, such as `--format csv`. Without a `value` it is a switch. */
export interface CommandFlag {
  /** Name of the flag's value in `--help`, in capitals. Left out: the flag is a switch, false unless given. */
  readonly value?: string;
  /** One sentence for `--help`. */
  readonly description: string;
  /**
   * Checks the text and turns it into a value; it gets `undefined` when the flag is not given, so `.default()` works. Its messages
   * are shown behind the flag's name. Default: the text as it is.
   */
  readonly schema?: z.ZodType;
}

/** Flags of a command by name, without dashes. */
export type CommandFlags = Readonly<Record<string, CommandFlag>>;

/** What `run` gets for its flags. */
export type FlagValues<Flags extends CommandFlags> = {
  readonly [Name in keyof Flags]: Flags[Name] extends { readonly schema: infer Schema extends z.ZodType }
    ? z.output<Schema>
    : Flags[Name] extends { readonly value: string }
      ? string | undefined
      : boolean;
};

/**
 * What a command cannot work without. Less is better: a command that needs nothing runs without a configuration, and one that needs
 * the configuration alone still runs when a database is down.
 */
export type CommandNeeds = 'nothing' | 'configuration' | 'services';

/**
 * One command of a program, such as `pgmcp query "SELECT 1"`. A command does one thing and ends; a program without a command serves.
 * State one with {@link defineCommand}, add it to `commands/index.ts`, and load what is large inside `run` by `await import(...)`:
 * the same file starts the server.
 */
export interface Command<Needs extends CommandNeeds = CommandNeeds, Flags extends CommandFlags = CommandFlags> {
  /** The word that starts it, or two: `query`, `audit verify`. */
  readonly name: string;
  /** What follows the name, for `--help`: `"SQL"`, `[TABLE ...]`, or nothing. */
  readonly argument: string;
  /** How many words may follow the name. */
  readonly words: { readonly least: number; readonly most: number };
  /** One sentence for `--help`. */
  readonly summary: string;
  readonly needs: Needs;
  readonly flags: Flags;
  /** What the exit codes above 2 mean, for `--help`. */
  readonly exitCodes?: Readonly<Record<number, string>>;
  /**
   * Does the work, writes what was asked for by `context.print`, and returns the exit code: 0 done, 1 failed.
   * @throws PgmcpError whose message goes to standard error; the program then ends with 1.
   */
  run(context: CommandContext<Needs, Flags>): Promise<number>;
}

/** What every command may use. */
interface AnyCommandContext<Flags extends CommandFlags> {
  /** The words after the command's name; their number was checked. */
  readonly words: readonly string[];
  readonly flags: FlagValues<Flags>;
  /** Name of the program, for messages that say what to type. */
  readonly program: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborts when the operating system asks the process to end. */
  readonly signal: AbortSignal;
  /** Writes to standard output, which holds the result and nothing else. */
  readonly print: (text: string) => void;
  /** Resolves when standard output has room for more: what prints without bound awaits it between its parts. */
  readonly room: () => Promise<void>;
  /** Tells a waiting person, by a line on standard error, how far the work is. */
  readonly progress: (line: string) => void;
}

interface ConfiguredCommandContext<Flags extends CommandFlags> extends AnyCommandContext<Flags> {
  readonly configuration: Configuration;
  readonly logger: Logger;
  /** The database named by `--database`. */
  readonly database: string | undefined;
}

interface ServedCommandContext<Flags extends CommandFlags> extends ConfiguredCommandContext<Flags> {
  readonly services: Services;
  /** The call the command makes, as the local caller; `call.progress` writes to standard error. */
  readonly call: Call;
}

/** What a command may use, by what it says it needs. */
export type CommandContext<Needs extends CommandNeeds, Flags extends CommandFlags> = {
  nothing: AnyCommandContext<Flags>;
  configuration: ConfiguredCommandContext<Flags>;
  services: ServedCommandContext<Flags>;
}[Needs];

/** What a command in a list is given: everything, of which it uses what it said it needs. */
export type GivenContext = Omit<CommandContext<'services', CommandFlags>, 'flags'> & {
  readonly flags: Readonly<Record<string, unknown>>;
};

/** A {@link Command} whatever it needs, as lists hold it. */
export type AnyCommand = Omit<Command, 'run'> & {
  run(context: GivenContext): Promise<number>;
};

/**
 * States a command with the types of its flags inferred.
 *
 * @returns the command as lists hold it. It is only ever given what it says it needs; the wider type saves every list a union.
 */
export function defineCommand<Needs extends CommandNeeds, const Flags extends CommandFlags>(
  command: Command<Needs, Flags>,
): AnyCommand {
  return command as unknown as AnyCommand;
}
