import { inspectSecretColumns } from './catalog/secret-columns.ts';
import { inspectScanColumns } from './inspect/attribute.ts';
import { inspectTogether } from './inspect/growth.ts';
import type { Frame, Inspector } from './inspect/inspector.ts';
import { inspectors } from './inspect/inspectors.ts';
import { inspectLongNumbers } from './inspect/long-numbers.ts';
import { mayGrow } from './inspect/nesting.ts';
import { inspectUnfolding } from './inspect/unfolding.ts';
import { inspectEntities } from './inspect/xml.ts';
import { type Judgement, maxFindings, refuse } from './judgement.ts';
import { type FieldPlan, type NodePlan, tagAt } from './node-plan.ts';
import { isPlainConstant } from './plain-constant.ts';
import { describeNode } from './refusal-text.ts';
import type { CteScope } from './scope.ts';
import { checkStatement } from './statement-check.ts';
import { hashText, type StructureHash } from './structure-hash.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, textOf } from './tree.ts';
import { refuseBulk, refuseField, refuseShape, refuseVersion } from './walk-refusals.ts';

const literalHash = hashText('literal');
const recursiveHash = hashText('recursive');

// Frames are most of what a verdict would leave to the garbage collector, so they are used again, by nested walks too.
const spareFrames: Frame[] = [];
const maxSpareFrames = 1_024;
let spareStack: Frame[] | undefined;
const inspectorByIndex: (Inspector | undefined)[] = [];

function inspectorOf(plan: NodePlan): Inspector | undefined {
  // Dense numbers are quicker to look up than names.
  if (plan.index >= inspectorByIndex.length)
    for (let index = inspectorByIndex.length; index <= plan.index; index += 1)
      inspectorByIndex.push(inspectors.get(tagAt(index)));
  return inspectorByIndex[plan.index];
}

/**
 * Visits every node of a statement. Iterative, because a 32 KB text can nest deeper than the stack; driven by the plans of the mode,
 * because a tag or field that nobody thought of must be a refusal and not a gap.
 */
export function walkStatement(root: unknown, judgement: Judgement): void {
  new StatementWalk(judgement).visit(root);
}

/** One walk. A class, because a hundred calls for each text share its state, and closures would be made anew for each text. */
class StatementWalk {
  private readonly judgement: Judgement;
  private readonly structure: StructureHash;
  private readonly maxNodes: number;
  private readonly maxDepth: number;
  private readonly stack: Frame[];
  private visited = 0;
  private lastLiteral = false;

  constructor(judgement: Judgement) {
    this.judgement = judgement;
    this.structure = judgement.structure;
    this.maxNodes = judgement.policy.limits.maxNodes;
    this.maxDepth = judgement.policy.limits.maxDepth;
    // The definition of a view is walked while the statement that reads it is.
    this.stack = spareStack ?? [];
    spareStack = undefined;
  }

  visit(root: unknown): void {
    const { judgement, stack } = this;
    this.pushNode(root, undefined, undefined, undefined);
    for (let frame = stack.pop(); frame; frame = stack.pop()) {
      this.visited += 1;
      if (this.visited > this.maxNodes || frame.depth > this.maxDepth) {
        refuseBulk(judgement, frame.plan.tag, locationOf(frame.fields), this.visited > this.maxNodes);
        return;
      }
      if (judgement.findings.length >= maxFindings) return;
      this.visitFrame(frame);
      if (spareFrames.length < maxSpareFrames) spareFrames.push(frame);
    }
    spareStack = stack;
    // The last node visited may have been a list of very many literals.
    if (this.visited > this.maxNodes) refuseBulk(judgement, 'A_Const', 0, true);
    inspectWhole(root, judgement);
  }

  private visitFrame(frame: Frame): void {
    const { judgement } = this;
    const { fields, plan } = frame;
    if (frame.parent !== 'A_Const') {
      this.structure.add(plan.isLiteral ? literalHash : plan.hash);
      this.structure.add(frame.depth);
    }
    if (plan.firstVersion > judgement.serverVersionNum) refuseVersion(judgement, plan.tag, fields, plan.firstVersion);
    inspectorOf(plan)?.(frame, judgement);
    let { scope } = frame;
    let withPlan: FieldPlan | undefined;
    if (plan.withPlan !== undefined) {
      const withClause = fields['withClause'];
      if (isFields(withClause)) {
        withPlan = plan.withPlan;
        scope = this.bindCommonTables(withClause, frame, withPlan);
      }
    }
    let last: FieldPlan | undefined;
    for (const key in fields) {
      const value = fields[key];
      // In most nodes, and never more than a number.
      if (key === 'location' && typeof value === 'number') continue;
      const field = fieldAfter(plan, last, key);
      if (field === undefined) refuseField(judgement, plan.tag, key, fields);
      else {
        last = field;
        if (field !== withPlan) this.visitField(frame, field, value, scope);
      }
    }
  }

