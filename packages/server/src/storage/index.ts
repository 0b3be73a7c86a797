export { createSchemaSnapshots, type SchemaSnapshots } from './schema-snapshots.ts';
export { createStorage, type Storage } from './storage.ts';
