import { type Judgement, refuse } from '../judgement.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, namesOf, textOf, untag } from '../tree.ts';
import { constantSize } from './constant.ts';
import { isDoublingRecursion } from './doubling-recursion.ts';
import { fromRows, isAggregate, noRows } from './row-estimate.ts';
import { type Column, columnValue, type Frame } from './unfolded-columns.ts';
import { anyOf, type UnfoldedValue, unfold, unknownValue } from './unfolded-value.ts';

/*
 * The planner puts subqueries and common table expressions into the query around them: a column that is named eight times in each of eight
 * of them becomes an expression of sixteen million parts, and the server is out of memory while it plans, where no timeout looks.
 */

/** Parts of the expressions of one query. Measured: 65,000 take half a second to plan, eight times as many two seconds and 300 MB. */
const maxParts = 50_000;

/** Columns of one query; PostgreSQL refuses more. Stars over stars would double them at each level. */
const maxColumns = 1_664;

interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly outer: Table | undefined;
}

interface Query {
  readonly columns: readonly Column[];
  /** Parts of all of its expressions. */
  readonly parts: number;
}

const expressionParts = [
  'whereClause',
  'havingClause',
  'groupClause',
  'sortClause',
  'distinctClause',
  'windowClause',
  'limitCount',
  'limitOffset',
];
/** What keeps the planner from putting a query into the one around it. */
const barriers = [
  'groupClause',
  'havingClause',
  'sortClause',
  'distinctClause',
  'limitCount',
  'limitOffset',
  'windowClause',
];

/** Judges what subqueries become inside each other; called after the walk, with the whole statement. */
export function inspectUnfolding(root: unknown, judgement: Judgement): void {
  if (!judgement.unfolds && !judgement.sizedByColumn) return;
  new Unfolding(judgement).statement(root);
}

/** One look at a statement. A class, because its methods call each other and share the judgement. */
class Unfolding {
  private readonly judgement: Judgement;
  private recursions = 0;

  constructor(judgement: Judgement) {
    this.judgement = judgement;
  }

  /** The topmost queries of a statement. */
  statement(root: unknown): void {
    const stack: { readonly value: unknown; readonly tables: Table | undefined }[] = [
      { value: root, tables: undefined },
    ];
    for (let item = stack.pop(); item; item = stack.pop()) {
      const { value } = item;
      if (typeof value !== 'object' || value === null) continue;
      const query = fieldsOf(value, 'SelectStmt');
      if (query) this.query(query, undefined, item.tables);
      else {
        const withClause = isFields(value) && isFields(value['withClause']) ? value['withClause'] : undefined;
        const tables = withClause ? this.members(withClause, undefined, item.tables) : item.tables;
        for (const child of Object.values(value)) if (child !== withClause) stack.push({ value: child, tables });
      }
    }
  }

  private refuseParts(parts: number): void {
    if (parts <= maxParts) return;
    refuse(this.judgement, {
      code: 'size',
      node: 'SelectStmt',
      message: `Subqueries put into each other become an expression of more than ${maxParts} parts, which the server plans past every timeout`,
      location: 0,
      hint: 'Name a column of a subquery fewer times, or keep a subquery apart: WITH … AS MATERIALIZED (…).',
    });
  }

  private refuseLength(length: number): void {
    if (length <= this.judgement.policy.limits.maxGeneratedSize * 100) return;
    refuse(this.judgement, {
      code: 'size',
      node: 'A_Expr',
      message: 'Values are put together with themselves until they take gigabytes',
      location: 0,
      hint: 'Name a value once in what is put together.',
    });
  }

  private query(select: Fields, outer: Frame | undefined, outerTables: Table | undefined): Query {
    const withClause = select['withClause'];
    const tables = isFields(withClause) ? this.members(withClause, outer, outerTables) : outerTables;
    const { larg, rarg } = select;
    const found =
      isFields(larg) && isFields(rarg)
        ? this.setOperation(select, this.query(larg, outer, tables), this.query(rarg, outer, tables))
        : this.simple(select, outer, tables);
    this.refuseParts(found.parts);
    for (const { value } of found.columns) this.refuseLength(value.length);
    return found;
  }

