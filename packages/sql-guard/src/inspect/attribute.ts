import { builtins } from '../builtins.ts';
import { standardFunctions } from '../functions/standard-functions.ts';
import { standingOf } from '../functions/standing.ts';
import { type Judgement, refuse } from '../judgement.ts';
import { fieldsOf, isFields, listOf, locationOf, namesOf, textOf, untag } from '../tree.ts';
import { unboundedProblem } from './catalog-readers.ts';
import type { Inspector } from './inspector.ts';

/*
 * PostgreSQL reads `(x).f` as field f of x, and, when x has none, as the call f(x). That holds for any expression, not only for rows:
 * `(60).pg_sleep` sleeps. `t.f` means the same when t is the alias of a function in FROM that returns one value.
 */

/** Columns that the row-returning functions of PostgreSQL give, so common behind a dot that no function of a user is called so. */
const commonOutputs = new Set(['key', 'value', 'ordinality']);

function attributeProblem(judgement: Judgement, name: string): string | undefined {
  if (judgement.policy.attributes.has(name)) return undefined;
  // With a catalog a name that no function has can only be a field; without one it may be the call of a user's function.
  if (judgement.catalog && !builtins.isFunction(name) && judgement.catalog.functionsNamed(undefined, name).length === 0)
    return undefined;
  if (!judgement.catalog && (commonOutputs.has(name) || judgement.policy.extensions.isOutput(name))) return undefined;
  const standing = standingOf(judgement, undefined, name);
  const reason = standing.allowed ? unboundedProblem(judgement, name) : standing.reason;
  if (reason === undefined) return undefined;
  return `Behind an expression .${name} is a call when there is no field of that name: ${reason}`;
}

/** The list knows the bare name, so that is what the option shows where the text wrote more. */
function refuseAttribute(
  judgement: Judgement,
  node: string,
  name: string,
  message: string,
  location: number,
  qualifier?: string,
): void {
  refuse(judgement, {
    code: 'function',
    node,
    name: qualifier === undefined ? name : `${qualifier}.${name}`,
    message,
    location,
    option: qualifier === undefined ? 'attributes.allow' : `attributes.allow: ['${name}']`,
    ...(judgement.catalog ? {} : { hint: 'Give the guard a catalog so that it can tell fields from functions.' }),
  });
}

/** Judges `(expression).name`. */
export const inspectIndirection: Inspector = ({ fields }, judgement) => {
  const argument = untag(fields['arg']);
  const location = locationOf(argument?.fields ?? {});
  for (const [index, item] of listOf(fields['indirection']).entries()) {
    const text = fieldsOf(item, 'String');
    if (!text) continue;
    const name = textOf(text['sval']) ?? '';
    if (index === 0 && argument && outputsOf(judgement, argument.tag, argument.fields)?.has(name)) continue;
    const problem = attributeProblem(judgement, name);
    if (problem !== undefined) refuseAttribute(judgement, 'A_Indirection', name, problem, location);
  }
};

/** Names that are fields for sure: the columns of a built-in function, `f1` … of ROW(…). */
function outputsOf(
  { policy: { extensions } }: Judgement,
  tag: string,
  fields: Readonly<Record<string, unknown>>,
): ReadonlySet<string> | undefined {
  if (tag === 'RowExpr') return new Set(listOf(fields['args']).map((_item, index) => `f${index + 1}`));
  if (tag !== 'FuncCall') return undefined;
  const names = namesOf(fields['funcname']);
  if (names?.length === 2 && names[0] === 'information_schema') return standardFunctions.get(names[1] ?? '');
  return names && (names.length === 1 || names[0] === 'pg_catalog')
    ? (builtins.functionOutputs(names.at(-1) ?? '') ?? extensions.functionOutputs(names.at(-1) ?? ''))
    : undefined;
}

interface FunctionScan {
  readonly alias: string | undefined;
  readonly columns: ReadonlySet<string>;
}

/** What a function in FROM is called, and which columns it surely has. */
function describeScan(judgement: Judgement, scan: Readonly<Record<string, unknown>>): FunctionScan {
  const columns = new Set<string>();
  let outputsKnown = false;
  const alias = isFields(scan['alias']) ? scan['alias'] : undefined;
  let name: string | undefined;
  for (const item of listOf(scan['functions'])) {
    const [call, definitions] = listOf(fieldsOf(item, 'List')?.['items']);
    const tagged = untag(call);
    if (tagged?.tag === 'FuncCall') {
      const called = namesOf(tagged.fields['funcname'])?.at(-1);
      name ??= called;
      if (called !== undefined) columns.add(called);
    } else if (tagged?.tag === 'SQLValueFunction') {
      name ??= String(tagged.fields['op']).slice('SVFOP_'.length).toLowerCase();
    }
    const outputs = tagged ? outputsOf(judgement, tagged.tag, tagged.fields) : undefined;
    outputsKnown ||= outputs !== undefined && !outputs.has('?');
    for (const column of outputs ?? []) columns.add(column);
    for (const definition of listOf(fieldsOf(definitions, 'List')?.['items']))
      columns.add(textOf(fieldsOf(definition, 'ColumnDef')?.['colname']) ?? '');
  }
  for (const definition of listOf(scan['coldeflist']))
    columns.add(textOf(fieldsOf(definition, 'ColumnDef')?.['colname']) ?? '');
  const given = namesOf(alias?.['colnames']) ?? [];
  for (const column of given) columns.add(column);
  if (scan['ordinality'] === true) columns.add('ordinality');
  const shown = textOf(alias?.['aliasname']) ?? name;
  // A function that returns one value has one column; without a column list, and without a name of its own, it carries the alias.
  if (shown !== undefined && given.length === 0 && !outputsKnown) columns.add(shown);
  return { alias: shown, columns };
}

/** Judges `t.name` where t is a relation without that column: the call of a user's function on the row. */
function inspectRowCalls(judgement: Judgement): void {
  const { catalog } = judgement;
  if (!catalog) return;
  for (const column of judgement.qualifiedColumns) {
    const names = namesOf(column['fields']) ?? [];
    const [qualifier, name] = names.slice(-2);
    if (qualifier === undefined || name === undefined || catalog.functionsNamed(undefined, name).length === 0) continue;
    const called = judgement.rangeNames.some((range) => {
      const relation = range.alias === qualifier ? catalog.resolve(range.schema, range.name) : undefined;
      return relation !== undefined && !relation.columns.some((item) => item.name === name);
    });
    const problem = called ? attributeProblem(judgement, name) : undefined;
    if (problem !== undefined) refuseAttribute(judgement, 'ColumnRef', name, problem, locationOf(column), qualifier);
  }
}

/** Judges `t.name` after the walk has seen all of FROM. */
export function inspectScanColumns(judgement: Judgement): void {
  inspectRowCalls(judgement);
  if (judgement.functionScans.length === 0 || judgement.qualifiedColumns.length === 0) return;
  const scans = judgement.functionScans.map((scan) => describeScan(judgement, scan));
  for (const column of judgement.qualifiedColumns) {
    const names = namesOf(column['fields']) ?? [];
    const [qualifier, name] = names.slice(-2);
    if (qualifier === undefined || name === undefined) continue;
    const matching = scans.filter((scan) => scan.alias === undefined || scan.alias === qualifier);
    if (matching.length === 0 || matching.some((scan) => scan.columns.has(name))) continue;
    const problem = attributeProblem(judgement, name);
    if (problem !== undefined) refuseAttribute(judgement, 'ColumnRef', name, problem, locationOf(column), qualifier);
  }
}
