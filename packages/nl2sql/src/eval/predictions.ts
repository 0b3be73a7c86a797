import { Nl2sqlError } from '../errors.ts';

/**
 * Reads recorded statements, one JSON object per line: `sql`, and `id` or `i` for the case. Other keys are left aside, so that
 * recordings of other tools can be read.
 *
 * @returns statements by the id of their case
 * @throws Nl2sqlError `INVALID_OPTIONS` with the line of the first mistake.
 */
export function readPredictions(lines: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [at, line] of lines.split('\n').entries()) {
    if (line.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line.trim());
    } catch (cause) {
      throw new Nl2sqlError('INVALID_OPTIONS', `Line ${at + 1} of the predictions is not JSON.`, { cause });
    }
    const { id, i, sql } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
    const key = id ?? i;
    if ((typeof key !== 'string' && typeof key !== 'number') || typeof sql !== 'string') {
      throw new Nl2sqlError('INVALID_OPTIONS', `Line ${at + 1} of the predictions needs an id (or i) and sql.`);
    }
    found.set(String(key), sql);
  }
  return found;
}
