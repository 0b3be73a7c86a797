import type { Services } from '../services.ts';
import type { OutputFlow } from './output-flow.ts';

/** What an app brings: its name and how it serves. Everything else about a command line program is the same for all. */
export interface Program {
  /** Name of the binary. */
  readonly name: string;
  /** One sentence for `--help`. */
  readonly summary: string;
  /** Flags of this program beyond the ones that every program has; names as in the configuration. */
  readonly flags: readonly ProgramFlag[];
  /** Examples for `--help`, a line each. */
  readonly examples: readonly string[];
  /** Starts serving. */
  serve(services: Services): Promise<Serving>;
  /** Starts a database with sample data for `--demo`; a program without it has no such flag. */
  startDemo?(): Promise<Demo>;
}

/** One flag of a program. */
export interface ProgramFlag {
  readonly flag: string;
  /** Name of the flag's value in `--help`. */
  readonly value: string;
  readonly description: string;
}

/** A running server. */
export interface Serving {
  /** Resolves when the client has gone and there is nothing left to serve. Never rejects. */
  readonly ended: Promise<void>;
  /**
   * Takes the program out of service without failing a call: resolves when no call is under way, or when waiting has become too long.
   * Absent: there is nobody to wait for.
   *
   * @param hurry aborts when waiting has to end now
   */
  drain?(hurry: AbortSignal): Promise<void>;
  /** Stops accepting and ends what is open. */
  close(): Promise<void>;
}

/** A throw-away database. */
export interface Demo {
  /** Environment variables that point the configuration at it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends the embedded server and removes its files. */
  stop(): Promise<void>;
}

/** The world around a program; tests bring their own. */
export interface ProgramHost {
  /** Arguments without the interpreter and the script. */
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** How far the reader of `stdout` has come. Absent: it takes everything at once. */
  readonly flow?: OutputFlow;
  /** Aborts when the operating system asks the process to end. */
  readonly terminate: AbortSignal;
  /** Calls `listener` when the operating system asks for the configuration to be read again. Absent: it never does. */
  readonly onReload?: (listener: () => void) => void;
  /** Aborts when it asks once more. Default: never. */
  readonly hurry?: AbortSignal;
}
