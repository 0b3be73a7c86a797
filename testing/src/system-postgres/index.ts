export { startSystemPostgres, systemBinariesWith } from './start-system-postgres.ts';
