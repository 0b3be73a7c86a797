import type { Call } from '../call.ts';

/**
 * A comment for the front of a statement, so that the views and the log of the database show which call and trace it belongs to.
 * At the front, since what PostgreSQL shows of a long statement is its beginning.
 */
export function sqlComment({ tool, trace }: Pick<Call, 'tool' | 'trace'>): string {
  // Both are from closed lists or checked forms; a comment that ended early would let the rest of it run.
  const name = tool.replace(/[^A-Za-z0-9_ .-]/g, '_');
  const parent = trace?.traceparent === undefined ? '' : `,traceparent=${trace.traceparent}`;
  return `/*mcp:tool=${name}${parent}*/ `;
}
