import { type Fields, fieldsOf, isFields, listOf, namesOf, textOf, untag } from '../tree.ts';
import type { ProtectedColumn } from './protected-columns.ts';
import {
  expandStar,
  type Frame,
  inKnownOrder,
  isExpanded,
  mayBeCalled,
  mergedColumns,
  type OutputColumn,
  type Range,
  reachOf,
  referenceNames,
  shownColumns,
  UnsureLineage,
  unknownColumns,
  withAlias,
} from './ranges.ts';

/** Common table expressions in scope, innermost first. */
interface QueryScope {
  readonly name: string;
  /** Undefined until it is traced: with RECURSIVE a member may name a later one. */
  readonly columns: readonly OutputColumn[] | undefined;
  readonly outer: QueryScope | undefined;
}

/** What is known of a relation that is not a common table expression. */
export interface KnownRelation {
  readonly schema: string;
  readonly columns: readonly OutputColumn[];
  /** See {@link Range}. */
  readonly complete: boolean;
}

/** Finds a relation as the server would. Throws {@link UnsureLineage} when it is not known. */
export type FindRelation = (schema: string | undefined, name: string) => KnownRelation;

/** What a query gives, and which protected columns it uses for more than that. */
export interface Lineage {
  readonly outputs: readonly OutputColumn[];
  readonly inner: ReadonlySet<ProtectedColumn>;
}

const setOperations = new Set(['SETOP_UNION', 'SETOP_INTERSECT', 'SETOP_EXCEPT']);
const maxRounds = 10;

const isComplete = (columns: readonly OutputColumn[]): boolean => !columns.some(({ several }) => several);

/**
 * Follows values through a query. Throws {@link UnsureLineage} where it cannot.
 *
 * @param strictly whether what a query selects counts as used, also where the query around it leaves it behind
 */
