import type { AnyCommand } from '../src/cli/command.ts';
import type { Program } from '../src/cli/program.ts';
import { runProgram } from '../src/cli/run-program.ts';

/** A program for its commands alone. */
const COMMANDS_ONLY: Program = {
  name: 'pgmcp',
  summary: 'a program for tests.',
  flags: [],
  examples: [],
  serve: () => Promise.reject(new Error('No test serves.')),
};

/** What a command line ended with and wrote. */
export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, with nothing but this environment. */
export async function runCommand(
  argv: readonly string[],
  environment: Readonly<Record<string, string>>,
  program: Program = COMMANDS_ONLY,
  commands?: readonly AnyCommand[],
): Promise<CommandRun> {
  const written = { stdout: '', stderr: '' };
  const host = {
    argv,
    environment,
    stdout: (text: string) => {
      written.stdout += text;
    },
    stderr: (text: string) => {
      written.stderr += text;
    },
    terminate: new AbortController().signal,
  };
  return { code: await runProgram(program, host, commands), ...written };
}
