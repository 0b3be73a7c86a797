import { inspectScanColumns } from './inspect/attribute.ts';
import { inspectTogether } from './inspect/growth.ts';
import type { Frame } from './inspect/inspector.ts';
import { inspectors } from './inspect/inspectors.ts';
import { inspectEntities } from './inspect/xml.ts';
import { type Judgement, maxFindings, refuse } from './judgement.ts';
import { statementRules } from './modes.ts';
import type { FieldPlan, NodePlan } from './node-plan.ts';
import { describeField, describeNode } from './refusal-text.ts';
import type { CteScope } from './scope.ts';
import { hashText } from './structure-hash.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, textOf } from './tree.ts';

const literalHash = hashText('literal');

/**
 * Visits every node of a statement. Iterative, because a 32 KB text can nest deeper than the stack; driven by the plans of the mode,
 * because a tag or field that nobody thought of must be a refusal and not a gap.
 */
export function walkStatement(root: unknown, judgement: Judgement): void {
  const stack: Frame[] = [];
  const { limits, plans } = judgement.policy;
  const { structure } = judgement;
  let visited = 0;
  let lastLiteral = false;

  function pushNode(
    value: unknown,
    from: Frame | undefined,
    field: FieldPlan | undefined,
    scope: CteScope | undefined,
  ): void {
    const tag = onlyKey(value);
    const fields = tag === undefined ? undefined : (value as Fields)[tag];
    if (tag === undefined || !isFields(fields)) {
      const empty = isFields(value) && Object.keys(value).length === 0;
      if (empty && field?.emptyItems) structure.add(field.hash);
      else refuseShape(judgement, from?.plan.tag ?? '', field?.name ?? '');
      return;
    }
    const plan = plans.get(tag);
    const statement =
      (plan?.isStatement ?? tag.endsWith('Stmt')) && checkStatement(tag, fields, from?.plan.tag ?? '', judgement);
    if (plan) {
      if (plan.isLiteral) visitLiteral(fields, plan, from, field, scope);
      else push(fields, plan, from, field, scope);
    } else if (!statement)
      refuse(judgement, { code: 'node', node: tag, location: locationOf(fields), ...describeNode(tag) });
  }

  function push(
    fields: Fields,
    plan: NodePlan,
    from: Frame | undefined,
    field: FieldPlan | undefined,
    scope: CteScope | undefined,
  ): void {
    lastLiteral = false;
    // Before the visit, so that the order among literals, which are visited at once, is part of the structure.
    if (field) structure.add(field.hash);
    stack.push({
      fields,
      plan,
      depth: from ? from.depth + 1 : 1,
      scope,
      parent: from ? from.plan.tag : '',
      place: field ? field.place : '',
      size: from ? from.size : 0,
      growth: from ? from.growth : 1,
      rows: from ? from.rows : 1,
    });
  }

  /** Literals are half of many texts: they are visited where they stand, without a frame. */
  function visitLiteral(
    fields: Fields,
    plan: NodePlan,
    from: Frame | undefined,
    field: FieldPlan | undefined,
    scope: CteScope | undefined,
  ): void {
    const depth = from ? from.depth + 1 : 1;
    if (plan.tag !== 'A_Const' || depth >= limits.maxDepth || !isPlainConstant(fields)) {
      push(fields, plan, from, field, scope);
      return;
    }
    visited += 2;
    // A literal is a literal, and a list of them is as long as it likes to be.
    if (!lastLiteral || !field || (field.place !== 'List.items' && field.place !== 'A_ArrayExpr.elements')) {
      structure.add(literalHash);
      structure.add(field ? field.hash : 0);
      structure.add(depth);
    }
    lastLiteral = true;
    if (field?.place !== 'TypeName.typmods') judgement.literals.push(fields);
  }

  /** Pushes the members of WITH, each with what it may see, and gives the scope of the statement's body. */
  function bindCommonTables(withClause: Fields, from: Frame, plan: FieldPlan): CteScope | undefined {
    const members = listOf(withClause['ctes']);
    let scope = from.scope;
    const nameOf = (member: unknown): string => textOf(fieldsOf(member, 'CommonTableExpr')?.['ctename']) ?? '';
    if (withClause['recursive'] === true) for (const member of members) scope = { name: nameOf(member), outer: scope };
    for (const member of members) {
      pushNode(member, from, plan, scope);
      if (withClause['recursive'] !== true) scope = { name: nameOf(member), outer: scope };
    }
    for (const key in withClause) {
      if (key !== 'ctes' && !plan.struct?.fields.has(key)) refuseField(judgement, 'WithClause', key, withClause);
    }
    return scope;
  }

  function pushStruct(value: unknown, frame: Frame, field: FieldPlan, scope: CteScope | undefined): void {
    if (isFields(value) && field.struct) push(value, field.struct, frame, field, scope);
    else refuseShape(judgement, frame.plan.tag, field.name);
  }

  function visitField(frame: Frame, field: FieldPlan, value: unknown, scope: CteScope | undefined): void {
    switch (field.shape) {
      case 'node':
        pushNode(value, frame, field, scope);
        return;
      case 'nodes':
        if (!Array.isArray(value)) break;
        for (const item of value) pushNode(item, frame, field, scope);
        return;
      case 'struct':
        pushStruct(value, frame, field, scope);
        return;
      case 'structs':
        if (!Array.isArray(value)) break;
        for (const item of value) pushStruct(item, frame, field, scope);
        return;
      case 'names':
        if (!visitNames(field, value)) break;
        return;
      case 'enum':
        if (typeof value !== 'string' || !field.values?.has(value)) break;
        hashScalar(field, frame, value);
        return;
      default:
        if (typeof value !== field.shape) break;
        hashScalar(field, frame, value);
        return;
    }
    refuseShape(judgement, frame.plan.tag, field.name);
  }

  /** Names are strings; `*` may end a column reference. False: the list holds something else. */
  function visitNames(field: FieldPlan, names: unknown): boolean {
    if (!Array.isArray(names)) return false;
    visited += names.length;
    structure.add(field.hash);
    for (const item of names) {
      const tag = onlyKey(item);
      const fields = tag === undefined ? undefined : (item as Fields)[tag];
      if ((tag !== 'String' && tag !== 'A_Star') || !isFields(fields)) return false;
      let name = '*';
      for (const key in fields) {
        const value = fields[key];
        if (key !== 'sval' || typeof value !== 'string') return false;
        name = value;
      }
      structure.addText(name);
    }
    return true;
  }

  function hashScalar(field: FieldPlan, frame: Frame, value: unknown): void {
    if (field.isLocation || frame.plan.isLiteral || frame.parent === 'A_Const') return;
    structure.add(field.hash);
    if (value === true) structure.add(1);
    else structure.addText(String(value));
  }

  pushNode(root, undefined, undefined, undefined);
  for (let frame = stack.pop(); frame; frame = stack.pop()) {
    visited += 1;
    if (visited > limits.maxNodes || frame.depth > limits.maxDepth) {
      refuseBulk(judgement, frame.plan.tag, locationOf(frame.fields), visited > limits.maxNodes);
      return;
    }
    if (judgement.findings.length >= maxFindings) return;
    const { fields, plan } = frame;
    if (frame.parent !== 'A_Const') {
      structure.add(plan.isLiteral ? literalHash : plan.hash);
      structure.add(frame.depth);
    }
    if (plan.firstVersion > judgement.serverVersionNum) refuseVersion(judgement, plan.tag, fields, plan.firstVersion);
    inspectors.get(plan.tag)?.(frame, judgement);
    let scope = frame.scope;
    const withClause = fields['withClause'];
    const withPlan = isFields(withClause) ? plan.fields.get('withClause') : undefined;
    if (withPlan) scope = bindCommonTables(withClause as Fields, frame, withPlan);
    for (const key in fields) {
      const value = fields[key];
      // In most nodes, and never more than a number.
      if (key === 'location' && typeof value === 'number') continue;
      const field = plan.fields.get(key);
      if (!field) refuseField(judgement, plan.tag, key, fields);
      else if (field !== withPlan) visitField(frame, field, value, scope);
    }
  }
  // The last node visited may have been a list of very many literals.
  if (visited > limits.maxNodes) refuseBulk(judgement, 'A_Const', 0, true);
  inspectWhole(judgement);
}

