import { GuardError } from './errors.ts';

/** Matches names against `name`, `schema.name`, `schema.prefix*` and `schema.*` patterns, compiled once per policy. */
export interface NamePatterns {
  readonly empty: boolean;
  /** `schema` absent: the text names none, and only a pattern without a schema matches. */
  matches(schema: string | undefined, name: string): boolean;
  /** True when a pattern without a star names it. */
  matchesExactly(schema: string | undefined, name: string): boolean;
  /** True when some pattern would match the name in some schema: used to refuse what cannot be resolved. */
  couldMatch(name: string): boolean;
}

interface Pattern {
  readonly schema: string | undefined;
  readonly name: string;
  readonly prefix: boolean;
}

function compilePattern(text: string, option: string): Pattern {
  const parts = text.split('.');
  const name = parts.at(-1) ?? '';
  const star = name.indexOf('*');
  if (
    text === '' ||
    parts.length > 2 ||
    parts.some((part) => part === '') ||
    (star >= 0 && star !== name.length - 1) ||
    (parts.length === 2 && parts[0]?.includes('*'))
  ) {
    throw new GuardError(
      'INVALID_OPTIONS',
      `"${text}" in ${option} is not a name pattern. Write name, schema.name, schema.prefix* or schema.*, spelt as the catalog stores it.`,
    );
  }
  return {
    schema: parts.length === 2 ? parts[0] : undefined,
    name: star < 0 ? name : name.slice(0, star),
    prefix: star >= 0,
  };
}

/** Compiles the patterns of one option. */
export function compileNamePatterns(texts: readonly string[] | undefined, option: string): NamePatterns {
  const patterns = (texts ?? []).map((text) => compilePattern(text, option));
  const nameMatches = (pattern: Pattern, name: string) =>
    pattern.prefix ? name.startsWith(pattern.name) : name === pattern.name;
  return {
    empty: patterns.length === 0,
    matches: (schema, name) => patterns.some((pattern) => pattern.schema === schema && nameMatches(pattern, name)),
    matchesExactly: (schema, name) =>
      patterns.some((pattern) => !pattern.prefix && pattern.schema === schema && pattern.name === name),
    couldMatch: (name) => patterns.some((pattern) => nameMatches(pattern, name)),
  };
}
