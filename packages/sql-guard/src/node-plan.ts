import { type FieldKind, grammar, grammarEnumValues } from './grammar.ts';
import { adminNodes, nodeVersions, readOnlyNodes, standardNodes } from './nodes.ts';
import type { GuardMode } from './policy.ts';
import { isPlaceField } from './same-tree.ts';
import { hashText } from './structure-hash.ts';

/** What the walk does with one accepted field. */
export interface FieldPlan {
  readonly name: string;
  /** Node and field: `SelectStmt.fromClause`. */
  readonly place: string;
  readonly shape: FieldKind['shape'] | 'names';
  /** Plan of an untagged struct. */
  readonly struct: NodePlan | undefined;
  /** Values of an enumeration, each with what stands for it in the hash of a statement's structure. */
  readonly values: ReadonlyMap<string, number> | undefined;
  /** Items may be the null item `{}`. */
  readonly emptyItems: boolean;
  /** Stands for the field in the hash of a statement's structure. */
  readonly hash: number;
  /** Holds a place in the text: no part of the structure. */
  readonly isLocation: boolean;
  /** The field that followed this one in the last node; a guess that the walk checks by name. */
  nextField: FieldPlan | undefined;
  /** What the field held last; a guess that the walk checks by tag. */
  lastPlan: NodePlan | undefined;
}

/** What the walk does with one accepted node. */
export interface NodePlan {
  readonly tag: string;
  /** Place of the tag in the grammar: {@link tagAt}. */
  readonly index: number;
  /** Stands for the tag in the hash of a statement's structure. */
  readonly hash: number;
  readonly fields: Map<string, FieldPlan>;
  /** Judged by the table of statements too. */
  readonly isStatement: boolean;
  /** A literal or a parameter: its value is no part of the structure. */
  readonly isLiteral: boolean;
  /** First `server_version_num` that reads this syntax as this node; 0 for all. */
  readonly firstVersion: number;
  /** The field that holds WITH, if the node has one. */
  withPlan: FieldPlan | undefined;
  /** The first field of the last node of this kind; a guess that the walk checks by name. */
  firstField: FieldPlan | undefined;
}

const tags: readonly string[] = [...grammar.keys()];
const indexes: ReadonlyMap<string, number> = new Map(tags.map((tag, index) => [tag, index]));

/** The tag of a {@link NodePlan.index}. */
export const tagAt = (index: number): string => tags[index] ?? '';

/** The accepted nodes of one mode. */
export type NodePlans = ReadonlyMap<string, NodePlan>;

const tablesOf: Readonly<Record<GuardMode, readonly Readonly<Record<string, string>>[]>> = {
  'read-only': [readOnlyNodes],
  standard: [readOnlyNodes, standardNodes],
  admin: [readOnlyNodes, standardNodes, adminNodes],
};

/** One entry of a row, such as `fields=names`, joined with what the grammar says about the field. */
function planField(tag: string, entry: string, planFor: (tag: string) => NodePlan): FieldPlan {
  const [name = '', suffix = ''] = entry.split(/[=+]/);
  const kind = grammar.get(tag)?.get(name);
  if (!kind) throw new Error(`The grammar has no field ${tag}.${name}.`);
  const values = kind.shape === 'enum' ? [...(grammarEnumValues.get(kind.of ?? '') ?? [])] : undefined;
  return {
    name,
    place: `${tag}.${name}`,
    isLocation: isPlaceField(name),
    shape: suffix === 'names' ? 'names' : kind.shape,
    emptyItems: suffix === 'empty',
    hash: hashText(`${tag}.${name}`),
    // All plans have one shape, which is what makes reading them quick.
    struct: kind.shape === 'struct' || kind.shape === 'structs' ? planFor(kind.of ?? '') : undefined,
    values: values && new Map(values.map((value) => [value, hashText(value)])),
    nextField: undefined,
    lastPlan: undefined,
  };
}

/** Joins the tables of a mode with the grammar. A row that the grammar does not know is a fault of this package and throws. */
export function planNodes(mode: GuardMode): NodePlans {
  const plans = new Map<string, NodePlan>();
  const planFor = (tag: string): NodePlan => {
    const index = indexes.get(tag);
    if (index === undefined) throw new Error(`The grammar has no node ${tag}.`);
    const plan: NodePlan = plans.get(tag) ?? {
      tag,
      index,
      hash: hashText(tag),
      fields: new Map(),
      isStatement: tag.endsWith('Stmt'),
      isLiteral: tag === 'A_Const' || tag === 'ParamRef',
      firstVersion: nodeVersions[tag] ?? 0,
      withPlan: undefined,
      firstField: undefined,
    };
    plans.set(tag, plan);
    return plan;
  };
  for (const [tag, row] of tablesOf[mode].flatMap((table) => Object.entries(table))) {
    const plan = planFor(tag);
    for (const entry of row.split(' ').filter((text) => text !== '')) {
      const field = planField(tag, entry, planFor);
      plan.fields.set(field.name, field);
      if (field.name === 'withClause') plan.withPlan = field;
    }
  }
  // A struct that no row names has no accepted field: what stands in it is refused field by field.
  return plans;
}
