import { describe, expect, it } from 'vitest';
import { compilePolicy } from '../src/compiled-policy.ts';
import { readHostileCases } from '../src/corpus.ts';
import type { GuardOptions, Violation } from '../src/index.ts';
import { judge } from '../src/judge.ts';
import { isParserError } from '../src/parser.ts';
import { compileParser } from '../src/parser-code.ts';
import { createParser } from '../src/parser-instance.ts';

const parser = await createParser(await compileParser());
const hostile = await readHostileCases();

function violationsOf(sql: string, options: GuardOptions): readonly Violation[] {
  const tree = parser.parse(sql);
  if (isParserError(tree) || tree.stmts.length !== 1) return [];
  const verdict = judge(tree, sql, Buffer.byteLength(sql), compilePolicy(options), {}, undefined, parser.scan);
  return verdict.allowed ? [] : verdict.violations;
}

/** The options that an owner would write who reads the refusal; undefined for limits, which have a ceiling. */
function followed({ option = '', name = '' }: Violation): GuardOptions | undefined {
  const options: Record<string, unknown> = {};
  for (const part of option.split(/, (?=\w+(?:\.\w+)?:)/)) {
    const [, group, , words, mode] = /^(?:(\w+)\.(allow)(?:: \['(.+)'\])?|mode: "([\w-]+)")$/.exec(part) ?? [];
    if (mode !== undefined) options['mode'] = mode;
    else if (group === undefined) return undefined;
    else options[group] = { allow: [words ?? (group === 'catalogs' ? (name.split('.').at(-1) ?? '') : name)] };
  }
  return options as GuardOptions;
}

describe('the option of a refusal', () => {
  it('is what allows it, in every refusal of the hostile corpus', () => {
    const untrue: string[] = [];
    const followedBy = new Map<string, number>();
    for (const { sql } of hostile) {
      for (const violation of violationsOf(sql, {})) {
        const options = followed(violation);
        if (options === undefined) continue;
        for (const group of Object.keys(options)) followedBy.set(group, (followedBy.get(group) ?? 0) + 1);
        const { node, message, position } = violation;
        const stays = violationsOf(sql, options).some(
          (other) =>
            other.node === node &&
            other.message === message &&
            other.position.line === position.line &&
            other.position.column === position.column,
        );
        if (stays) untrue.push(`${violation.option}: ${message}: ${sql}`);
      }
    }
    expect(untrue).toEqual([]);
    for (const group of ['functions', 'catalogs', 'types', 'operators', 'attributes', 'settings', 'mode', 'statements'])
      expect(followedBy.get(group), group).toBeGreaterThan(0);
  });
});
