import { type Judgement, refuse } from '../judgement.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, textOf, untag } from '../tree.ts';
import { commonTables } from './common-tables.ts';
import { constantSize } from './constant.ts';
import { isDoublingRecursion } from './doubling-recursion.ts';
import { fromRows, noRows } from './row-estimate.ts';
import { columnValue, type Frame } from './unfolded-columns.ts';
import { type UnfoldedQuery, type UnfoldingScope, unfold } from './unfolded-expression.ts';
import {
  type Query,
  type Rows,
  rangeOf,
  renamed,
  rowsKeptApart,
  setOperation,
  type Table,
  tableRows,
  unknownRows,
} from './unfolded-rows.ts';
import { selectedColumns } from './unfolded-targets.ts';
import { type UnfoldedValue, unknownValue, widest, withNodes } from './unfolded-value.ts';

/*
 * The planner puts subqueries and common table expressions into the query around them: a column that is named eight times in each of eight
 * of them becomes an expression of sixteen million parts, and the server is out of memory while it plans, where no timeout looks.
 */

/** Parts of the expressions of one query. Measured: 65,000 take half a second to plan, eight times as many two seconds and 300 MB. */
const maxParts = 50_000;

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

/**
 * Judges what subqueries become inside each other; called with the whole statement.
 *
 * @param mostParts parts that the expressions of one query may have; tests hold the planner's own expressions against it
 */
export function inspectUnfolding(root: unknown, judgement: Judgement, mostParts = maxParts): void {
  new Unfolding(judgement, { mostParts }).statement(root);
}

/** What the expressions of one query see. A class, because one is made for each query. */
class QueryScope implements UnfoldingScope {
  readonly frame: Frame;
  readonly tables: Table | undefined;
  private readonly unfolding: Unfolding;
  private readonly select: Fields;

  constructor(unfolding: Unfolding, select: Fields, outer: Frame | undefined, tables: Table | undefined) {
    this.unfolding = unfolding;
    this.select = select;
    this.frame = { ranges: [], outer };
    this.tables = tables;
  }

  get rows(): number {
    return this.unfolding.rows(this.select);
  }

  column(fields: readonly unknown[]): UnfoldedValue {
    return columnValue(fields, this.frame);
  }

  query(select: Fields): UnfoldedQuery {
    const { columns, other, parts } = this.unfolding.query(select, this.frame, this.tables);
    return { value: withNodes(columns[0]?.value ?? other, parts), rows: this.unfolding.rows(select) };
  }

  fits(name: string, number: number, call: Fields): boolean {
    return this.unfolding.fits(name, number, call);
  }

  built(length: number): void {
    this.unfolding.refuseLength(length);
  }
}

/** One look at a statement. A class, because its methods call each other and share the judgement. */
class Unfolding {
  private readonly judgement: Judgement;
  private readonly mostParts: number;
  /** Only asks what becomes of numbers. */
  private readonly probes: boolean;
  private recursions = 0;

