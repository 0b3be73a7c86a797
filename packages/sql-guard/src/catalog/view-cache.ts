import type { CatalogSnapshot } from './snapshot.ts';
import type { CatalogView } from './view.ts';

/** How many databases one parser instance keeps at hand. The pool counts the same way, so that both sides forget the same one. */
export const keptCatalogs = 16;

/** Views by fingerprint, the oldest forgotten first. */
export interface CatalogViewCache {
  add(snapshot: CatalogSnapshot): CatalogView;
  get(fingerprint: string | undefined): CatalogView | undefined;
}

/** Keeps the newest {@link keptCatalogs} views. */
export function createCatalogViewCache(create: (snapshot: CatalogSnapshot) => CatalogView): CatalogViewCache {
  const views = new Map<string, CatalogView>();
  return {
    add(snapshot) {
      const view = create(snapshot);
      views.delete(snapshot.fingerprint);
      views.set(snapshot.fingerprint, view);
      for (const oldest of views.keys()) {
        if (views.size <= keptCatalogs) break;
        views.delete(oldest);
      }
      return view;
    },
    get: (fingerprint) => (fingerprint === undefined ? undefined : views.get(fingerprint)),
  };
}