/** What can only be said after all nodes were seen. */
function inspectWhole(judgement: Judgement): void {
  inspectScanColumns(judgement);
  // What is refused for a part of its own needs no reason for the whole.
  if (judgement.findings.length > 0) return;
  inspectTogether(judgement);
  inspectEntities(judgement);
}

/** The one key of a tagged node. */
function onlyKey(value: unknown): string | undefined {
  if (!isFields(value)) return undefined;
  let found: string | undefined;
  for (const key in value) {
    if (found !== undefined) return undefined;
    found = key;
  }
  return found;
}

/** What an A_Const holds, by its field. Zero, false and the empty string are printed without a value. */
const constantTypes: ReadonlyMap<string, string> = new Map([
  ['ival', 'number'],
  ['fval', 'string'],
  ['boolval', 'boolean'],
  ['sval', 'string'],
  ['bsval', 'string'],
]);

/** True for a literal that holds what the grammar says, and nothing else. */
function isPlainConstant(fields: Fields): boolean {
  for (const key in fields) {
    const value = fields[key];
    if (key === 'location' ? typeof value === 'number' : key === 'isnull' && typeof value === 'boolean') continue;
    const type = constantTypes.get(key);
    if (type === undefined || !isFields(value)) return false;
    for (const inner in value) if (inner !== key || typeof value[inner] !== type) return false;
  }
  return true;
}