  private setOperation(select: Fields, left: Query, right: Query): Query {
    const apart = select['op'] !== 'SETOP_UNION' || select['all'] !== true;
    const columns = left.columns.map(({ name, value }, index): Column => {
      const both = anyOf([value, right.columns[index]?.value ?? unknownValue]);
      return { name, value: apart ? { ...both, nodes: 1 } : both };
    });
    return { columns, parts: left.parts + right.parts };
  }

  private simple(select: Fields, outer: Frame | undefined, tables: Table | undefined): Query {
    const frame: Frame = { ranges: [], outer };
    let parts = 0;
    for (const item of listOf(select['fromClause'])) parts += this.range(item, frame, tables);
    const rows = this.rows(select);
    const value = (node: unknown): UnfoldedValue => {
      const found = this.value(node, frame, tables, rows);
      parts += found.nodes;
      return found;
    };
    for (const part of expressionParts) if (select[part] !== undefined) value(select[part]);
    if (select['valuesLists'] !== undefined) {
      const lists = listOf(select['valuesLists']).map((row) => listOf(fieldsOf(row, 'List')?.['items']).map(value));
      const columns = (lists[0] ?? []).map((_first, index) => ({
        name: `column${index + 1}`,
        value: anyOf(lists.map((row) => row[index] ?? unknownValue)),
      }));
      return { columns, parts };
    }
    const targets = listOf(select['targetList']).map((item) => fieldsOf(item, 'ResTarget') ?? {});
    const apart = barriers.some((part) => select[part] !== undefined) || targets.some(({ val }) => isCollected(val));
    const columns: Column[] = [];
    for (const target of targets) {
      const reference = fieldsOf(target['val'], 'ColumnRef');
      const names = reference && listOf(reference['fields']).map((item) => textOf(fieldsOf(item, 'String')?.['sval']));
      if (names && names.at(-1) === undefined) {
        const alias = names.length > 1 ? names.at(-2) : undefined;
        for (const range of frame.ranges)
          if (alias === undefined || range.alias === alias)
            columns.push(...range.columns.slice(0, Math.max(0, maxColumns - columns.length)));
        continue;
      }
      const call = fieldsOf(target['val'], 'FuncCall');
      const name = textOf(target['name']) ?? names?.at(-1) ?? (call && namesOf(call['funcname'])?.at(-1));
      columns.push({ name, value: value(target['val']) });
    }
    return {
      columns: apart ? columns.map(({ name, value: kept }) => ({ name, value: { ...kept, nodes: 1 } })) : columns,
      parts,
    };
  }

  private value(node: unknown, frame: Frame, tables: Table | undefined, rows: number): UnfoldedValue {
    return unfold(node, {
      rows,
      column: (names) => columnValue(names, frame),
      query: (select) => {
        const { columns, parts } = this.query(select, frame, tables);
        const value = columns[0]?.value ?? unknownValue;
        return { value: { ...value, nodes: parts }, rows: this.rows(select) };
      },
      size: (name, number, call) => this.size(name, number, call),
      built: (length) => this.refuseLength(length),
    });
  }

  /** Rows of FROM; what is crossed with something has two at least. */
  private rows(select: Fields): number {
    const rows = fromRows(select, this.judgement.knownRows ?? noRows);
    return listOf(select['fromClause']).length > 1 ? Math.max(rows, 2) : rows;
  }

  /** A size that is a number of the text, by way of a column. */
  private size(name: string, number: number, call: Fields): void {
    const limit = this.judgement.policy.limits.maxGeneratedSize;
    if (number <= limit || constantSize(listOf(call['args'])[name === 'format' ? 0 : 1]) !== 'row') return;
    refuse(this.judgement, {
      code: 'size',
      node: 'FuncCall',
      name,
      message: `${name} takes its size from a column of numbers up to ${number}, and would build more than ${limit} characters, elements or rows`,
      location: locationOf(call),
      option: 'limits.maxGeneratedSize',
    });
  }