export function traceQuery(select: Fields, findRelation: FindRelation, strictly = false): Lineage {
  const inner = new Set<ProtectedColumn>();
  const use = (sources: readonly ProtectedColumn[]): void => {
    for (const source of sources) inner.add(source);
  };

  /** Everything that an expression touches is used by it. */
  function traceExpression(expression: unknown, frame: Frame, scope: QueryScope | undefined): void {
    const stack: unknown[] = [expression];
    for (let value = stack.pop(); value !== undefined || stack.length > 0; value = stack.pop()) {
      if (typeof value !== 'object' || value === null) continue;
      const tagged = untag(value);
      if (tagged?.tag === 'ColumnRef') use(reachOf(referenceNames(tagged.fields), frame).sources);
      else if (tagged?.tag === 'SelectStmt') {
        for (const { sources } of traceSelect(tagged.fields, frame, scope)) use(sources);
      } else if (tagged?.tag === 'SubLink' && tagged.fields['subLinkType'] === 'EXISTS_SUBLINK') {
        const query = fieldsOf(tagged.fields['subselect'], 'SelectStmt');
        if (query) traceSelect(query, frame, scope);
      } else stack.push(...Object.values(value));
    }
  }

  function traceSelect(
    query: Fields,
    outerFrame: Frame | undefined,
    outerScope: QueryScope | undefined,
  ): readonly OutputColumn[] {
    const scope = isFields(query['withClause']) ? traceWith(query['withClause'], outerFrame, outerScope) : outerScope;
    const outputs = setOperations.has(String(query['op']))
      ? traceSetOperation(query, outerFrame, scope)
      : traceSimple(query, outerFrame, scope);
    if (strictly) for (const { sources } of outputs) use(sources);
    return outputs;
  }

  function traceSetOperation(
    query: Fields,
    outer: Frame | undefined,
    scope: QueryScope | undefined,
  ): readonly OutputColumn[] {
    if (!isFields(query['larg']) || !isFields(query['rarg']))
      throw new UnsureLineage('a set operation has a branch missing');
    const left = traceSelect(query['larg'], outer, scope);
    const right = traceSelect(query['rarg'], outer, scope);
    inKnownOrder([...left, ...right]);
    const outputs = left.map((column, index): OutputColumn => {
      const other = right[index];
      const sources = [...column.sources, ...(other?.sources ?? [])];
      const alone = column.sources.length === 0 || other?.sources.length === 0;
      const plain = column.sources.length === 0 ? column.constant : other?.constant;
      // Beside a value of another type it becomes one of that type, and whether that fails depends on the value.
      if (alone && plain !== true && sources.some(({ narrows }) => narrows))
        throw new UnsureLineage(
          'a set operation may convert a protected value into a type that cannot hold each of them',
        );
      const mixed = column.mixed || other?.mixed || (alone && sources.length > 0);
      const { constant, ...rest } = column;
      return { ...rest, sources, ...(mixed && { mixed: true }), ...(constant && other?.constant && { constant }) };
    });
    // All but UNION ALL compare rows.
    if (query['op'] !== 'SETOP_UNION' || query['all'] !== true) for (const { sources } of outputs) use(sources);
    const frame: Frame = {
      ranges: [{ alias: undefined, schema: undefined, columns: outputs, complete: true }],
      outer,
      shown: [],
    };
    traceOrder(query, outputs, frame, scope);
    return outputs;
  }

  function traceSimple(
    query: Fields,
    outer: Frame | undefined,
    scope: QueryScope | undefined,
  ): readonly OutputColumn[] {
    const frame: Frame = { ranges: [], outer, shown: [] };
    for (const item of listOf(query['fromClause'])) frame.shown.push(...traceFrom(item, frame, scope));
    if (query['valuesLists'] !== undefined) {
      const rows = listOf(query['valuesLists']).map((row) => listOf(fieldsOf(row, 'List')?.['items']));
      traceExpression(rows, frame, scope);
      traceOrder(query, [], frame, scope);
      const [row = []] = rows;
      if (row.some(isExpanded)) return [unknownColumns];
      return row.map((_value, index) => ({ name: `column${index + 1}`, sources: [] }));
    }
    const outputs = listOf(query['targetList']).flatMap((item) =>
      traceTarget(fieldsOf(item, 'ResTarget') ?? {}, frame, scope),
    );
    for (const part of ['whereClause', 'havingClause', 'windowClause']) traceExpression(query[part], frame, scope);
    // DISTINCT compares whole rows, DISTINCT ON what it lists.
    if (listOf(query['distinctClause']).some((item) => untag(item) === undefined))
      for (const { sources } of outputs) use(sources);
    for (const part of ['groupClause', 'distinctClause']) traceByOutput(query[part], outputs, frame, scope);
    traceOrder(query, outputs, frame, scope);
    return inKnownOrder(outputs);
  }

  function traceTarget(target: Fields, frame: Frame, scope: QueryScope | undefined): readonly OutputColumn[] {
    const reference = fieldsOf(target['val'], 'ColumnRef');
    const name = textOf(target['name']);
    if (!reference) {
      traceExpression(target['val'], frame, scope);
      // How many fields the row has is not known, so that what stands behind them has no known place.
      if (isExpanded(target['val'])) return [unknownColumns];
      return [{ name, sources: [], ...(untag(target['val'])?.tag === 'A_Const' && { constant: true }) }];
    }
    const names = referenceNames(reference);
    if (names.at(-1) === undefined) return expandStar(names, frame);
    const { sources, exact, mixed } = reachOf(names, frame);
    // A row, or a function on one, shows more than the value of one column.
    if (!exact) use(sources);
    return [{ name: name ?? names.at(-1), sources, ...(mixed && { mixed }) }];
  }

  /** GROUP BY and ORDER BY may name an output by its alias or its number. */
  function traceByOutput(
    list: unknown,
    outputs: readonly OutputColumn[],
    frame: Frame,
    scope: QueryScope | undefined,
  ): void {
    for (const item of listOf(list)) {
      const node = fieldsOf(item, 'SortBy')?.['node'] ?? item;
      const reference = fieldsOf(node, 'ColumnRef');
      const number = fieldsOf(node, 'A_Const')?.['ival'];
      const names = reference && referenceNames(reference);
      if (names?.length === 1) for (const output of outputs) if (mayBeCalled(output, names[0])) use(output.sources);
      if (isFields(number) && typeof number['ival'] === 'number') use(outputs[number['ival'] - 1]?.sources ?? []);
      // `GROUP BY (1, e)` is written as a row, and means its parts.
      const parts = fieldsOf(node, 'GroupingSet')?.['content'] ?? fieldsOf(node, 'RowExpr')?.['args'];
      if (parts !== undefined) traceByOutput(parts, outputs, frame, scope);
      traceExpression(node, frame, scope);
    }
  }

  function traceOrder(
    query: Fields,
    outputs: readonly OutputColumn[],
    frame: Frame,
    scope: QueryScope | undefined,
  ): void {
    traceByOutput(query['sortClause'], outputs, frame, scope);
    for (const part of ['limitOffset', 'limitCount']) traceExpression(query[part], frame, scope);
  }

  /** Adds an item of FROM to what can be named, and gives its columns as `*` shows them. */
  function traceFrom(item: unknown, frame: Frame, scope: QueryScope | undefined): readonly OutputColumn[] {
    const tagged = untag(item);
    const fields = tagged?.fields ?? {};
    switch (tagged?.tag) {
      case 'RangeVar':
        return addRange(relationRange(fields, scope), fields, frame);
      case 'RangeSubselect': {
        const query = fieldsOf(fields['subquery'], 'SelectStmt');
        if (!query) throw new UnsureLineage('a subquery is no query');
        const columns = traceSelect(query, fields['lateral'] === true ? frame : frame.outer, scope);
        return addRange({ alias: undefined, schema: undefined, columns, complete: isComplete(columns) }, fields, frame);
      }
      case 'RangeTableSample': {
        const shown = traceFrom(fields['relation'], frame, scope);
        // The neighbours in FROM are out of its sight, so that a name of theirs is looked for around the query.
        for (const seen of [frame, { ...frame, ranges: [] }])
          traceExpression([fields['args'], fields['repeatable']], seen, scope);
        return shown;
      }
      case 'JoinExpr':
        return traceJoin(fields, frame, scope);
      default:
        traceExpression(item, frame, scope);
        return addRange({ alias: undefined, schema: undefined, columns: [], complete: false }, fields, frame);
    }
  }

  function addRange(range: Range, { alias }: Fields, frame: Frame): readonly OutputColumn[] {
    const named = withAlias(range, alias);
    frame.ranges.push(named);
    return shownColumns(named);
  }

  function relationRange(fields: Fields, scope: QueryScope | undefined): Range {
    const schema = textOf(fields['schemaname']);
    const name = textOf(fields['relname']) ?? '';
    for (let at = schema === undefined ? scope : undefined; at; at = at.outer) {
      if (at.name !== name) continue;
      if (!at.columns) throw new UnsureLineage(`${name} is read before it is defined`);
      return { alias: name, schema: undefined, columns: at.columns, complete: isComplete(at.columns) };
    }
    return { alias: name, ...findRelation(schema, name) };
  }

  function traceJoin(fields: Fields, frame: Frame, scope: QueryScope | undefined): readonly OutputColumn[] {
    const first = frame.ranges.length;
    const left = traceFrom(fields['larg'], frame, scope);
    const right = traceFrom(fields['rarg'], frame, scope);
    const isNatural = fields['isNatural'] === true;
    // Columns that are not known, or have a name of PostgreSQL's own, may be called as protected ones are.
    const isUnsure = isNatural && [...left, ...right].some(({ name }) => name === undefined);
    const shared = isNatural
      ? left.flatMap(({ name }) => (name !== undefined && right.some((column) => column.name === name) ? [name] : []))
      : (namesOf(fields['usingClause']) ?? []);
    for (const column of [...left, ...right])
      if (isUnsure || shared.some((name) => mayBeCalled(column, name))) use(column.sources);
    // ON sees the two sides alone: a name that they do not have is looked for around the query, not among their neighbours.
    traceExpression(fields['quals'], { ...frame, ranges: frame.ranges.slice(first) }, scope);
    const columns = isUnsure ? [...left, ...right, unknownColumns] : mergedColumns(left, right, shared);
    const merged = { alias: undefined, schema: undefined, columns: columns.slice(0, shared.length) };
    // JOIN … USING (…) AS u: the columns that both sides have.
    if (isFields(fields['join_using_alias']))
      frame.ranges.push(withAlias({ ...merged, complete: isComplete(columns) }, fields['join_using_alias']));
    if (!isFields(fields['alias'])) return columns;
    frame.ranges.length = first;
    return addRange({ alias: undefined, schema: undefined, columns, complete: isComplete(columns) }, fields, frame);
  }

  function traceWith(
    withClause: Fields,
    outer: Frame | undefined,
    outerScope: QueryScope | undefined,
  ): QueryScope | undefined {
    let scope = outerScope;
    if (withClause['recursive'] === true) {
      for (const item of listOf(withClause['ctes']))
        scope = {
          name: textOf(fieldsOf(item, 'CommonTableExpr')?.['ctename']) ?? '',
          columns: undefined,
          outer: scope,
        };
    }
    for (const item of listOf(withClause['ctes'])) {
      const member = fieldsOf(item, 'CommonTableExpr') ?? {};
      const query = fieldsOf(member['ctequery'], 'SelectStmt');
      if (!query) throw new UnsureLineage('a common table expression changes rows');
      const name = textOf(member['ctename']) ?? '';
      const names = namesOf(member['aliascolnames']) ?? [];
      const renamed = (columns: readonly OutputColumn[]) =>
        columns.map((column, index) => (names[index] === undefined ? column : { ...column, name: names[index] }));
      const columns =
        withClause['recursive'] === true
          ? traceRecursive(query, name, renamed, outer, scope)
          : renamed(traceSelect(query, outer, scope));
      const numbered = (member['search_clause'] ?? member['cycle_clause']) !== undefined;
      if (numbered && columns.some(({ sources }) => sources.length > 0))
        throw new UnsureLineage('SEARCH and CYCLE order and compare rows');
      // They add columns of their own.
      scope = { name, columns: numbered ? [...columns, unknownColumns] : columns, outer: scope };
    }
    return scope;
  }

  /** The columns of a recursive query carry what its first branch gives and what its own rows bring back, until nothing is added. */
  function traceRecursive(
    query: Fields,
    name: string,
    renamed: (columns: readonly OutputColumn[]) => readonly OutputColumn[],
    outer: Frame | undefined,
    scope: QueryScope | undefined,
  ): readonly OutputColumn[] {
    const sizeOf = (columns: readonly OutputColumn[]) =>
      columns.reduce((sum, { sources }) => sum + new Set(sources).size, 0);
    const start = setOperations.has(String(query['op'])) && isFields(query['larg']) ? query['larg'] : query;
    let columns = renamed(traceSelect(start, outer, { name, columns: [], outer: scope }));
    for (let round = 0; round < maxRounds; round += 1) {
      const next = renamed(traceSelect(query, outer, { name, columns, outer: scope })).map((column) => ({
        ...column,
        sources: [...new Set(column.sources)],
      }));
      if (sizeOf(next) === sizeOf(columns)) return next;
      columns = next;
    }
    throw new UnsureLineage('a recursive query does not settle');
  }

  return { outputs: traceSelect(select, undefined, undefined), inner };
}
