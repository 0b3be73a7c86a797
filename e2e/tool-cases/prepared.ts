import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VERIFIED_QUERIES } from '../running-server.ts';

/** A question whose statement runs for a minute. */
export const SLOW_QUESTION = 'How long does the slowest statement of all take?';

/** A question whose statement returns more rows than any cap allows. */
export const LONG_QUESTION = 'Which numbers are there up to twenty thousand?';

const PAIRS = `
  - question: ${SLOW_QUESTION}
    sql: SELECT pg_sleep(60) AS ask_slowly
    note: For tests.

  - question: ${LONG_QUESTION}
    sql: SELECT n, repeat('many words ', 3) AS words FROM generate_series(1, 20000) AS n
    note: For tests.
`;

/** A file of verified pairs for as long as it is needed. */
export interface VerifiedQueries {
  readonly path: string;
  remove(): Promise<void>;
}

/** Writes the verified pairs of the retail database with those two. */
export async function writeVerifiedQueries(): Promise<VerifiedQueries> {
  const folder = await mkdtemp(join(tmpdir(), 'pgmcp-pairs-'));
  const path = join(folder, 'verified.yaml');
  await writeFile(path, `${await readFile(VERIFIED_QUERIES, 'utf8')}${PAIRS}`);
  return { path, remove: () => rm(folder, { recursive: true }) };
}

/** Tables of the schema `crowd`. */
export const CROWD_TABLES = 80;

/** Makes a schema with more tables and objects than one answer takes. */
export const CROWD = `
  CREATE SCHEMA crowd;
  DO $$ BEGIN FOR n IN 1..${CROWD_TABLES} LOOP
    EXECUTE format('CREATE TABLE crowd.crowd_%s (id int PRIMARY KEY, note text)', n);
  END LOOP; END $$;
`;
