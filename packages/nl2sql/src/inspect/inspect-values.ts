import { jsonText } from '../json-text.ts';
import type { ResultTable } from '../ports.ts';
import { columnIn, type ResolvedSelect } from '../repair/resolve.ts';
import { body, isTree, listOf, stringsOf, type Tree, textOf, walk } from '../repair/tree.ts';
import type { Finding } from './finding.ts';

const isNull = (cell: unknown): boolean => cell === null || cell === undefined;

/** Findings about the rows alone. */
export function inspectRows({ rows }: ResultTable): Finding[] {
  if (rows.length === 0) return [{ kind: 'empty_result', message: 'The result has no rows.', isStrong: true }];
  if (rows.every((row) => row.every(isNull))) {
    return [{ kind: 'all_null', message: 'Every value of the result is NULL.', isStrong: true }];
  }
  return [];
}

/** Repetition shows early; more rows would only cost memory. */
const mostRowsCompared = 1_000;

/** Whether a row appears more than once. */
export function hasDuplicates({ rows }: ResultTable): boolean {
  const compared = rows.slice(0, mostRowsCompared);
  return new Set(compared.map(jsonText)).size < compared.length;
}

/** NULL on top of a descending order: PostgreSQL sorts NULL as the largest value. */
export function inspectOrder({ select }: ResolvedSelect, result: ResultTable): Finding[] {
  const [sort] = listOf(select['sortClause']).map((item) => body(item, 'SortBy'));
  const isLimited = select['limitCount'] !== undefined;
  if (
    sort === undefined ||
    sort['sortby_dir'] !== 'SORTBY_DESC' ||
    sort['sortby_nulls'] === 'SORTBY_NULLS_LAST' ||
    !isLimited
  ) {
    return [];
  }
  const position = outputPosition(select, sort['node']);
  const [first] = result.rows;
  if (position === undefined || first === undefined || !isNull(first[position])) return [];
  const message = 'The first row is NULL where the highest value is wanted: add NULLS LAST.';
  return [{ kind: 'null_first', message, isStrong: true }];
}

/** The result column that an ORDER BY expression is: by number, by output name or by being the same expression. */
function outputPosition(select: Tree, expression: unknown): number | undefined {
  const constant = body(expression, 'A_Const')?.['ival'];
  if (isTree(constant) && typeof constant['ival'] === 'number') return constant['ival'] - 1;
  const targets = listOf(select['targetList']).map((target) => body(target, 'ResTarget') ?? {});
  const names = stringsOf(body(expression, 'ColumnRef')?.['fields']);
  const byName = names.length === 1 ? targets.findIndex((target) => textOf(target['name']) === names[0]) : -1;
  if (byName !== -1) return byName;
  const shape = shapeOf(expression);
  const found = targets.findIndex((target) => shapeOf(target['val']) === shape);
  return found === -1 ? undefined : found;
}

/** An expression without its places in the text. */
const shapeOf = (expression: unknown): string =>
  JSON.stringify(expression, (key, value: unknown) => (key === 'location' ? undefined : value)) ?? '';

const ordering = new Set(['<', '>', '<=', '>=']);
const isNumeral = (text: string): boolean => /^[-+]?\d+(?:\.\d+)?$/.test(text.trim());

/** Text columns that are ordered or compared by size although they hold numbers. */
export function inspectTextOrder({ select, scope }: ResolvedSelect, result: ResultTable): Finding[] {
  const textColumn = (expression: unknown): string | undefined => {
    const found = columnIn(scope, expression);
    const type = found?.relation.table?.columns.find(({ name }) => name === found.column)?.type;
    return found !== undefined && type !== undefined && /^(?:text|character)/.test(type) ? found.column : undefined;
  };
  const findings = new Map<string, Finding>();
  const add = (column: string, what: string): void => {
    findings.set(column, {
      kind: 'text_order',
      message: `${column} is text, but is ${what} like a number: cast it.`,
      isStrong: false,
    });
  };
  walk(select['whereClause'], (tag, inner) => {
    if (tag === 'SelectStmt') return false;
    const name = tag === 'A_Expr' ? stringsOf(inner['name']).at(-1) : undefined;
    const column = name !== undefined && ordering.has(name) ? textColumn(inner['lexpr']) : undefined;
    const constant = body(inner['rexpr'], 'A_Const')?.['sval'];
    if (column !== undefined && isTree(constant) && isNumeral(textOf(constant['sval']) ?? '')) add(column, 'compared');
    return true;
  });
  for (const item of listOf(select['sortClause'])) {
    const expression = body(item, 'SortBy')?.['node'];
    const column = textColumn(expression);
    const position = column === undefined ? undefined : outputPosition(select, expression);
    if (column === undefined || position === undefined) continue;
    const values = result.rows.map((row) => row[position]).filter((cell) => !isNull(cell));
    const lengths = new Set(values.map((cell) => String(cell).length));
    if (values.length > 1 && lengths.size > 1 && values.every((cell) => isNumeral(String(cell))))
      add(column, 'ordered');
  }
  return [...findings.values()];
}

/** Numbers and quoted texts of the question that the SQL does not use. */
export function inspectQuestionValues(question: string, sql: string): Finding[] {
  const text = sql.toLowerCase();
  const quoted = [...question.matchAll(/"([^"]{2,60})"|“([^”]{2,60})”|(?<!\p{L})'([^']{2,60})'(?!\p{L})/gu)].map(
    ([, straight, curly, single]) => straight ?? curly ?? single ?? '',
  );
  const numbers = (question.match(/(?<![\p{L}\p{N}.,#-])\d[\d,]*(?:\.\d+)?(?![\p{L}\p{N}])/gu) ?? []).map((number) =>
    number.replaceAll(',', ''),
  );
  const unused = [
    ...quoted.filter((value) => !text.includes(value.trim().toLowerCase().replaceAll("'", "''"))),
    ...numbers.filter((number) => number.length > 1 && !text.includes(number.replace(/\.0+$/, ''))),
  ];
  return [...new Set(unused)].map((value) => ({
    kind: 'unused_value',
    message: `The question says ${JSON.stringify(value)}, the SQL does not.`,
    isStrong: false,
  }));
}