  private pushNode(
    value: unknown,
    from: Frame | undefined,
    field: FieldPlan | undefined,
    scope: CteScope | undefined,
  ): void {
    const { judgement } = this;
    const tag = onlyKey(value);
    const fields = tag === undefined ? undefined : (value as Fields)[tag];
    if (tag === undefined || !isFields(fields)) {
      const empty = isFields(value) && Object.keys(value).length === 0;
      if (empty && field?.emptyItems) this.structure.add(field.hash);
      else refuseShape(judgement, from?.plan.tag ?? '', field?.name ?? '');
      return;
    }
    const plan = planOf(judgement, field, tag);
    const statement =
      (plan?.isStatement ?? tag.endsWith('Stmt')) && checkStatement(tag, fields, from?.plan.tag ?? '', judgement);
    if (plan) {
      if (plan.isLiteral) this.visitLiteral(fields, plan, from, field, scope);
      else this.push(fields, plan, from, field, scope);
    } else if (!statement)
      refuse(judgement, { code: 'node', node: tag, location: locationOf(fields), ...describeNode(tag) });
  }

  private push(
    fields: Fields,
    plan: NodePlan,
    from: Frame | undefined,
    field: FieldPlan | undefined,
    scope: CteScope | undefined,
  ): void {
    this.lastLiteral = false;
    // Before the visit, so that the order among literals, which are visited at once, is part of the structure.
    if (field) this.structure.add(field.hash);
    const depth = from ? from.depth + 1 : 1;
    const parent = from ? from.plan.tag : '';
    const place = field ? field.place : '';
    const size = from ? from.size : 0;
    const growth = from ? from.growth : 1;
    const rows = from ? from.rows : 1;
    const frame = spareFrames.pop();
    if (frame) {
      frame.fields = fields;
      frame.plan = plan;
      frame.depth = depth;
      frame.scope = scope;
      frame.parent = parent;
      frame.place = place;
      frame.size = size;
      frame.growth = growth;
      frame.rows = rows;
      this.stack.push(frame);
    } else this.stack.push({ fields, plan, depth, scope, parent, place, size, growth, rows });
  }

  /** Literals are half of many texts: they are visited where they stand, without a frame. */
  private visitLiteral(
    fields: Fields,
    plan: NodePlan,
    from: Frame | undefined,
    field: FieldPlan | undefined,
    scope: CteScope | undefined,
  ): void {
    const depth = from ? from.depth + 1 : 1;
    if (plan.tag !== 'A_Const' || depth >= this.maxDepth || !isPlainConstant(fields)) {
      this.push(fields, plan, from, field, scope);
      return;
    }
    this.visited += 2;
    // A literal is a literal, and a list of them is as long as it likes to be.
    if (!this.lastLiteral || !field || (field.place !== 'List.items' && field.place !== 'A_ArrayExpr.elements')) {
      this.structure.add(literalHash);
      this.structure.add(field ? field.hash : 0);
      this.structure.add(depth);
    }
    this.lastLiteral = true;
    if (field?.place !== 'TypeName.typmods') this.judgement.literals.push(fields);
  }

  /** Pushes the members of WITH, each with what it may see, and gives the scope of the statement's body. */
  private bindCommonTables(withClause: Fields, from: Frame, plan: FieldPlan): CteScope | undefined {
    const members = listOf(withClause['ctes']);
    let { scope } = from;
    const nameOf = (member: unknown): string => textOf(fieldsOf(member, 'CommonTableExpr')?.['ctename']) ?? '';
    if (withClause['recursive'] === true) {
      this.structure.add(recursiveHash);
      for (const member of members) scope = { name: nameOf(member), outer: scope };
    }
    for (const member of members) {
      this.pushNode(member, from, plan, scope);
      if (withClause['recursive'] !== true) scope = { name: nameOf(member), outer: scope };
    }
    for (const key in withClause) {
      const value = withClause[key];
      if (key === 'ctes' ? Array.isArray(value) : key === 'recursive' ? typeof value === 'boolean' : key === 'location')
        continue;
      if (plan.struct?.fields.has(key)) refuseShape(this.judgement, 'WithClause', key);
      else refuseField(this.judgement, 'WithClause', key, withClause);
    }
    return scope;
  }

