import type { CatalogSnapshot } from './snapshot.ts';
import type { CatalogView } from './view.ts';

/** How many databases one parser instance keeps at hand. The pool counts the same way, so that both sides forget the same one. */
export const keptCatalogs = 16;

/** Views by a key that says which catalog, and under which policy where there are several; the oldest is forgotten first. */
export interface CatalogViewCache {
  add(key: string, snapshot: CatalogSnapshot): CatalogView;
  get(key: string | undefined): CatalogView | undefined;
}

/** Keeps the newest {@link keptCatalogs} views. */
export function createCatalogViewCache(create: (snapshot: CatalogSnapshot) => CatalogView): CatalogViewCache {
  const views = new Map<string, CatalogView>();
  return {
    add(key, snapshot) {
      const view = create(snapshot);
      views.delete(key);
      views.set(key, view);
      for (const oldest of views.keys()) {
        if (views.size <= keptCatalogs) break;
        views.delete(oldest);
      }
      return view;
    },
    get: (key) => (key === undefined ? undefined : views.get(key)),
  };
}
