import type { VectorMetric } from './declaration.ts';
import { StoreError } from './errors.ts';
import { fieldSql } from './field-sql.ts';
import { filterSql } from './filter-sql.ts';
import type { PageRequest, PlacedRow, RecordTable, Selection } from './record-table.ts';
import { aliveSql, type SqlContext, send, tableSql } from './sql-context.ts';
import { readRow, type SqlRow, selectList } from './sql-row.ts';
import { arrayText, Parameters } from './sql-text.ts';
import { keySql } from './sql-write.ts';

function selectionSql(context: SqlContext, { scope, namespace, filter }: Selection, parameters: Parameters): string {
  const conditions = [`t.scope = ${parameters.add(scope, 'text')}`, aliveSql(context)];
  if (namespace.length > 0)
    conditions.push(`t.namespace[1:${namespace.length}] = ${parameters.add(arrayText(namespace), 'text[]')}`);
  if (filter !== undefined) conditions.push(filterSql(filter, context.schema, parameters));
  return conditions.join(' and ');
}

/** One part of a page: the records that have the ordering field, or those that lack it. */
async function readPart(
  context: SqlContext,
  request: PageRequest,
  lacking: boolean,
  limit: number,
): Promise<PlacedRow[]> {
  const { field, after, descending } = request;
  const { key, prefix, guard, keyType } = fieldSql(field, context.schema);
  const parameters = new Parameters();
  const conditions = [selectionSql(context, request, parameters)];
  const direction = descending ? 'desc' : 'asc';
  const byId = lacking || field.name === 'id';
  if (field.name !== 'id') conditions.push(lacking ? `(${guard}) is not true` : guard);
  if (after !== undefined && after.lacking === lacking) {
    const beyond = descending ? '<' : '>';
    if (byId) conditions.push(`t.id ${beyond} ${parameters.add(after.id, 'text')}`);
    else {
      const [bound, id] = [parameters.add(after.key ?? '', keyType), parameters.add(after.id, 'text')];
      // The row comparison is what an index on (scope, key, id) can start from.
      conditions.push(`(${key}, t.id) ${beyond} (${bound}, ${id})`);
      if (prefix !== undefined) conditions.push(`${prefix} ${beyond}= (left(${bound}, 256) collate "C")`);
    }
  }
  const order = byId
    ? `t.id ${direction}`
    : [prefix, key, 't.id'].flatMap((each) => (each === undefined ? [] : `${each} ${direction}`)).join(', ');
  const rows = await send<SqlRow & { sort_key: string | null }>(
    context.db,
    `select ${selectList(context.declaration)}, ${byId ? 'null::text' : `${key}::text`} as sort_key
     from ${tableSql(context)} as t where ${conditions.join(' and ')} order by ${order} limit ${limit}`,
    parameters,
  );
  return rows.map((row) => ({
    row: readRow(row),
    position: { key: lacking ? undefined : (row.sort_key ?? row.id), id: row.id, lacking },
  }));
}

async function readPage(context: SqlContext, request: PageRequest): Promise<readonly PlacedRow[]> {
  const { after, limit, field } = request;
  const having = after?.lacking ? [] : await readPart(context, request, false, limit);
  // A second statement only on the page where the records that have the field end.
  const complete = having.length >= limit || (field.kind === 'column' && ALWAYS_THERE.includes(field.name));
  return complete ? having : [...having, ...(await readPart(context, request, true, limit - having.length))];
}

const ALWAYS_THERE = ['id', 'version', 'createdAt', 'updatedAt'];

const DISTANCES: Readonly<Record<VectorMetric, string>> = { cosine: '<=>', l2: '<->', 'inner-product': '<#>' };

type Reads = Pick<RecordTable, 'load' | 'page' | 'count' | 'estimate' | 'nearest' | 'scan'>;

/** The statements that read records. */
export function createSqlReads(context: SqlContext): Reads {
  const { db, declaration } = context;
  const counted = (selection: Selection, parameters: Parameters, list: string): string =>
    `select ${list} from ${tableSql(context)} as t where ${selectionSql(context, selection, parameters)}`;

  return {
    load: async (scope, ids) => {
      await context.ready();
      const parameters = new Parameters();
      const rows = await send<SqlRow>(
        db,
        `select ${selectList(declaration, { bytes: true, embedding: true })} from ${tableSql(context)} as t
         where ${keySql(context, scope, ids, parameters)} and ${aliveSql(context)}`,
        parameters,
      );
      return rows.map(readRow);
    },
    page: async (request) => {
      await context.ready();
      return readPage(context, request);
    },
    count: async (selection) => {
      await context.ready();
      const parameters = new Parameters();
      const [row] = await send<{ count: string }>(
        db,
        counted(selection, parameters, 'count(*)::text as count'),
        parameters,
      );
      return Number(row?.count);
    },
    estimate: async (selection) => {
      await context.ready();
      const parameters = new Parameters();
      const text = `explain (format json) ${counted(selection, parameters, 't.id')}`;
      const [row] = await send<Record<string, unknown>>(db, text, parameters);
      const plan = row?.['QUERY PLAN'];
      const [top] = (typeof plan === 'string' ? JSON.parse(plan) : plan) as { Plan?: { 'Plan Rows'?: number } }[];
      const estimate = top?.Plan?.['Plan Rows'];
      if (typeof estimate !== 'number') throw new StoreError('UNEXPECTED_ANSWER', 'EXPLAIN gave no estimate.');
      return estimate;
    },
    nearest: async ({ vector, limit, ...selection }) => {
      const support = await context.ready();
      const metric = declaration.vector?.metric;
      if (support === 'none' || metric === undefined) {
        throw new StoreError(
          'VECTOR_UNAVAILABLE',
          `nearest needs the extension pgvector in this database; install it, then run migrate(): the embeddings of "${declaration.name}" are kept and become vectors.`,
        );
      }
      const parameters = new Parameters();
      const away = `t.embedding ${DISTANCES[metric]} ${parameters.add(`[${vector.join(',')}]`, 'vector')}`;
      const where = `${selectionSql(context, selection, parameters)} and t.embedding is not null`;
      const text = `select ${selectList(declaration)}, (${away})::text as distance from ${tableSql(context)} as t
        where ${where} order by ${away} limit ${limit}`;
      const rows = await db.transaction(async (transaction) => {
        // Without it the filter is applied to the index's first candidates only, and a scope with few records finds nothing.
        if (support === 'iterative')
          await transaction.query(`select set_config('hnsw.iterative_scan', 'strict_order', true)`);
        return send<SqlRow & { distance: string }>(transaction, text, parameters);
      });
      return rows.map((row) => ({ row: readRow(row), distance: Number(row.distance) }));
    },
    scan: async (after, limit) => {
      await context.ready();
      const parameters = new Parameters();
      const where =
        after === undefined
          ? ''
          : `and (t.scope, t.id) > (${parameters.add(after.scope, 'text')}, ${parameters.add(after.id, 'text')})`;
      const rows = await send<SqlRow>(
        db,
        `select ${selectList(declaration, { bytes: true, embedding: true })} from ${tableSql(context)} as t
         where ${aliveSql(context)} ${where} order by t.scope, t.id limit ${limit}`,
        parameters,
      );
      return rows.map(readRow);
    },
  };
}
