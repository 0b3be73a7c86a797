import { parseArgs } from 'node:util';
import { nearestName } from '../nearest.ts';
import type { Program } from './program.ts';

/** What a command line asks for. */
export type CommandLine =
  | { readonly action: 'help' | 'version' }
  | {
      readonly action: 'serve' | 'check-config';
      readonly demo: boolean;
      readonly file: string | undefined;
      readonly flags: Readonly<Record<string, string>>;
    }
  | { readonly action: 'usage-error'; readonly message: string };

/** Reads the arguments of a program. Unknown flags and stray words are errors that name the nearest known flag. */
export function parseCommandLine(program: Program, argv: readonly string[]): CommandLine {
  const options = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
    config: { type: 'string' },
    'check-config': { type: 'boolean' },
    ...(program.startDemo && { demo: { type: 'boolean' } as const }),
    ...Object.fromEntries(program.flags.map(({ flag }) => [flag, { type: 'string' } as const])),
  } as const;
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true });
  const flags: Record<string, string> = {};
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind === 'positional') return usageError(`There is no command ${JSON.stringify(token.value)}.`, program);
    if (token.kind !== 'option') continue;
    const known = options[token.name as keyof typeof options];
    if (known === undefined) return unknownFlag(token.rawName, Object.keys(options), program);
    if (known.type === 'boolean') {
      if (token.value !== undefined) return usageError(`${token.rawName} takes no value.`, program);
      given.add(token.name);
    } else {
      const swallowedFlag = token.inlineValue === false && token.value.startsWith('-');
      if (swallowedFlag || token.value === undefined || token.value === '')
        return usageError(`${token.rawName} needs a value.`, program);
      flags[token.name] = token.value;
    }
  }
  if (given.has('help')) return { action: 'help' };
  if (given.has('version')) return { action: 'version' };
  const { config: file, ...settings } = flags;
  return {
    action: given.has('check-config') ? 'check-config' : 'serve',
    demo: given.has('demo'),
    file,
    flags: settings,
  };
}

function unknownFlag(flag: string, known: readonly string[], program: Program): CommandLine {
  const meant = nearestName(flag.replace(/^-+/, ''), known);
  return usageError(`There is no flag ${flag}.${meant ? ` Did you mean --${meant}?` : ''}`, program);
}

function usageError(message: string, program: Program): CommandLine {
  return { action: 'usage-error', message: `${message} See ${program.name} --help.` };
}
