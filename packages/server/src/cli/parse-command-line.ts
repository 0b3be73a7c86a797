import { nearestName } from '../nearest.ts';
import { wrongArgument } from '../tools/wrong-argument.ts';
import type { AnyCommand, CommandFlags } from './command.ts';
import type { Program } from './program.ts';
import { type KnownFlag, leadingWords, readArguments } from './read-arguments.ts';

/** What a command line asks for. */
export type CommandLine =
  | { readonly action: 'version' }
  | {
      readonly action: 'help';
      readonly command?: AnyCommand /** The first word of several commands: `keys`. */;
      readonly group?: string;
    }
  | ({ readonly action: 'serve' | 'check-config' } & CommandLineSettings)
  | ({
      readonly action: 'command';
      readonly command: AnyCommand;
      /** The words after the command's name. */
      readonly words: readonly string[];
      /** Values of the command's own flags. */
      readonly own: Readonly<Record<string, unknown>>;
      readonly database: string | undefined;
    } & CommandLineSettings)
  | { readonly action: 'usage-error'; readonly message: string };

/** What flags say about the configuration. */
interface CommandLineSettings {
  readonly demo: boolean;
  readonly file: string | undefined;
  readonly flags: Readonly<Record<string, string>>;
}

/** For SQL that begins with a comment, and flags of a program that is attacked. */
const DASHED = 'What begins with a dash and is no flag of this program goes behind "--".';

/** Reads the arguments of a program. Unknown flags and words are errors that name the nearest known one. */
export function parseCommandLine(
  program: Program,
  argv: readonly string[],
  commands: readonly AnyCommand[],
): CommandLine {
  const general = generalFlags(program);
  const leading = leadingWords(argv, general);
  const command = commandNamed(leading, commands);
  const read = readArguments(argv, { ...general, ...(command && ownFlags(command)) });
  const manual = `See ${program.name} ${command ? `${command.name} ` : ''}--help.`;
  const usageError = (problem: string): CommandLine => ({ action: 'usage-error', message: `${problem} ${manual}` });
  if ('problem' in read) {
    const dashed = read.unknownFlag && command && command.words.most > 0 ? ` ${DASHED}` : '';
    return usageError(misplaced(argv, general, leading, commands) ?? `${read.problem}${dashed}`);
  }
  const { switches, values, words } = read;
  if (switches.has('help')) return { action: 'help', ...(command ? { command } : groupNamed(words, commands)) };
  if (switches.has('version')) return { action: 'version' };
  const settings = {
    demo: switches.has('demo'),
    file: values.config,
    flags: pick(
      values,
      program.flags.map(({ flag }) => flag),
    ),
  };
  if (command && switches.has('check-config'))
    return usageError(`--check-config stands alone: leave "${command.name}" out.`);
  if (!command) {
    if (words[0] !== undefined) return usageError(noCommand(words, commands));
    if (values.database !== undefined) return usageError('--database goes with a command.');
    return { action: switches.has('check-config') ? 'check-config' : 'serve', ...settings };
  }
  if (command.needs === 'nothing' && values.database !== undefined)
    return usageError(`"${command.name}" asks no database: leave --database out.`);
  const rest = words.slice(command.name.split(' ').length);
  const { least, most } = command.words;
  if (rest.length < least || rest.length > most)
    return usageError(
      `Give "${command.name}" ${most === 0 ? 'no further words' : `its words as in: ${command.name} ${command.argument}`}.`,
    );
  const own = readOwnFlags(command.flags, switches, values);
  if ('problem' in own) return usageError(own.problem);
  return { action: 'command', command, words: rest, own: own.values, database: values.database, ...settings };
}

/** The flags that a program has whatever it is asked to do. */
function generalFlags(program: Program): Readonly<Record<string, KnownFlag>> {
  return {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
    'check-config': { type: 'boolean' },
    ...(program.startDemo && { demo: { type: 'boolean' } }),
    config: { type: 'string' },
    database: { type: 'string' },
    ...Object.fromEntries(program.flags.map(({ flag }) => [flag, { type: 'string' }])),
  };
}

function ownFlags(command: AnyCommand): Readonly<Record<string, KnownFlag>> {
  return Object.fromEntries(
    Object.entries(command.flags).map(([name, { value }]) => [
      name,
      { type: value === undefined ? 'boolean' : 'string' },
    ]),
  );
}

function commandNamed(words: readonly string[], commands: readonly AnyCommand[]): AnyCommand | undefined {
  const named = (count: number) => commands.find(({ name }) => name === words.slice(0, count).join(' '));
  return named(2) ?? named(1);
}

function groupNamed([group]: readonly string[], commands: readonly AnyCommand[]): { readonly group?: string } {
  return group !== undefined && commands.some(({ name }) => name.startsWith(`${group} `)) ? { group } : {};
}

function noCommand(words: readonly string[], commands: readonly AnyCommand[]): string {
  const [name = ''] = words;
  const followers = commands.filter((known) => known.name.startsWith(`${name} `)).map((known) => `"${known.name}"`);
  if (followers.length > 0) return `"${name}" wants one more word: ${followers.join(' or ')}.`;
  const meant = nearestName(
    name,
    commands.map((known) => known.name),
  );
  return `There is no command ${JSON.stringify(name)}.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`;
}

/** Says of a command's flag that stands before the command, where it belongs. */
function misplaced(
  argv: readonly string[],
  general: Readonly<Record<string, KnownFlag>>,
  leading: readonly string[],
  commands: readonly AnyCommand[],
): string | undefined {
  const unknown = argv.find((word) => word.startsWith('--') && !Object.hasOwn(general, flagName(word)));
  if (unknown === undefined || leading.length > 0) return undefined;
  const owners = commands.filter((command) => Object.hasOwn(command.flags, flagName(unknown)));
  const owner = owners.find(({ name }) => name.split(' ').every((word) => argv.includes(word))) ?? owners[0];
  return owner && `--${flagName(unknown)} goes after the command, as in: ${owner.name} --${flagName(unknown)}.`;
}

function flagName(word: string): string {
  return word.slice(2).split('=')[0] ?? '';
}

function readOwnFlags(
  flags: CommandFlags,
  switches: ReadonlySet<string>,
  given: Readonly<Record<string, string>>,
): { readonly values: Readonly<Record<string, unknown>> } | { readonly problem: string } {
  const values: Record<string, unknown> = {};
  for (const [name, { value, schema }] of Object.entries(flags)) {
    const text = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined) values[name] = switches.has(name);
    else if (schema === undefined) values[name] = text;
    else {
      const parsed = schema.safeParse(text, { error: wrongArgument });
      if (!parsed.success)
        return { problem: `--${name}: ${parsed.error.issues.map(({ message }) => message).join('; ')}.` };
      values[name] = parsed.data;
    }
  }
  return { values };
}

function pick(values: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}
