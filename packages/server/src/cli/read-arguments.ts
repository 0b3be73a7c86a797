import { parseArgs } from 'node:util';
import { nearestName } from '../nearest.ts';

/** A flag that may be given: one with a value, or a switch. */
export interface KnownFlag {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
}

/** Characters of an unknown flag that a message repeats. */
const MAX_SHOWN = 40;

/** The arguments, sorted. */
export interface ReadArguments {
  /** The switches that were given. */
  readonly switches: ReadonlySet<string>;
  readonly values: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

/** Sorts arguments into switches, values and words. An unknown flag is a problem that names the nearest known one. */
export function readArguments(
  argv: readonly string[],
  known: Readonly<Record<string, KnownFlag>>,
): ReadArguments | { readonly problem: string; readonly unknownFlag?: true } {
  const switches = new Set<string>();
  const values: Record<string, string> = {};
  const words: string[] = [];
  for (const token of parseArgs({ args: [...argv], options: known, strict: false, tokens: true }).tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const type = Object.hasOwn(known, token.name) ? known[token.name]?.type : undefined;
    if (type === undefined) {
      const meant = nearestName(token.name, Object.keys(known));
      const problem = `There is no flag ${shortened(token.rawName)}.`;
      return meant ? { problem: `${problem} Did you mean --${meant}?` } : { problem, unknownFlag: true };
    }
    if (type === 'boolean') {
      if (token.value !== undefined) return { problem: `${token.rawName} takes no value.` };
      switches.add(token.name);
      continue;
    }
    const swallowedFlag = token.inlineValue === false && token.value.startsWith('-');
    if (swallowedFlag || token.value === undefined || token.value === '')
      return { problem: `${token.rawName} needs a value.` };
    if (Object.hasOwn(values, token.name)) return { problem: `${token.rawName} is given twice. Keep one of them.` };
    values[token.name] = token.value;
  }
  return { switches, values, words };
}

/** What was taken for a flag may be a statement of many lines. */
function shortened(flag: string): string {
  const [line = ''] = flag.split('\n');
  return line.length > MAX_SHOWN || line !== flag ? `${line.slice(0, MAX_SHOWN)}…` : flag;
}

/**
 * The words before the first flag that `known` does not have: among them is the command's name, whatever flags of its own the command
 * takes after it.
 */
export function leadingWords(argv: readonly string[], known: Readonly<Record<string, KnownFlag>>): readonly string[] {
  const words: string[] = [];
  for (const token of parseArgs({ args: [...argv], options: known, strict: false, tokens: true }).tokens) {
    if (token.kind === 'option' && !Object.hasOwn(known, token.name)) break;
    if (token.kind === 'positional') words.push(token.value);
  }
  return words;
}
