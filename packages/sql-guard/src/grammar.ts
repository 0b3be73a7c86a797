import { grammarEnums, grammarNodes } from './grammar.generated.ts';

/** How the tree prints one field: `node` is tagged, `struct` is not, `nodes` and `structs` are lists of these. */
export interface FieldKind {
  readonly shape: 'node' | 'nodes' | 'struct' | 'structs' | 'enum' | 'string' | 'number' | 'boolean' | 'other';
  /** Name of the struct or enum. */
  readonly of?: string;
}

function fieldKind(text: string): FieldKind {
  const colon = text.indexOf(':');
  const shape = colon < 0 ? text : text.slice(0, colon);
  switch (shape) {
    case 'struct':
    case 'structs':
    case 'enum':
      return { shape, of: text.slice(colon + 1) };
    case 'node':
    case 'nodes':
    case 'string':
    case 'number':
    case 'boolean':
      return { shape };
    default:
      return { shape: 'other' };
  }
}

/** The pinned grammar: fields by node, in the order of PostgreSQL's own declaration. */
export const grammar: ReadonlyMap<string, ReadonlyMap<string, FieldKind>> = new Map(
  Object.entries(grammarNodes).map(([node, fields]) => [
    node,
    new Map(
      fields
        .split(', ')
        .filter((field) => field !== '')
        .map((field) => {
          const [name = '', kind = ''] = field.split(' ');
          return [name, fieldKind(kind)] as const;
        }),
    ),
  ]),
);

/** The values of each enumeration of the grammar. */
export const grammarEnumValues: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(grammarEnums).map(([name, values]) => [name, new Set(values.split(' '))]),
);
