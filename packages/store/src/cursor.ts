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
    throw new StoreError('INVALID_CURSOR', 'The cursor is damaged; start again without "after".', { cause });
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