  private pushStruct(value: unknown, frame: Frame, field: FieldPlan, scope: CteScope | undefined): void {
    if (isFields(value) && field.struct) this.push(value, field.struct, frame, field, scope);
    else refuseShape(this.judgement, frame.plan.tag, field.name);
  }

  private visitField(frame: Frame, field: FieldPlan, value: unknown, scope: CteScope | undefined): void {
    switch (field.shape) {
      case 'node':
        this.pushNode(value, frame, field, scope);
        return;
      case 'nodes':
        if (!Array.isArray(value)) break;
        for (let index = 0; index < value.length; index += 1) this.pushNode(value[index], frame, field, scope);
        return;
      case 'struct':
        this.pushStruct(value, frame, field, scope);
        return;
      case 'structs':
        if (!Array.isArray(value)) break;
        for (const item of value) this.pushStruct(item, frame, field, scope);
        return;
      case 'names':
        if (!this.visitNames(field, value)) break;
        return;
      case 'enum': {
        const hash = typeof value === 'string' ? field.values?.get(value) : undefined;
        if (hash === undefined) break;
        this.structure.add(field.hash);
        this.structure.add(hash);
        return;
      }
      default:
        if (typeof value !== field.shape) break;
        this.hashScalar(field, frame, value);
        return;
    }
    refuseShape(this.judgement, frame.plan.tag, field.name);
  }

  /** Names are strings; `*` may end a column reference. False: the list holds something else. */
  private visitNames(field: FieldPlan, names: unknown): boolean {
    if (!Array.isArray(names)) return false;
    this.visited += names.length;
    this.structure.add(field.hash);
    for (let index = 0; index < names.length; index += 1) {
      const item: unknown = names[index];
      const tag = onlyKey(item);
      const fields = tag === undefined ? undefined : (item as Fields)[tag];
      if ((tag !== 'String' && tag !== 'A_Star') || !isFields(fields)) return false;
      let name = '*';
      for (const key in fields) {
        const value = fields[key];
        if (key !== 'sval' || typeof value !== 'string') return false;
        name = value;
      }
      this.structure.addText(name);
    }
    return true;
  }

  private hashScalar(field: FieldPlan, frame: Frame, value: unknown): void {
    if (field.isLocation || frame.plan.isLiteral || frame.parent === 'A_Const') return;
    this.structure.add(field.hash);
    if (value === true) this.structure.add(1);
    else this.structure.addText(String(value));
  }
}

/** The plan of a field. Nodes of one kind print their fields in one order, so that the one after the last is nearly always known. */
function fieldAfter(plan: NodePlan, last: FieldPlan | undefined, key: string): FieldPlan | undefined {
  const guess = last === undefined ? plan.firstField : last.nextField;
  if (guess !== undefined && guess.name === key) return guess;
  const field = plan.fields.get(key);
  if (field === undefined) return undefined;
  if (last === undefined) plan.firstField = field;
  else last.nextField = field;
  return field;
}

/** The plan of a node; most fields hold the same kind of node again and again. */
function planOf(judgement: Judgement, field: FieldPlan | undefined, tag: string): NodePlan | undefined {
  if (field === undefined) return judgement.policy.plans.get(tag);
  const guess = field.lastPlan;
  if (guess !== undefined && guess.tag === tag) return guess;
  const plan = judgement.policy.plans.get(tag);
  if (plan !== undefined) field.lastPlan = plan;
  return plan;
}

function inspectWhole(root: unknown, judgement: Judgement): void {
  inspectScanColumns(judgement);
  inspectSecretColumns(root, judgement);
  if (judgement.findings.length > 0) return;
  inspectTogether(judgement);
  inspectEntities(judgement);
  inspectLongNumbers(judgement);
  if (judgement.findings.length === 0 && mayGrow(judgement)) inspectUnfolding(root, judgement);
}

function onlyKey(value: unknown): string | undefined {
  if (!isFields(value)) return undefined;
  let found: string | undefined;
  for (const key in value) {
    if (found !== undefined) return undefined;
    found = key;
  }
  return found;
}
