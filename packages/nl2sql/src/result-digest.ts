import type { ResultTable } from './ports.ts';

/**
 * A text that is the same for results with the same rows, in any order: cells by class and value, numbers by ten digits,
 * names of columns left out. `undefined` for a result that says nothing: no rows, or NULL only.
 */
export function resultDigest({ rows }: ResultTable): string | undefined {
  if (rows.every((row) => row.every((cell) => cell === null || cell === undefined))) return undefined;
  return JSON.stringify(rows.map((row) => JSON.stringify(row.map(digestCell))).sort());
}

function digestCell(cell: unknown): unknown {
  if (cell instanceof Date) return `moment ${cell.toISOString()}`;
  if (typeof cell === 'bigint') return `number ${cell}`;
  if (typeof cell === 'number') return `number ${cell === 0 ? '0' : String(Number(cell.toPrecision(10)))}`;
  return cell;
}
