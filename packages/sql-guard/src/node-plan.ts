import { type FieldKind, grammar, grammarEnumValues } from './grammar.ts';
import { adminNodes, nodeVersions, readOnlyNodes, standardNodes } from './nodes.ts';
import type { GuardMode } from './policy.ts';
import { hashText } from './structure-hash.ts';

/** What the walk does with one accepted field. */
export interface FieldPlan {
  readonly name: string;
  /** Node and field: `SelectStmt.fromClause`. */
  readonly place: string;
  readonly shape: FieldKind['shape'] | 'names';
  /** Plan of an untagged struct. */
  readonly struct?: NodePlan;
  /** Values of an enumeration. */
  readonly values?: ReadonlySet<string>;
  /** Items may be the null item `{}`. */
  readonly emptyItems: boolean;
  /** Stands for the field in the hash of a statement's structure. */
  readonly hash: number;
  /** Holds a place in the text: no part of the structure. */
  readonly isLocation: boolean;
}

/** What the walk does with one accepted node. */
export interface NodePlan {
  readonly tag: string;
  /** Stands for the tag in the hash of a statement's structure. */
  readonly hash: number;
  readonly fields: Map<string, FieldPlan>;
  /** Judged by the table of statements too. */
  readonly isStatement: boolean;
  /** A literal or a parameter: its value is no part of the structure. */
  readonly isLiteral: boolean;
  /** First `server_version_num` that reads this syntax as this node; 0 for all. */
  readonly firstVersion: number;
}

/** The accepted nodes of one mode. */
export type NodePlans = ReadonlyMap<string, NodePlan>;

/** Fields that hold places in the text. */
const placeFields: ReadonlySet<string> = new Set([
  'list_start',
  'list_end',
  'rexpr_list_start',
  'rexpr_list_end',
  'name_location',
  'location',
]);

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
  const values = kind.shape === 'enum' ? grammarEnumValues.get(kind.of ?? '') : undefined;
  return {
    name,
    place: `${tag}.${name}`,
    isLocation: placeFields.has(name),
    shape: suffix === 'names' ? 'names' : kind.shape,
    emptyItems: suffix === 'empty',
    hash: hashText(`${tag}.${name}`),
    ...(kind.shape === 'struct' || kind.shape === 'structs' ? { struct: planFor(kind.of ?? '') } : {}),
    ...(values ? { values } : {}),
  };
}

/** Joins the tables of a mode with the grammar. A row that the grammar does not know is a fault of this package and throws. */
export function planNodes(mode: GuardMode): NodePlans {
  const plans = new Map<string, NodePlan>();
  const planFor = (tag: string): NodePlan => {
    const plan = plans.get(tag) ?? {
      tag,
      hash: hashText(tag),
      fields: new Map(),
      isStatement: tag.endsWith('Stmt'),
      isLiteral: tag === 'A_Const' || tag === 'ParamRef',
      firstVersion: nodeVersions[tag] ?? 0,
    };
    plans.set(tag, plan);
    return plan;
  };
  for (const [tag, row] of tablesOf[mode].flatMap((table) => Object.entries(table))) {
    const plan = planFor(tag);
    for (const entry of row.split(' ').filter((text) => text !== '')) {
      const field = planField(tag, entry, planFor);
      plan.fields.set(field.name, field);
    }
  }
  // A struct that no row names has no accepted field: what stands in it is refused field by field.
  return plans;
}
