import { builtins } from './builtins.ts';
import type { CatalogView } from './catalog/view.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import type { Finding } from './finding.ts';
import { inOrder } from './in-order.ts';
import { checkLocks } from './inspect/data-change.ts';
import type { JobContext } from './job.ts';
import { createJudgement, type Judgement } from './judgement.ts';
import { statementRules } from './modes.ts';
import { normalizeEveryToken, normalizeText } from './normalized-text.ts';
import type { Parser } from './parser.ts';
import { createPositions, type Positions } from './positions.ts';
import { refusal } from './refusal.ts';
import { isFields, untag } from './tree.ts';
import type { ColumnUse, ParseTree, RefusedVerdict, StatementSummary, Verdict, Violation } from './verdict.ts';
import { walkStatement } from './walk.ts';

const maxViolations = 8;

/** Statements whose literals are all nodes of the tree. Others also keep texts as plain fields: comments, bodies, labels. */
const literalStatements: ReadonlySet<string> = new Set([
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'ExplainStmt',
  'VariableShowStmt',
]);

const locationOf = ({ location }: { readonly location: number }): number => location;

/** Characters, not UTF-16 units. */
function lengthOf(name: string): number {
  let length = name.length;
  for (let index = 0; index < name.length; index += 1) if ((name.charCodeAt(index) & 0xfc00) === 0xdc00) length -= 1;
  return length;
}

/** Puts findings in order, in lines and columns, without repeating one. */
export function toRefusal(findings: readonly Finding[], positions: Positions): RefusedVerdict {
  const violations: Violation[] = [];
  const seen = new Set<string>();
  for (const finding of [...findings].sort((left, right) => Math.max(left.location, 0) - Math.max(right.location, 0))) {
    const { location, ...rest } = finding;
    const key = JSON.stringify(finding);
    if (seen.has(key) || violations.length >= maxViolations) continue;
    seen.add(key);
    violations.push({
      ...rest,
      position: positions.fromByteOffset(location, rest.name === undefined ? 1 : lengthOf(rest.name)),
    });
  }
  const [first, ...others] = violations;
  if (!first) throw new Error('A refusal needs a reason.');
  return { allowed: false, violations: [first, ...others], retryable: false };
}

/** Parameters must be numbered without gaps, and as many as will be bound. */
export function checkParameters(judgement: Judgement, context: JobContext): Finding | undefined {
  const announced = context.parameterCount ?? 0;
  const used = judgement.parameters.size;
  const highest = used === 0 ? 0 : Math.max(0, ...judgement.parameters);
  const finding = { code: 'input', node: 'ParamRef', location: 0 } as const;
  if (announced > judgement.policy.limits.maxParameters || highest > judgement.policy.limits.maxParameters) {
    return {
      ...finding,
      message: `More than ${judgement.policy.limits.maxParameters} parameters`,
      option: 'limits.maxParameters',
    };
  }
  if (judgement.parameters.has(0) || highest !== announced || used !== announced) {
    return {
      ...finding,
      message: `The text uses ${used === 0 ? 'no parameter' : `$${[...judgement.parameters].sort((left, right) => left - right).join(', $')}`}, but ${announced} value${announced === 1 ? ' is' : 's are'} bound`,
      hint: 'Number the parameters $1, $2, … without gaps and bind one value for each.',
    };
  }
  return undefined;
}

/** Column policies. Without a catalog nobody can say which columns a statement reads. */
function checkColumns(statement: unknown, judgement: Judgement): readonly ColumnUse[] | undefined {
  const { deny, mask } = judgement.policy.columns;
  if (deny.size === 0 && mask.size === 0) return undefined;
  if (judgement.catalog) {
    const { findings, uses } = judgement.catalog.checkColumns(statement, judgement.relations);
    judgement.findings.push(...findings);
    return uses;
  }
  if (judgement.relations.some(({ schema, name }) => !builtins.hasRelation(schema ?? 'pg_catalog', name))) {
    judgement.findings.push({
      code: 'column',
      node: 'RangeVar',
      message: 'Column policies need a catalog, and none was given',
      location: 0,
      option: 'catalog',
    });
  }
  return [];
}

/** Decides on a parsed text. */
export function judge(
  tree: ParseTree,
  sql: string,
  byteLength: number,
  policy: CompiledPolicy,
  context: JobContext,
  catalog: CatalogView | undefined,
  scan: Parser['scan'],
): Verdict {
  const positions = createPositions(sql, byteLength);
  const [statement, second] = tree.stmts;
  if (!statement || second) {
    return refusal({
      code: 'statements',
      node: 'ParseResult.stmts',
      message: statement
        ? `The text holds ${tree.stmts.length} statements; one at a time is judged and run`
        : 'The text holds no statement',
      ...(second ? { position: positions.fromByteOffset(second.stmt_location) } : {}),
      hint: statement ? 'Send the statements one by one.' : 'Write one SQL statement.',
    });
  }
  const judgement = createJudgement(policy, context.serverVersionNum ?? policy.serverVersionNum, catalog);
  walkStatement(statement.stmt, judgement);
  checkLocks(judgement);
  const tagged = untag(statement.stmt);
  const rule = tagged && Object.hasOwn(statementRules, tagged.tag) ? statementRules[tagged.tag] : undefined;
  if (context.purpose === 'explain-analyze' && tagged?.tag !== 'SelectStmt') {
    judgement.findings.push({
      code: 'statement',
      node: tagged?.tag ?? '',
      message: 'EXPLAIN ANALYZE runs only SELECT here',
      location: 0,
    });
  }
  const columns = checkColumns(statement.stmt, judgement);
  const parameters = checkParameters(judgement, context);
  if (parameters && judgement.findings.length === 0) judgement.findings.push(parameters);
  if (judgement.findings.length > 0 || !tagged || !rule || !isFields(tagged.fields)) {
    return judgement.findings.length > 0
      ? toRefusal(judgement.findings, positions)
      : refusal({
          code: 'node',
          node: tagged?.tag ?? 'RawStmt',
          message: 'The statement is not one that this guard knows',
        });
  }
  const summary: StatementSummary = { kind: rule.kind, node: tagged.tag, readOnly: !judgement.writes };
  return {
    allowed: true,
    statements: [summary],
    normalized: literalStatements.has(tagged.tag)
      ? normalizeText(sql, byteLength, judgement, scan)
      : normalizeEveryToken(sql, scan),
    relations: inOrder(judgement.relations, locationOf).map(({ schema, name, access, location }) => {
      const position = positions.fromByteOffset(location, lengthOf(name));
      return schema === undefined ? { name, access, position } : { schema, name, access, position };
    }),
    functions: inOrder(judgement.functions, locationOf).map(({ schema, name, builtIn, location }) => {
      const position = positions.fromByteOffset(location, lengthOf(name));
      return schema === undefined ? { name, builtIn, position } : { schema, name, builtIn, position };
    }),
    ...(columns === undefined ? {} : { columns }),
    parameterCount: judgement.parameters.size,
    fingerprint: judgement.structure.digest(),
    destructive: judgement.destructive,
    needsCatalog: judgement.needsCatalog,
  };
}
