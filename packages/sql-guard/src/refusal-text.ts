import { commandName } from './command-names.ts';
import { type StatementRule, statementRules } from './modes.ts';
import { adminNodes, standardNodes } from './nodes.ts';
import type { GuardMode } from './policy.ts';
import { refusedFields, refusedNodes } from './refused-nodes.ts';

/** A refusal of a node or field, without its place. */
export interface RefusalText {
  readonly message: string;
  readonly option?: string;
  readonly hint?: string;
}

const nodeReasons: ReadonlyMap<string, string> = new Map(
  refusedNodes.flatMap(({ reason, nodes }) => nodes.split(/\s+/).map((node) => [node, reason] as const)),
);

const fieldTexts: Readonly<Record<string, string>> = {
  'SelectStmt.intoClause': 'SELECT INTO would create a table',
  'SelectStmt.lockingClause': 'FOR UPDATE and FOR SHARE would lock rows',
};

const fieldHints: Readonly<Record<string, string>> = {
  'RangeVar.catalogname': 'Leave the name of the database out: schema.table.',
};

const rowCommands: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'merge', 'truncate']);

/** Which mode adds a node or field, in order of power. */
function modeThatAdds(tag: string, field: string | undefined): GuardMode | undefined {
  const has = (row: string | undefined) =>
    row !== undefined && (field === undefined || row.split(' ').some((entry) => entry.split(/[=+]/)[0] === field));
  if (has(standardNodes[tag])) return 'standard';
  return has(adminNodes[tag]) ? 'admin' : undefined;
}

const withMode = (message: string, mode: GuardMode | undefined): RefusalText =>
  mode ? { message, option: `mode: "${mode}"` } : { message };

/** The first mode that has a statement, with the option that it takes there. */
function optionsThatOpen({ modes }: StatementRule): string {
  const mode = modes.standard === undefined ? 'admin' : 'standard';
  const acceptance = modes[mode];
  return `mode: "${mode}"${typeof acceptance === 'string' ? `, statements.allow: ['${acceptance}']` : ''}`;
}

/** Says why a node is refused, and which mode would accept it. */
export function describeNode(tag: string): RefusalText {
  const reason = nodeReasons.get(tag);
  if (reason) return { message: `${commandName(tag)} ${reason}` };
  const rule = Object.hasOwn(statementRules, tag) ? statementRules[tag] : undefined;
  const mode = modeThatAdds(tag, undefined);
  if (rule)
    return {
      message: `${commandName(tag)} would change ${rowCommands.has(rule.kind) ? 'rows' : 'the structure or state of the database'}`,
      option: optionsThatOpen(rule),
    };
  if (mode) return withMode(`${tag} is not part of a statement that only reads`, mode);
  return { message: `${tag} is not a node that this guard knows` };
}

/** Says why a field is refused, and which mode would accept it. */
export function describeField(tag: string, field: string): RefusalText {
  const mode = modeThatAdds(tag, field);
  const known = refusedFields[tag]?.[field];
  const message =
    fieldTexts[`${tag}.${field}`] ??
    (known ? `${tag}.${field} ${known}` : `${tag}.${field} is not part of a statement that this mode accepts`);
  if (tag === 'SelectStmt' && field === 'intoClause')
    return { message, option: `mode: "admin", statements.allow: ['select-into']` };
  const hint = fieldHints[`${tag}.${field}`];
  return { ...withMode(message, mode), ...(hint === undefined ? {} : { hint }) };
}
