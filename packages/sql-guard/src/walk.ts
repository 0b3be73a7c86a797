import { inspectScanColumns } from './inspect/attribute.ts';
import type { Frame, Inspector } from './inspect/inspector.ts';
import { inspectors } from './inspect/inspectors.ts';
import { type Judgement, maxFindings, refuse } from './judgement.ts';
import { statementRules } from './modes.ts';
import type { FieldPlan, NodePlan } from './node-plan.ts';
import { nodeVersions } from './nodes.ts';
import { describeField, describeNode } from './refusal-text.ts';
import type { CteScope } from './scope.ts';
import { hashText } from './structure-hash.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, textOf, untag } from './tree.ts';

/** Fields that hold places in the text. */
const placeFields: ReadonlySet<string> = new Set([
  'list_start',
  'list_end',
  'rexpr_list_start',
  'rexpr_list_end',
  'name_location',
  'location',
]);
const literalHash = hashText('literal');

/** What is asked of a node beyond being on the list. */
const behaviours: ReadonlyMap<string, { readonly firstVersion: number; readonly inspector: Inspector | undefined }> =
  new Map(
    [...new Set([...inspectors.keys(), ...Object.keys(nodeVersions)])].map((tag) => [
      tag,
      { firstVersion: nodeVersions[tag] ?? 0, inspector: inspectors.get(tag) },
    ]),
  );

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
    const tagged = untag(value);
    const parent = from?.plan.tag ?? '';
    if (!tagged) {
      const empty = isFields(value) && Object.keys(value).length === 0;
      if (empty && field?.emptyItems) structure.add(field.hash);
      else refuseShape(judgement, parent, field?.name ?? '');
      return;
    }
    const plan = plans.get(tagged.tag);
    const statement = tagged.tag.endsWith('Stmt') && checkStatement(tagged.tag, tagged.fields, parent, judgement);
    if (!plan) {
      if (!statement)
        refuse(judgement, {
          code: 'node',
          node: tagged.tag,
          location: locationOf(tagged.fields),
          ...describeNode(tagged.tag),
        });
      return;
    }
    push(tagged.fields, plan, from, field, scope);
  }

  function push(
    fields: Fields,
    plan: NodePlan,
    from: Frame | undefined,
    field: FieldPlan | undefined,
    scope: CteScope | undefined,
  ): void {
    stack.push({
      fields,
      plan,
      depth: (from?.depth ?? 0) + 1,
      scope,
      parent: from?.plan.tag ?? '',
      parentField: field?.name ?? '',
      fieldHash: field?.hash ?? 0,
      size: from?.size ?? 0,
      growth: from?.growth ?? 1,
    });
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

  function visitField(frame: Frame, field: FieldPlan, value: unknown, scope: CteScope | undefined): void {
    const wrongShape = () => refuseShape(judgement, frame.plan.tag, field.name);
    switch (field.shape) {
      case 'node':
        pushNode(value, frame, field, scope);
        break;
      case 'nodes':
        if (Array.isArray(value)) for (const item of value) pushNode(item, frame, field, scope);
        else wrongShape();
        break;
      case 'struct':
        if (isFields(value) && field.struct) push(value, field.struct, frame, field, scope);
        else wrongShape();
        break;
      case 'structs':
        for (const item of Array.isArray(value) ? value : [undefined]) {
          if (isFields(item) && field.struct) push(item, field.struct, frame, field, scope);
          else wrongShape();
        }
        break;
      case 'names':
        visited += listOf(value).length;
        if (areNames(value)) hashNames(field, value);
        else wrongShape();
        break;
      case 'enum':
        if (typeof value !== 'string' || !field.values?.has(value)) wrongShape();
        else hashScalar(field, frame, value);
        break;
      default:
        if (typeof value !== field.shape) wrongShape();
        else hashScalar(field, frame, value);
    }
  }

  function hashNode({ parent, fieldHash, plan, depth }: Frame): void {
    if (parent === 'A_Const') return;
    // A literal is a literal, and a list of them is as long as it likes to be.
    const literal = plan.tag === 'A_Const' || plan.tag === 'ParamRef';
    if (!(literal && lastLiteral && (parent === 'List' || parent === 'A_ArrayExpr'))) {
      structure.add(literal ? literalHash : plan.hash);
      structure.add(fieldHash);
      structure.add(depth);
    }
    lastLiteral = literal;
  }

  function hashNames(field: FieldPlan, names: unknown): void {
    structure.add(field.hash);
    for (const name of listOf(names)) structure.addText(textOf(fieldsOf(name, 'String')?.['sval']) ?? '*');
  }

  function hashScalar(field: FieldPlan, frame: Frame, value: unknown): void {
    if (
      frame.plan.tag === 'ParamRef' ||
      frame.parent === 'A_Const' ||
      frame.plan.tag === 'A_Const' ||
      placeFields.has(field.name)
    )
      return;
    structure.add(field.hash);
    structure.addText(String(value));
  }

  pushNode(root, undefined, undefined, undefined);
  for (let frame = stack.pop(); frame; frame = stack.pop()) {
    visited += 1;
    if (visited > limits.maxNodes || frame.depth > limits.maxDepth) {
      refuseBulk(judgement, frame, visited > limits.maxNodes);
      return;
    }
    if (judgement.findings.length >= maxFindings) return;
    const { fields, plan } = frame;
    hashNode(frame);
    const behaviour = behaviours.get(plan.tag);
    if (behaviour) {
      const { firstVersion, inspector } = behaviour;
      if (firstVersion > judgement.serverVersionNum) refuseVersion(judgement, plan.tag, fields, firstVersion);
      inspector?.(frame, judgement);
    }
    let scope = frame.scope;
    const withPlan = plan.fields.get('withClause');
    if (withPlan && isFields(fields['withClause'])) scope = bindCommonTables(fields['withClause'], frame, withPlan);
    for (const key in fields) {
      // In most nodes, and never more than a number.
      if (key === 'location' && typeof fields[key] === 'number') continue;
      const field = plan.fields.get(key);
      if (!field) refuseField(judgement, plan.tag, key, fields);
      else if (field !== withPlan || !isFields(fields[key])) visitField(frame, field, fields[key], scope);
    }
  }
  inspectScanColumns(judgement);
}

/** Names are strings; `*` may end a column reference. */
function areNames(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (const item of value) {
    const tagged = untag(item);
    if (tagged?.tag !== 'String' && tagged?.tag !== 'A_Star') return false;
    for (const key in tagged.fields) if (key !== 'sval' || typeof tagged.fields[key] !== 'string') return false;
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

function refuseBulk(judgement: Judgement, frame: Frame, nodes: boolean): void {
  const { maxNodes, maxDepth } = judgement.policy.limits;
  refuse(judgement, {
    code: nodes ? 'size' : 'depth',
    node: frame.plan.tag,
    message: nodes
      ? `The statement has more than ${maxNodes} nodes`
      : `The statement nests deeper than ${maxDepth} nodes; the server would plan it for seconds`,
    location: locationOf(frame.fields),
    hint: nodes ? 'Ask for less at once.' : 'Use a list or an array in place of a long chain of operators.',
  });
}
