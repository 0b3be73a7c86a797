import { parseArgs } from 'node:util';
import { nearestName } from '../nearest.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import type { Program } from './program.ts';

/** What a command line asks for. */
export type CommandLine =
  | { readonly action: 'help' | 'version' }
  | ({ readonly action: 'serve' | 'check-config' } & CommandLineSettings)
  | ({
      readonly action: 'command';
      readonly command: Command;
      /** The words after the command's name. */
      readonly words: readonly string[];
      readonly database: string | undefined;
    } & CommandLineSettings)
  | { readonly action: 'usage-error'; readonly message: string };

/** What flags say about the configuration. */
interface CommandLineSettings {
  readonly demo: boolean;
  readonly file: string | undefined;
  readonly flags: Readonly<Record<string, string>>;
}

/** Reads the arguments of a program. Unknown flags and words are errors that name the nearest known one. */
export function parseCommandLine(program: Program, argv: readonly string[]): CommandLine {
  const read = readArguments(program, argv);
  if ('problem' in read) return { action: 'usage-error', message: `${read.problem} See ${program.name} --help.` };
  const { given, values, words } = read;
  if (given.has('help')) return { action: 'help' };
  if (given.has('version')) return { action: 'version' };
  const { config: file, database, ...flags } = values;
  const settings = { demo: given.has('demo'), file, flags };
  const [name, ...rest] = words;
  if (name !== undefined) {
    const command = COMMANDS.find((candidate) => candidate.name === name);
    if (command && !given.has('check-config'))
      return { action: 'command', command, words: rest, database, ...settings };
    return usageError(
      program,
      `There is no command ${JSON.stringify(name)}.`,
      nearestName(
        name,
        COMMANDS.map((known) => known.name),
      ),
    );
  }
  if (database !== undefined) return usageError(program, '--database goes with a command.');
  return { action: given.has('check-config') ? 'check-config' : 'serve', ...settings };
}

interface ReadArguments {
  readonly given: ReadonlySet<string>;
  readonly values: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

function readArguments(program: Program, argv: readonly string[]): ReadArguments | { readonly problem: string } {
  const options: Readonly<Record<string, { readonly type: 'boolean' | 'string'; readonly short?: string }>> = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
    'check-config': { type: 'boolean' },
    ...(program.startDemo && { demo: { type: 'boolean' } }),
    config: { type: 'string' },
    database: { type: 'string' },
    ...Object.fromEntries(program.flags.map(({ flag }) => [flag, { type: 'string' }])),
  };
  const given = new Set<string>();
  const values: Record<string, string> = {};
  const words: string[] = [];
  for (const token of parseArgs({ args: [...argv], options, strict: false, tokens: true }).tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const type = Object.hasOwn(options, token.name) ? options[token.name]?.type : undefined;
    if (type === undefined) {
      const meant = nearestName(token.name, Object.keys(options));
      return { problem: `There is no flag ${token.rawName}.${meant ? ` Did you mean --${meant}?` : ''}` };
    }
    if (type === 'boolean') {
      if (token.value !== undefined) return { problem: `${token.rawName} takes no value.` };
      given.add(token.name);
      continue;
    }
    const swallowedFlag = token.inlineValue === false && token.value.startsWith('-');
    if (swallowedFlag || token.value === undefined || token.value === '')
      return { problem: `${token.rawName} needs a value.` };
    if (Object.hasOwn(values, token.name)) return { problem: `${token.rawName} is given twice. Keep one of them.` };
    values[token.name] = token.value;
  }
  return { given, values, words };
}

function usageError(program: Program, problem: string, meant?: string): CommandLine {
  const guess = meant === undefined ? '' : ` Did you mean "${meant}"?`;
  return { action: 'usage-error', message: `${problem}${guess} See ${program.name} --help.` };
}
