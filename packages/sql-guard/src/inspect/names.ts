import { builtins } from '../builtins.ts';
import { type Judgement, refuse } from '../judgement.ts';
import { fieldsOf, lastNameOf, listOf, locationOf, namesOf } from '../tree.ts';
import { inspectComparedNames, inspectNameType } from './catalog-readers.ts';
import { inspectArrayQuery } from './collected-rows.ts';
import { inspectPaddedType } from './generated-size.ts';
import { inspectJoined, noteWork } from './growth.ts';
import type { Inspector } from './inspector.ts';
import { inspectJsonPath } from './json-path.ts';
import { inspectPower } from './long-numbers.ts';
import { noteLonger, noteNested, noteStar } from './nesting.ts';
import { checkRelation } from './relation.ts';
import { inspectWrittenPair } from './written-pairs.ts';

/** Judges the operator of any node. */
export function checkOperator(
  names: readonly string[] | undefined,
  node: string,
  location: number,
  judgement: Judgement,
): void {
  const symbol = names?.at(-1);
  if (names && symbol !== undefined) {
    const builtIn = names.length === 1 || (names.length === 2 && names[0] === 'pg_catalog');
    if (builtIn && builtins.hasOperator(symbol, judgement.major)) {
      const problem = names.length === 1 ? judgement.catalog?.operatorProblem(symbol) : undefined;
      if (problem && !judgement.policy.operators.has(symbol)) {
        refuse(judgement, {
          code: 'operator',
          node,
          name: symbol,
          message: problem,
          location,
          option: 'operators.allow',
          hint: `Write OPERATOR(pg_catalog.${symbol}).`,
        });
      }
      return;
    }
    // Allowed by symbol, whatever any catalog says of it.
    if (judgement.policy.operators.has(symbol)) {
      judgement.needsCatalog ||= !judgement.catalog;
      return;
    }
    if (!judgement.catalog && names.length <= 2 && judgement.policy.extensions.hasOperator(symbol)) {
      judgement.needsCatalog = true;
      return;
    }
    if (names.length <= 2 && judgement.catalog?.isHarmlessOperator(names.length === 2 ? names[0] : undefined, symbol))
      return;
  }
  refuse(judgement, {
    code: 'operator',
    node,
    ...(names ? { name: names.join('.') } : {}),
    message: `Operator ${names?.join('.') ?? ''} is not PostgreSQL's own, and the function behind it is not known`,
    location,
    // The list knows symbols without a schema.
    option: names === undefined || names.length === 1 ? 'operators.allow' : `operators.allow: ['${symbol}']`,
  });
}

const keywordKinds = new Set(['AEXPR_BETWEEN', 'AEXPR_NOT_BETWEEN', 'AEXPR_BETWEEN_SYM', 'AEXPR_NOT_BETWEEN_SYM']);

/** Linear, on the list of every server, and half of all operators. Only a catalog or a list of tables has more to say of them. */
const plainOperators: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=', '+']);

/** Judges the operator of an expression. The BETWEEN kinds hold a keyword in place of a symbol. */
export const inspectExpression: Inspector = ({ fields }, judgement) => {
  const { name } = fields;
  const symbol = lastNameOf(name) ?? '';
  if (plainOperators.has(symbol) && listOf(name).length === 1 && !judgement.catalog) {
    inspectComparedNames(symbol, fields, judgement);
    return;
  }
  const names = namesOf(name);
  if (symbol === '||') {
    inspectJoined('A_Expr', fields, symbol, judgement);
    noteLonger(judgement);
  } else noteWork('A_Expr', symbol, fields, judgement);
  inspectWrittenPair(symbol, fields, judgement);
  // What is no literal is a cast, which is judged by itself, or a column.
  if ((symbol === '@?' || symbol === '@@') && fieldsOf(fields['rexpr'], 'A_Const'))
    inspectJsonPath(fields['rexpr'], 'A_Expr', symbol, locationOf(fields), judgement);
  if (symbol === '^') inspectPower('A_Expr', fields, judgement);
  const { kind } = fields;
  inspectComparedNames(symbol, fields, judgement);
  if (kind === 'AEXPR_OP' || !keywordKinds.has(String(kind)))
    checkOperator(names, 'A_Expr', locationOf(fields), judgement);
};

/** Judges `x > ANY (SELECT …)`, where the plain IN carries no operator, and `ARRAY(SELECT …)`. */
export const inspectSubLink: Inspector = (frame, judgement) => {
  const { fields } = frame;
  if (fields['subLinkType'] === 'ARRAY_SUBLINK') {
    inspectArrayQuery(frame, judgement);
    noteLonger(judgement);
  }
  if (fields['operName'] === undefined) return;
  const names = namesOf(fields['operName']);
  noteWork('SubLink', names?.at(-1) ?? '', fields, judgement);
  checkOperator(names, 'SubLink', locationOf(fields), judgement);
};

/** Judges `ORDER BY x USING >`. */
export const inspectSortBy: Inspector = ({ fields }, judgement) => {
  if (fields['useOp'] !== undefined) checkOperator(namesOf(fields['useOp']), 'SortBy', locationOf(fields), judgement);
};

