export { type PgvectorServer, startPgvectorServer } from './start-pgvector-server.ts';
