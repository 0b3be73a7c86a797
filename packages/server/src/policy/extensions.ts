/**
 * Extensions whose harmless functions the guard knows; a test holds the list against the guard's, which the configuration must not load
 * before it is needed.
 */
export const EXTENSIONS: readonly string[] = [
  'citext',
  'cube',
  'earthdistance',
  'fuzzystrmatch',
  'hstore',
  'intarray',
  'isn',
  'ltree',
  'pg_trgm',
  'pgcrypto',
  'postgis',
  'seg',
  'unaccent',
  'uuid-ossp',
  'vector',
];
