/** What a {@link CatalogCache} reports through `onEvent`. */
export type CatalogEvent =
  | { readonly type: 'refresh-started'; readonly reason: RefreshReason }
  | {
      readonly type: 'refreshed';
      readonly reason: RefreshReason;
      readonly durationMs: number;
      readonly tableCount: number;
    }
  /** The fingerprint is still the same, so nothing was read again. */
  | { readonly type: 'unchanged'; readonly durationMs: number }
  /** The old catalog stays; `ageMs` is how old it is, absent when there is none yet. */
  | {
      readonly type: 'refresh-failed';
      readonly reason: RefreshReason;
      readonly error: unknown;
      readonly ageMs?: number;
    };

/** Why the cache read the catalog: somebody needed it, somebody asked, something was heard of, or time had passed. */
export type RefreshReason = 'first-use' | 'requested' | 'notified' | 'interval';