// Domains of the standard's own catalog; their checks are PostgreSQL's.
const standardDomains = new Set(['cardinal_number', 'character_data', 'sql_identifier', 'time_stamp', 'yes_or_no']);
// Words of CREATE TABLE that look like types.
const serialTypes = new Set(['serial', 'bigserial', 'smallserial', 'serial2', 'serial4', 'serial8']);

/** Statements that name a type without reading a value of it. */
const namingParents: ReadonlySet<string> = new Set([
  'DropStmt',
  'CommentStmt',
  'RenameStmt',
  'AlterObjectSchemaStmt',
  'ObjectWithArgs',
]);
/** Signatures of functions, which only the option of their own lets through. */
const codeParents: ReadonlySet<string> = new Set(['FunctionParameter', 'CreateFunctionStmt']);

/** A cast to a built-in type that calls a user's function. pg_catalog comes first, so that no user's type hides a built-in one. */
function shadowProblem(judgement: Judgement, schema: string | undefined, name: string): string | undefined {
  if (judgement.policy.types.matches(schema, name)) return undefined;
  return judgement.catalog?.typeProblem('pg_catalog', name);
}

/** Judges a type name. */
export const inspectTypeName: Inspector = (frame, judgement) => {
  const { fields, parent } = frame;
  if (judgement.optionWords?.has(fields)) return;
  const names = namesOf(fields['names']);
  const name = names?.at(-1);
  const location = locationOf(fields);
  // schema.table.column%TYPE
  const mostParts = fields['pct_type'] === true ? 3 : 2;
  if (!names || name === undefined || names.length > mostParts) {
    refuse(judgement, { code: 'type', node: 'TypeName', message: 'A type name has one or two parts', location });
    return;
  }
  if (fields['setof'] === true && !codeParents.has(parent)) {
    refuse(judgement, { code: 'type', node: 'TypeName.setof', message: 'Only a function returns SETOF', location });
    return;
  }
  const schema = names.length === 2 ? names[0] : undefined;
  const element = builtins.elementOf(name);
  if (element === 'xml') judgement.usesXml = true;
  // Reading one works for the square of its text.
  if (element === 'tsquery') noteWork('TypeName', element, fields, judgement);
  inspectNameType(element, fields, judgement);
  if ((schema === undefined || schema === 'pg_catalog') && builtins.hasType(name, judgement.major)) {
    inspectPaddedType(element, frame, judgement);
    const shadowed = shadowProblem(judgement, schema, element);
    if (shadowed !== undefined)
      refuse(judgement, {
        code: 'type',
        node: 'TypeName',
        name: names.join('.'),
        message: shadowed,
        location,
        option: 'types.allow',
      });
    return;
  }
  if (schema === 'information_schema' && standardDomains.has(name)) return;
  if (parent === 'ColumnDef' && judgement.policy.mode === 'admin' && serialTypes.has(name)) return;
  if (fields['pct_type'] === true && judgement.policy.mode === 'admin') return;
  if (namingParents.has(parent) || codeParents.has(parent)) return;
  if (
    judgement.policy.types.matches(schema, name) ||
    (!judgement.catalog && judgement.policy.extensions.hasType(name))
  ) {
    judgement.needsCatalog ||= !judgement.catalog;
    return;
  }
  // The row type of a table says which columns it has.
  if (judgement.catalog?.resolve(schema, name)) checkRelation(judgement, schema, name, 'read', location, false);
  const problem = judgement.catalog?.typeProblem(schema, name);
  if (judgement.catalog && problem === undefined) return;
  refuse(judgement, {
    code: 'type',
    node: 'TypeName',
    name: names.join('.'),
    message: problem ?? `Type ${names.join('.')} is not PostgreSQL's own; reading a value of it may run code of users`,
    location,
    option: 'types.allow',
  });
};

/** Judges `TABLESAMPLE method (…)`. */
export const inspectTableSample: Inspector = ({ fields }, judgement) => {
  const names = namesOf(fields['method']);
  const method = names?.at(-1);
  const builtIn = names?.length === 1 || (names?.length === 2 && names[0] === 'pg_catalog');
  if (builtIn && (method === 'system' || method === 'bernoulli')) return;
  refuse(judgement, {
    code: 'function',
    node: 'RangeTableSample',
    name: names?.join('.') ?? '',
    message: `TABLESAMPLE method ${names?.join('.') ?? ''} is not PostgreSQL's own`,
    location: locationOf(fields),
    hint: 'Use SYSTEM or BERNOULLI.',
  });
};

/** Collects `$n`. */
export const inspectParameter: Inspector = ({ fields }, judgement) => {
  judgement.parameters.add(typeof fields['number'] === 'number' ? fields['number'] : 0);
};

/** Collects the calls in FROM, whose aliases can stand for the value itself. */
export const inspectFunctionScan: Inspector = ({ fields }, judgement) => {
  judgement.functionScans.push(fields);
  // Each may read the ones before it, as a query reads its subqueries.
  if (judgement.functionScans.length > 1) noteNested(judgement);
};

/** Collects `t.x`, which is a call of `x` on the row `t` when `t` has no such column. */
export const inspectColumn: Inspector = (frame, judgement) => {
  const { fields } = frame;
  const names = fields['fields'];
  if (!Array.isArray(names)) return;
  if (!fieldsOf(names[names.length - 1], 'String')) noteStar(frame, judgement);
  else if (names.length > 1) judgement.qualifiedColumns.push(fields);
};