  constructor(judgement: Judgement, { mostParts = maxParts, probes = false }) {
    this.judgement = judgement;
    this.mostParts = mostParts;
    this.probes = probes;
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
      if (query) {
        this.query(query, undefined, item.tables);
        continue;
      }
      const withClause = isFields(value) && isFields(value['withClause']) ? value['withClause'] : undefined;
      const tables = withClause ? this.members(withClause, undefined, item.tables) : item.tables;
      if (isFields(value) && (value['fromClause'] ?? value['usingClause'] ?? value['sourceRelation']) !== undefined)
        this.dataChange(value, tables);
      else for (const child of Object.values(value)) if (child !== withClause) stack.push({ value: child, tables });
    }
  }

  /** UPDATE, DELETE and MERGE are planned as a query of what they read. */
  private dataChange(fields: Fields, tables: Table | undefined): void {
    const { fromClause, usingClause, sourceRelation, withClause: _, relation: __, ...rest } = fields;
    const from = [...listOf(fromClause), ...listOf(usingClause), ...(sourceRelation ? [sourceRelation] : [])];
    this.query({ fromClause: from, whereClause: rest }, undefined, tables);
  }

  private refuseParts(parts: number): void {
    if (parts <= this.mostParts) return;
    refuse(this.judgement, {
      code: 'size',
      node: 'SelectStmt',
      message: `Subqueries put into each other become an expression of more than ${this.mostParts} parts, which the server plans past every timeout`,
      location: 0,
      hint: 'Name a column of a subquery fewer times, or keep a subquery apart: WITH … AS MATERIALIZED (…).',
    });
  }

  refuseLength(length: number): void {
    if (length <= this.judgement.policy.limits.maxGeneratedSize * 100) return;
    refuse(this.judgement, {
      code: 'size',
      node: 'A_Expr',
      message: 'Values are put together with themselves until they take gigabytes',
      location: 0,
      hint: 'Name a value once in what is put together.',
    });
  }

  query(select: Fields, outer: Frame | undefined, outerTables: Table | undefined): Query {
    const withClause = select['withClause'];
    const tables = isFields(withClause) ? this.members(withClause, outer, outerTables) : outerTables;
    const { larg, rarg } = select;
    const found =
      isFields(larg) && isFields(rarg)
        ? setOperation(select, this.query(larg, outer, tables), this.query(rarg, outer, tables))
        : this.simple(select, outer, tables);
    this.refuseParts(found.parts);
    for (const { value } of found.columns) this.refuseLength(value.length);
    this.refuseLength(found.other.length);
    return found;
  }

  private simple(select: Fields, outer: Frame | undefined, tables: Table | undefined): Query {
    const scope = new QueryScope(this, select, outer, tables);
    let fromParts = 0;
    for (const item of listOf(select['fromClause'])) fromParts += this.range(item, scope);
    const { columns, open, other, parts, starParts } = selectedColumns(select, scope.frame, scope);
    // What `*` stands for takes the place of what it was below.
    let all = Math.max(fromParts, starParts) + parts;
    for (const part of expressionParts) if (select[part] !== undefined) all += unfold(select[part], scope).nodes;
    return { columns, open, other, parts: all };
  }

  /** Rows of FROM; what is crossed with something has two at least. */
  rows(select: Fields): number {
    const rows = fromRows(select, this.judgement.knownRows ?? noRows);
    return listOf(select['fromClause']).length > 1 ? Math.max(rows, 2) : rows;
  }

  /** A size that is a number of the text, by way of a column. */
  fits(name: string, number: number, call: Fields): boolean {
    const limit = this.judgement.policy.limits.maxGeneratedSize;
    if (number <= limit || constantSize(listOf(call['args'])[name === 'format' ? 0 : 1]) !== 'row') return true;
    refuse(this.judgement, {
      code: 'size',
      node: 'FuncCall',
      name,
      message: `${name} takes its size from a column of numbers ${Number.isFinite(number) ? `up to ${number}` : 'that multiply from step to step'}, and would build more than ${limit} characters, elements or rows`,
      location: locationOf(call),
      option: 'limits.maxGeneratedSize',
    });
    return false;
  }

  /** Adds a FROM item, and gives the parts of its expressions. */
  private range(item: unknown, scope: QueryScope): number {
    const { frame, tables } = scope;
    const tagged = untag(item);
    const fields = tagged?.fields ?? {};
    switch (tagged?.tag) {
      case 'RangeVar':
        frame.ranges.push(rangeOf(fields, tableRows(fields, tables), textOf(fields['relname'])));
        return 0;
      case 'RangeSubselect': {
        const select = fieldsOf(fields['subquery'], 'SelectStmt');
        if (!select) return 0;
        const query = this.query(select, fields['lateral'] === true ? frame : frame.outer, tables);
        frame.ranges.push(rangeOf(fields, query));
        return query.parts;
      }
      case 'JoinExpr': {
        const first = frame.ranges.length;
        const parts = this.range(fields['larg'], scope) + this.range(fields['rarg'], scope);
        if (isFields(fields['alias'])) {
          const joined = frame.ranges.splice(first);
          frame.ranges.push(
            rangeOf(fields, {
              columns: joined.flatMap(({ columns }) => columns),
              open: joined.some(({ open }) => open),
              other: widest(joined.map(({ other }) => other)),
            }),
          );
        }
        return fields['quals'] === undefined ? parts : parts + unfold(fields['quals'], scope).nodes;
      }
      case 'RangeTableSample':
        return this.range(fields['relation'], scope);
      default: {
        const calls = listOf(fields['functions']).map((pair) => listOf(fieldsOf(pair, 'List')?.['items'])[0]);
        const { alias: _, ...rest } = fields;
        const value = unfold(calls.length > 0 ? calls : Object.values(rest), scope);
        frame.ranges.push(rangeOf(fields, { columns: [], open: true, other: withNodes(value, 1) }));
        return value.nodes;
      }
    }
  }

  private members(withClause: Fields, outer: Frame | undefined, outerTables: Table | undefined): Table | undefined {
    let tables = outerTables;
    for (const member of commonTables(withClause)) {
      const name = textOf(member['ctename']) ?? '';
      const select = fieldsOf(member['ctequery'], 'SelectStmt');
      if (!select) {
        // RETURNING of a change: a table of its own, with columns that nobody counts.
        tables = { name, rows: unknownRows, outer: tables };
        continue;
      }
      const recursive = withClause['recursive'] === true && isFields(select['larg']) && isFields(select['rarg']);
      const rows = recursive
        ? this.recursion(member, select, outer, tables)
        : renamed(this.query(select, outer, tables), member['aliascolnames']);
      const apart = recursive || member['ctematerialized'] === 'CTEMaterializeAlways';
      tables = { name, rows: apart ? rowsKeptApart(rows) : rows, outer: tables };
    }
    return tables;
  }

  /** Looks at one step of a recursion, with its own columns marked. */
  private recursion(member: Fields, select: Fields, outer: Frame | undefined, outerTables: Table | undefined): Rows {
    const own = isFields(select['withClause']) ? this.members(select['withClause'], outer, outerTables) : outerTables;
    const name = textOf(member['ctename']) ?? '';
    const start = renamed(this.query(select['larg'] as Fields, outer, own), member['aliascolnames']);
    this.recursions += 1;
    const marks = start.columns.map((_column, index) => `${this.recursions} ${start.open ? '' : index}`);
    const grown = this.grownNumbers({ name, rows: start, outer: own }, select['rarg'] as Fields, outer);
    const marked = (value: UnfoldedValue, index: number): UnfoldedValue => ({
      ...value,
      nodes: 1,
      number: grown[index] === true ? Number.POSITIVE_INFINITY : value.number,
      copies: new Map([[marks[index] ?? `${this.recursions} `, 1]]),
      joined: false,
    });
    const rows: Rows = {
      columns: start.columns.map(({ name: column, value }, index) => ({ name: column, value: marked(value, index) })),
      open: start.open,
      other: start.open ? marked(start.other, start.columns.length) : start.other,
    };
    const step = this.query(select['rarg'] as Fields, outer, { name, rows, outer: own });
    const values = [...step.columns.map(({ value }) => value), step.other];
    // Which column becomes which is not known where some are not listed: they count as one.
    const doubles =
      start.open || step.open
        ? values.some((value) => value.joined && [...value.copies.values()].reduce((sum, count) => sum + count, 0) > 1)
        : isDoublingRecursion(marks, values);
    if (doubles) {
      refuse(this.judgement, {
        code: 'size',
        node: 'CommonTableExpr',
        name,
        message: `${name} puts a value together with itself in each step, so that it grows into gigabytes`,
        location: locationOf(member),
      });
    }
    const columns = rows.columns.map(({ name: column, value: { number } }, index) => ({
      name: column,
      value: { ...(start.columns[index]?.value ?? unknownValue), number },
    }));
    return { columns, open: start.open, other: start.other };
  }

  /** Which columns of a recursion hold numbers that get larger by a factor in each step, where they are the size of something. */
  private grownNumbers(table: Table, step: Fields, outer: Frame | undefined): readonly boolean[] {
    if (!this.judgement.sizedByColumn || this.probes) return [];
    const probe = new Unfolding({ ...this.judgement, findings: [] }, { probes: true });
    const large = (value: UnfoldedValue): UnfoldedValue => ({ ...value, nodes: 1, number: probedNumber });
    const { columns, open, other } = table.rows;
    const rows: Rows = {
      columns: columns.map(({ name, value }) => ({ name, value: large(value) })),
      open,
      other: open ? large(other) : other,
    };
    const next = probe.query(step, outer, { name: table.name, rows, outer: table.outer });
    const grown = next.columns.map(({ value }) => value.number > probedNumber * 1.5);
    return open || next.open ? Array.from({ length: columns.length + 1 }, () => grown.includes(true)) : grown;
  }
}

/** Adding to it makes little of it, adding it to itself much. */
const probedNumber = 2 ** 40;
