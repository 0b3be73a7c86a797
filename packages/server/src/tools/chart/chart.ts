import { z } from 'zod';
import { canDraw } from '../../charts/can-draw.ts';
import { CHART_KINDS, type ChartColumn, measureOf } from '../../charts/chart-spec.ts';
import { renderChart } from '../../charts/render-chart.ts';
import { PgmcpError } from '../../errors.ts';
import { nearestName } from '../../nearest.ts';
import { type EncodedTable, withRemark } from '../../values/index.ts';
import { defineTool, READS_ONLY } from '../define-tool.ts';
import { databaseInput, paramsInput, sqlInput } from '../inputs.ts';
import { tableShape } from '../query/table-result.ts';

/** Most rows that are given beside the picture: it shows the others. */
const MAX_ROWS_BESIDE = 50;

const columnInput = z.string().min(1).max(200).optional();

/** Draws the result of a statement. */
export const chart = defineTool({
  name: 'chart',
  title: 'Draw a chart',
  description:
    'Runs one read-only SQL statement and draws its rows as a picture. Aggregate and sort in SQL: what it returns is what is drawn.',
  input: z.strictObject({
    sql: sqlInput,
    kind: z.enum(CHART_KINDS),
    x: columnInput.describe('Column; default the first.'),
    y: columnInput.describe('Numeric column; default the second.'),
    color: columnInput.describe('Column that splits into series.'),
    title: z.string().max(200).optional(),
    params: paramsInput,
    database: databaseInput,
  }),
  output: z.object({
    database: z.string(),
    image: z.string(),
    drawn_rows: z.number(),
    ...tableShape,
  }),
  annotations: READS_ONLY,
  toolset: 'chart',
  scope: 'db:read',
  available: canDraw,
  async run({ sql, kind, x, y, color, title, params, database }, { services, call, attach }) {
    const connected = services.databases.resolve(database);
    const statement = { database: connected, sql, parameters: params, keepsRest: true };
    const table = await services.executor.read(statement, call);
    if (table.row_count === 0)
      throw new PgmcpError('VALIDATION_ERROR', 'The statement returned no rows: there is nothing to draw.');
    const picture = {
      kind,
      x: columnOf(table, 'x', x ?? table.columns[0]?.name),
      y: numericColumn(table, y),
      color: color === undefined ? undefined : columnOf(table, 'color', color),
      title,
      rows: table.rows,
    };
    call.progress('drawing');
    const { mimeType, bytes } = await renderChart(picture);
    attach({ type: 'image', data: Buffer.from(bytes).toString('base64'), mimeType });
    const rows = table.rows.slice(0, MAX_ROWS_BESIDE);
    const remark = `The picture shows ${table.row_count} rows, of which ${rows.length} are here.`;
    return {
      ...table,
      ...(rows.length < table.row_count && { notice: withRemark(table.notice, remark) }),
      database: connected.name,
      image: mimeType,
      drawn_rows: table.row_count,
      rows,
      row_count: rows.length,
      truncated: table.truncated || rows.length < table.row_count,
    };
  },
});

function columnOf(table: EncodedTable, role: string, wanted: string | undefined): ChartColumn {
  const names = table.columns.map(({ name }) => name);
  const index = names.indexOf(wanted ?? '');
  const column = table.columns[index];
  if (wanted === undefined)
    throw new PgmcpError(
      'VALIDATION_ERROR',
      'The result has one column, and a picture needs two: select what x shows, then what y shows.',
    );
  if (column) return { name: column.name, index, measure: measureOf(column.type) };
  const meant = nearestName(wanted, names);
  throw new PgmcpError(
    'VALIDATION_ERROR',
    `${role} names ${JSON.stringify(wanted)}, which is no column of the result.${meant === undefined ? '' : ` Did you mean ${JSON.stringify(meant)}?`} It has ${names.map((name) => JSON.stringify(name)).join(', ')}.`,
  );
}

function numericColumn(table: EncodedTable, wanted: string | undefined): ChartColumn {
  const column = columnOf(table, 'y', wanted ?? table.columns[1]?.name);
  if (column.measure === 'quantitative') return column;
  throw new PgmcpError(
    'VALIDATION_ERROR',
    `y has to be numeric, and ${JSON.stringify(column.name)} is ${table.columns[column.index]?.type}: choose another column, or cast it.`,
  );
}