  /** Adds a FROM item, and gives the parts of its expressions. */
  private range(item: unknown, frame: Frame, tables: Table | undefined): number {
    const tagged = untag(item);
    const fields = tagged?.fields ?? {};
    const alias = isFields(fields['alias']) ? fields['alias'] : undefined;
    const add = (name: string | undefined, columns: readonly Column[], other = unknownValue): void => {
      const given = namesOf(alias?.['colnames']) ?? [];
      const renamed = columns.map((column, index) =>
        given[index] === undefined ? column : { ...column, name: given[index] },
      );
      frame.ranges.push({ alias: textOf(alias?.['aliasname']) ?? name, columns: renamed, other });
    };
    switch (tagged?.tag) {
      case 'RangeVar': {
        const name = textOf(fields['relname']);
        let table = fields['schemaname'] === undefined ? tables : undefined;
        while (table && table.name !== name) table = table.outer;
        add(name, table?.columns ?? []);
        return 0;
      }
      case 'RangeSubselect': {
        const select = fieldsOf(fields['subquery'], 'SelectStmt');
        // What is not LATERAL sees no more for seeing it here.
        const { columns, parts } = select ? this.query(select, frame, tables) : { columns: [], parts: 0 };
        add(undefined, columns);
        return parts;
      }
      case 'JoinExpr': {
        const first = frame.ranges.length;
        const parts = this.range(fields['larg'], frame, tables) + this.range(fields['rarg'], frame, tables);
        if (alias)
          add(
            undefined,
            frame.ranges.splice(first).flatMap(({ columns }) => columns),
          );
        return parts + this.value(fields['quals'], frame, tables, 1).nodes;
      }
      case 'RangeTableSample':
        return this.range(fields['relation'], frame, tables);
      default: {
        const calls = listOf(fields['functions']).map((pair) => listOf(fieldsOf(pair, 'List')?.['items'])[0]);
        const { alias: _, ...rest } = fields;
        const value = this.value(calls.length > 0 ? calls : Object.values(rest), frame, tables, 1);
        add(undefined, [], { ...value, nodes: 1 });
        return value.nodes;
      }
    }
  }

  private members(withClause: Fields, outer: Frame | undefined, outerTables: Table | undefined): Table | undefined {
    let tables = outerTables;
    for (const item of listOf(withClause['ctes'])) {
      const member = fieldsOf(item, 'CommonTableExpr') ?? {};
      const name = textOf(member['ctename']) ?? '';
      const select = fieldsOf(member['ctequery'], 'SelectStmt');
      if (!select) continue;
      const given = namesOf(member['aliascolnames']) ?? [];
      const named = (columns: readonly Column[]): readonly Column[] =>
        columns.map((column, index) => ({ name: given[index] ?? column.name, value: column.value }));
      const apart = member['ctematerialized'] === 'CTEMaterializeAlways';
      const recursive = withClause['recursive'] === true && isFields(select['larg']) && isFields(select['rarg']);
      const columns = recursive
        ? this.recursion(member, select, named, outer, tables)
        : named(this.query(select, outer, tables).columns);
      tables = {
        name,
        columns:
          apart || recursive ? columns.map((column) => ({ ...column, value: { ...column.value, nodes: 1 } })) : columns,
        outer: tables,
      };
    }
    return tables;
  }

  /** Looks at one step of a recursion, with its own columns marked. */
  private recursion(
    member: Fields,
    select: Fields,
    named: (columns: readonly Column[]) => readonly Column[],
    outer: Frame | undefined,
    outerTables: Table | undefined,
  ): readonly Column[] {
    const own = isFields(select['withClause']) ? this.members(select['withClause'], outer, outerTables) : outerTables;
    const name = textOf(member['ctename']) ?? '';
    const start = named(this.query(select['larg'] as Fields, outer, own).columns);
    this.recursions += 1;
    const marks = start.map((_column, index) => `${this.recursions} ${index}`);
    const columns = start.map(
      (column, index): Column => ({
        ...column,
        value: { ...column.value, nodes: 1, copies: new Map([[marks[index] ?? '', 1]]), joined: false },
      }),
    );
    const step = this.query(select['rarg'] as Fields, outer, { name, columns, outer: own });
    if (
      isDoublingRecursion(
        marks,
        step.columns.map(({ value }) => value),
      )
    ) {
      refuse(this.judgement, {
        code: 'size',
        node: 'CommonTableExpr',
        name,
        message: `${name} puts a value together with itself in each step, so that it grows into gigabytes`,
        location: locationOf(member),
      });
    }
    return start;
  }
}

const isCollected = (value: unknown): boolean => {
  const call = fieldsOf(value, 'FuncCall');
  return call !== undefined && (call['over'] !== undefined || isAggregate(namesOf(call['funcname'])?.at(-1) ?? ''));
};
