import { StoreError } from './errors.ts';

/** Where the next page begins: after this record, within the records that have the ordering field or those that lack it. */
export interface Position {
  /** The sort key as text; absent among the records that lack the field. */
  readonly key?: string | undefined;
  readonly id: string;
  readonly lacking: boolean;
}

/** Packs a position. `order` names the collection and the order that the cursor belongs to. */
export function writeCursor(order: string, { key, id, lacking }: Position): string {
  return Buffer.from(JSON.stringify([1, order, lacking, id, key ?? null])).toString('base64url');
}

function damagedCursor(cause: unknown): StoreError {
  return new StoreError('INVALID_CURSOR', 'The cursor is damaged; start again without "after".', { cause });
}

/**
 * What a page that failed met: a key of the cursor that is no value of the ordering field shows only where it is compared, as a failed
 * `JSON.parse` in memory and as a data exception (class 22) in PostgreSQL. Filters are checked before, so nothing else gives those.
 */
export function explainPage(error: unknown, hasCursor: boolean): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return hasCursor && (error instanceof SyntaxError || code.startsWith('22')) ? damagedCursor(error) : error;
}

/**
 * Unpacks a cursor. Its parts are bound as values within the caller's scope, so a forged one reveals nothing.
 *
 * @throws StoreError `INVALID_CURSOR` when it is damaged or belongs to another collection or order.
 */
export function readCursor(cursor: string, order: string): Position {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (cause) {
    throw damagedCursor(cause);
  }
  if (Array.isArray(parts) && parts.length === 5) {
    const [version, of, lacking, id, key] = parts as unknown[];
    if (version === 1 && of === order && typeof lacking === 'boolean' && typeof id === 'string') {
      if (typeof key === 'string' && !lacking) return { key, id, lacking };
      if (key === null && lacking) return { id, lacking };
    }
  }
  throw new StoreError(
    'INVALID_CURSOR',
    'The cursor belongs to another collection or order; repeat the call that gave it, or start again without "after".',
  );
}
