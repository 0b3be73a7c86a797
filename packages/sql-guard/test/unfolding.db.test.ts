import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { expect, it } from 'vitest';
import { compilePolicy } from '../src/compiled-policy.ts';
import { mayGrow } from '../src/inspect/nesting.ts';
import { inspectUnfolding } from '../src/inspect/unfolding.ts';
import { createJudgement } from '../src/judgement.ts';
import { isParserError } from '../src/parser.ts';
import { compileParser } from '../src/parser-code.ts';
import { createParser } from '../src/parser-instance.ts';
import { walkStatement } from '../src/walk.ts';
import { nestedQueries } from './nested-queries.ts';

/** More at night: a thousand take some seconds. */
const STATEMENTS = Number(process.env['PGMCP_RANDOM_STATEMENTS'] ?? 1_500);
const SEED = Number(process.env['PGMCP_RANDOM_SEED'] ?? 1);

/** What the guard takes at most; beyond it nobody counts. */
const MOST_PARTS = 50_000;

const database = useDatabase();
const parser = await createParser(await compileParser());
const policy = compilePolicy({});

/** Whether the guard counts more than so many parts in the expressions of a query. */
function countsMoreThan(sql: string, parts: number): boolean {
  const tree = parser.parse(sql);
  if (isParserError(tree)) throw new Error(`${tree.message}: ${sql}`);
  const statement = tree.stmts[0]?.stmt;
  const judgement = createJudgement(policy, 180_000, undefined);
  walkStatement(statement, judgement);
  if (!mayGrow(judgement)) return false;
  const counted = createJudgement(policy, 180_000, undefined);
  inspectUnfolding(statement, counted, parts);
  return counted.findings.length > 0;
}

/**
 * Kilobytes that the planner takes for a part at most, and for a statement without any. It copies expressions for each path that it
 * weighs: 8 were the most in ten thousand statements.
 */
const KILOBYTES_OF_PART = 16;
const KILOBYTES_OF_STATEMENT = 400;

/** Kilobytes that the planner takes for a statement; infinitely many when it is out of time, undefined when the server refuses the text. */
async function plannedKilobytes(client: pg.Client, sql: string): Promise<number | undefined> {
  try {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (MEMORY, COSTS OFF) ${sql}`);
    const used = rows
      .map((row) => /Memory: used=(\d+)kB/.exec(row['QUERY PLAN'])?.[1])
      .find((text) => text !== undefined);
    return Number(used);
  } catch (error) {
    return (error as pg.DatabaseError).code === '57014' ? Number.POSITIVE_INFINITY : undefined;
  }
}

it('counts so many parts that the memory of the planner is bounded by them', { timeout: 300_000 }, async ({ skip }) => {
  const client = await database.connect();
  const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
  skip(Number(rows[0]?.server_version_num) < 170_000, 'SKIPPED: EXPLAIN (MEMORY) is of PostgreSQL 17');
  await client.query('CREATE TABLE numbers (a int, b int, c int)');
  await client.query("SET statement_timeout = '1s'");
  const next = nestedQueries('numbers', SEED);
  let planned = 0;
  let grown = 0;
  for (let index = 0; index < STATEMENTS; index += 1) {
    const sql = next();
    const used = await plannedKilobytes(client, sql);
    if (used === undefined) continue;
    planned += 1;
    const parts = Math.min((used - KILOBYTES_OF_STATEMENT) / KILOBYTES_OF_PART, MOST_PARTS);
    if (parts <= 0) continue;
    grown += 1;
    expect(countsMoreThan(sql, parts), `${used} kB to plan ${sql}`).toBe(true);
  }
  // The generator must not come to write what fails anyway, or what stays small.
  expect(planned).toBeGreaterThan(STATEMENTS / 2);
  expect(grown).toBeGreaterThan(STATEMENTS / 50);
});
