import type { CatalogAnswer } from './catalog-row.ts';
import { getOrAdd, rowsBy, rowsOf } from './columnar.ts';

/** Catalogs whose objects carry comments or belong to extensions. */
export type CatalogName =
  | 'pg_class'
  | 'pg_type'
  | 'pg_proc'
  | 'pg_operator'
  | 'pg_cast'
  | 'pg_constraint'
  | 'pg_trigger'
  | 'pg_policy'
  | 'pg_namespace'
  | 'pg_extension';

/** Lookups that many parsers need, over one answer of the catalog query. */
export interface Facts {
  readonly answer: CatalogAnswer;
  comment(catalog: CatalogName, object: number, column?: number): string | undefined;
  extension(catalog: CatalogName, object: number): string | undefined;
  /** Places in `answer.columns` of the columns of a relation, in their order. */
  columnPlaces(relation: number): readonly number[];
  /** Names of columns by `attnum`; those of relations outside the chosen schemas too, when a key points there. */
  columnName(relation: number, position: number): string;
  /** Schema and name of a relation that a key may point to. */
  relationName(relation: number): { readonly schema: string; readonly name: string };
}

/** Groups one answer of the catalog query once, for all parsers. */
export function createFacts(answer: CatalogAnswer): Facts {
  const comments = new Map<string, Map<number, Map<number, string>>>();
  for (const row of rowsOf(answer.comments)) {
    const objects = getOrAdd(comments, row.catalog, () => new Map<number, Map<number, string>>());
    getOrAdd(objects, row.object, () => new Map<number, string>()).set(row.column, row.comment);
  }
  const members = new Map<string, Map<number, string>>();
  for (const row of rowsOf(answer.extensionMembers)) {
    getOrAdd(members, row.catalog, () => new Map<number, string>()).set(row.object, row.extension);
  }

  const columns = columnPlacesByRelation(answer);
  const { position: positions, name: columnNames } = answer.columns;
  const outside = rowsBy(answer.outsideColumns, 'relation');
  const names = new Map<number, { schema: string; name: string }>();
  for (const row of rowsOf(answer.relations)) names.set(row.oid, { schema: row.schema, name: row.name });
  for (const [oid, [row]] of outside) if (row) names.set(oid, { schema: row.schema, name: row.table });

  return {
    answer,
    comment: (catalog, object, column = 0) => comments.get(catalog)?.get(object)?.get(column),
    extension: (catalog, object) => members.get(catalog)?.get(object),
    columnPlaces: (relation) => columns.get(relation) ?? [],
    columnName: (relation, position) => {
      const places = columns.get(relation);
      // Without dropped columns the place is the number.
      const guess = places?.[position - 1];
      const place =
        guess !== undefined && positions[guess] === position
          ? guess
          : places?.find((each) => positions[each] === position);
      const name =
        place === undefined
          ? outside.get(relation)?.find((row) => row.position === position)?.name
          : columnNames[place];
      return name ?? `column ${position}`;
    },
    relationName: (relation) => names.get(relation) ?? { schema: '', name: `relation ${relation}` },
  };
}

/**
 * The columns of each relation in their order, which is nearly always that of the catalog already. As places and not as
 * row objects: nine tenths of a catalog are columns, and objects that live for a moment are what takes the time.
 */
function columnPlacesByRelation({ columns }: CatalogAnswer): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  let current: number[] = [];
  let currentRelation: number | undefined;
  columns.relation.forEach((relation, place) => {
    if (relation !== currentRelation) {
      currentRelation = relation;
      current = getOrAdd(places, relation, () => []);
    }
    current.push(place);
  });
  const positionOf = (place: number): number => columns.position[place] ?? 0;
  for (const list of places.values()) {
    const inOrder = list.every((place, at) => at === 0 || positionOf(list[at - 1] ?? 0) < positionOf(place));
    if (!inOrder) list.sort((one, other) => positionOf(one) - positionOf(other));
  }
  return places;
}
