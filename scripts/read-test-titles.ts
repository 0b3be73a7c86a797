import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** A test as it stands in a file. */
export interface WrittenTest {
  readonly title: string;
  /** Titles of the blocks around it, the outermost first. */
  readonly within: readonly string[];
  /** It never runs: `.skip` or `.todo`, its own or of a block around it. */
  readonly idle: boolean;
}

/**
 * The tests of a file, read from its syntax: `it('...')`, `test('...')`, also through `.each`, `.skipIf` and the like. A block whose tests
 * another file defines (`describe('...', () => contract(...))`) counts as one test of its title.
 */
export function readTestTitles(file: string): readonly WrittenTest[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const tests: WrittenTest[] = [];
  const visit = (node: ts.Node, within: readonly string[], idle: boolean): void => {
    const call = ts.isCallExpression(node) ? titledCall(node) : undefined;
    if (call === undefined) {
      ts.forEachChild(node, (child) => visit(child, within, idle));
      return;
    }
    const { title, names } = call;
    const never = idle || names.includes('skip') || names.includes('todo');
    if (names[0] === 'describe') {
      const before = tests.length;
      ts.forEachChild(node, (child) => visit(child, [...within, title], never));
      if (tests.length === before) tests.push({ title, within, idle: never });
    } else tests.push({ title, within, idle: never });
  };
  visit(source, [], false);
  return tests;
}

const TITLED = new Set(['it', 'test', 'describe']);

function titledCall(
  node: ts.CallExpression,
): { readonly title: string; readonly names: readonly string[] } | undefined {
  const names = namesOf(node.expression);
  const [title] = node.arguments;
  if (!TITLED.has(names[0] ?? '') || title === undefined || !ts.isStringLiteralLike(title)) return;
  return { title: title.text, names };
}

/** `it.skipIf(condition).each(rows)` gives `it`, `skipIf`, `each`; nothing for what is not a chain of names. */
function namesOf(node: ts.Expression): readonly string[] {
  if (ts.isIdentifier(node)) return [node.text];
  if (ts.isPropertyAccessExpression(node)) return [...namesOf(node.expression), node.name.text];
  if (ts.isCallExpression(node)) return namesOf(node.expression);
  if (ts.isTaggedTemplateExpression(node)) return namesOf(node.tag);
  return [];
}
