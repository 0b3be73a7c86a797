/**
 * Writes `src/grammar.generated.ts`: every node of the pinned PostgreSQL grammar with its fields, from the declarations of @pgsql/types,
 * which are generated from libpg-query's protobuf definition.
 *
 *     node scripts/generate-grammar.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('.', import.meta.resolve('@pgsql/types/package.json'));
const declarations = readFileSync(new URL('types.d.ts', folder), 'utf8');
const enumDeclarations = readFileSync(new URL('enums.d.ts', folder), 'utf8');

const enums = new Map<string, string[]>();
for (const [, name = '', values = ''] of enumDeclarations.matchAll(/export type (\w+) = ([^;]+);/g)) {
  enums.set(
    name,
    [...values.matchAll(/"([^"]+)"/g)].map(([, value = '']) => value),
  );
}

const interfaces = new Map<string, [string, string][]>();
for (const [, name = '', body = ''] of declarations.matchAll(/export interface (\w+) \{([^}]*)\}/g)) {
  interfaces.set(
    name,
    [...body.matchAll(/(\w+)\?: ([\w[\]]+);/g)].map(([, field = '', type = '']) => [field, type]),
  );
}

function kindOf(type: string): string {
  if (type === 'Node') return 'node';
  if (type === 'Node[]') return 'nodes';
  const element = type.endsWith('[]') ? type.slice(0, -2) : undefined;
  if (element !== undefined) return interfaces.has(element) ? `structs:${element}` : `${element}s`;
  if (enums.has(type)) return `enum:${type}`;
  if (interfaces.has(type)) return `struct:${type}`;
  return type;
}

const lines: string[] = [];
const usedEnums = new Set<string>();
for (const [name, fields] of [...interfaces].sort(([left], [right]) => (left < right ? -1 : 1))) {
  const kinds = fields.map(([field, type]) => [field, kindOf(type)] as const);
  for (const [, kind] of kinds) if (kind.startsWith('enum:')) usedEnums.add(kind.slice(5));
  lines.push(`  ${name}: '${kinds.map(([field, kind]) => `${field} ${kind}`).join(', ')}',`);
}
const enumLines = [...usedEnums].sort().map((name) => `  ${name}: '${(enums.get(name) ?? []).join(' ')}',`);

writeFileSync(
  new URL('../src/grammar.generated.ts', import.meta.url),
  `// Written by scripts/generate-grammar.ts from @pgsql/types: "field kind, field kind" by node.
// Kinds: node, nodes (tagged), struct:X, structs:X (untagged), enum:X, string, number, boolean, bigints, strings.

export const grammarNodes: Readonly<Record<string, string>> = {
${lines.join('\n')}
};

export const grammarEnums: Readonly<Record<string, string>> = {
${enumLines.join('\n')}
};
`,
);