/** Judges a statement by its tag, wherever it stands. False: the tag is no statement of any mode. */
function checkStatement(tag: string, fields: Fields, parent: string, judgement: Judgement): boolean {
  const rule = Object.hasOwn(statementRules, tag) ? statementRules[tag] : undefined;
  if (!rule) return false;
  const { mode, statementOptions, deniedKinds } = judgement.policy;
  const acceptance = rule.modes[mode];
  const finding = { code: 'statement', node: tag, location: locationOf(fields) } as const;
  if (acceptance === undefined) refuse(judgement, { ...finding, ...describeNode(tag) });
  else if (acceptance !== true && !statementOptions.has(acceptance)) {
    refuse(judgement, {
      ...finding,
      message: `${describeNode(tag).message}; this mode holds it back`,
      option: `statements.allow: ['${acceptance}']`,
    });
  } else if (deniedKinds.has(rule.kind)) refuse(judgement, { ...finding, message: `The policy has no ${rule.kind}` });
  // EXPLAIN without ANALYZE only plans what it holds.
  if (!rule.readOnly && parent !== 'ExplainStmt') {
    judgement.writes = true;
    judgement.destructive ||= rule.destructive === true;
  }
  if (tag === 'SelectStmt' && fields['intoClause'] !== undefined && mode === 'admin') {
    judgement.writes = true;
    if (!statementOptions.has('select-into')) {
      refuse(judgement, {
        code: 'field',
        node: 'SelectStmt.intoClause',
        message: 'SELECT INTO would create a table',
        location: 0,
        option: "statements.allow: ['select-into']",
      });
    }
  }
  return true;
}

function refuseField(judgement: Judgement, tag: string, field: string, fields: Fields): void {
  refuse(judgement, {
    code: 'field',
    node: `${tag}.${field}`,
    location: locationOf(fields),
    ...describeField(tag, field),
  });
}

function refuseShape(judgement: Judgement, tag: string, field: string): void {
  refuse(judgement, {
    code: 'field',
    node: `${tag}.${field}`,
    message: `${tag}.${field} holds something that the grammar of this guard does not have`,
    location: 0,
  });
}

function refuseVersion(judgement: Judgement, tag: string, fields: Fields, firstVersion: number): void {
  refuse(judgement, {
    code: 'version',
    node: tag,
    message: `This server reads it as the call of a user's function: the syntax begins with PostgreSQL ${Math.floor(firstVersion / 10_000)}`,
    location: locationOf(fields),
    option: 'serverVersionNum',
  });
}

function refuseBulk(judgement: Judgement, node: string, location: number, nodes: boolean): void {
  const { maxNodes, maxDepth } = judgement.policy.limits;
  refuse(judgement, {
    code: nodes ? 'size' : 'depth',
    node,
    message: nodes
      ? `The statement has more than ${maxNodes} nodes`
      : `The statement nests deeper than ${maxDepth} nodes; the server would plan it for seconds`,
    location,
    hint: nodes ? 'Ask for less at once.' : 'Use a list or an array in place of a long chain of operators.',
  });
}
