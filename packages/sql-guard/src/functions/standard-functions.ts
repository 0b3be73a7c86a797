/**
 * Functions of `information_schema` that statements may call, and the columns that they return. `_pg_expandarray` numbers the elements of an
 * array: JDBC drivers ask with it for the columns of a key. Only a superuser can put another in its place.
 */
export const standardFunctions: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['_pg_expandarray', new Set(['x', 'n'])],
]);
