import { type Judgement, refuse } from './judgement.ts';
import { statementRules } from './modes.ts';
import { describeNode } from './refusal-text.ts';
import { type Fields, locationOf } from './tree.ts';

/** Judges a statement by its tag, wherever it stands. False: the tag is no statement of any mode. */
export function checkStatement(tag: string, fields: Fields, parent: string, judgement: Judgement): boolean {
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
