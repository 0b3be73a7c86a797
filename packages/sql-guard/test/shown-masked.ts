import type pg from 'pg';
import type { ColumnUse } from '../src/index.ts';

/** What a caller sees of a statement: rows with the masked columns covered, or the error. */
export async function shownMasked(client: pg.Client, sql: string, uses: readonly ColumnUse[]): Promise<string> {
  const masked = new Set(uses.map(({ outputIndex }) => outputIndex));
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' });
    return JSON.stringify(rows.map((row: unknown[]) => row.map((value, index) => (masked.has(index) ? '***' : value))));
  } catch (error) {
    return `failed: ${String(error)}`;
  }
}
