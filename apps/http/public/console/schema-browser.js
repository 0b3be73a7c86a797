import { element, fillTable } from './elements.js';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

function size(bytes) {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** power).toPrecision(3)} ${UNITS[power]}`;
}

/** One table that can be opened: columns, keys, what it refers to, indexes. */
export function describeTable({
  name,
  kind,
  comment,
  estimatedRows,
  estimatedBytes,
  rowSecurity,
  columns,
  references,
  indexes,
}) {
  const facts = [
    kind,
    estimatedRows !== undefined && `about ${estimatedRows.toLocaleString()} rows`,
    estimatedBytes !== undefined && size(estimatedBytes),
    rowSecurity !== 'off' && `row security ${rowSecurity}`,
  ].filter(Boolean);
  const columnTable = element('table', {});
  const rows = columns.map((column) => [
    element('code', {}, column.name),
    element('code', {}, column.type),
    [column.key && 'key', !column.nullable && 'not null'].filter(Boolean).join(', '),
    references
      .filter(({ columns: own }) => own.includes(column.name))
      .map(({ to }) => to)
      .join(', '),
    column.comment ?? '',
  ]);
  fillTable(columnTable, ['Column', 'Type', '', 'Refers to', 'Comment'], rows, 'No columns.');
  return element(
    'details',
    { className: 'card' },
    element('summary', {}, element('strong', {}, name), ` ${facts.join(', ')}`),
    ...(comment ? [element('p', {}, comment)] : []),
    columnTable,
    ...indexes.map(({ definition }) => element('pre', {}, definition)),
  );
}
