import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createReplayModel, readCases } from '../../src/eval/index.ts';
import { createAsk } from '../../src/index.ts';
import { indexCatalog } from '../../src/repair/catalog-index.ts';
import { resolveNames } from '../../src/repair/resolve.ts';
import { openDatabase, parse } from './evaluation-databases.ts';
import type { Metric } from './metric.ts';
import { readQuestions } from './recorded.ts';

const defogFiles = [
  'questions_gen_postgres.csv',
  'instruct_basic_postgres.csv',
  'instruct_advanced_postgres.csv',
  'idk.csv',
];

/** Statements that are right: none may be stopped or changed, and the resolver must find nothing wrong with any of their names. */
export const gold: Metric = async ({ data, serverUrl }) => {
  const statements = new Map<string, string[]>([['bird', readQuestions(data).map(({ SQL }) => SQL)]]);
  for (const file of defogFiles) {
    for (const { database, gold: variants } of readCases(
      readFileSync(join(data, 'defog/questions', file), 'utf8'),
      'defog',
    )) {
      statements.set(database, [...(statements.get(database) ?? []), ...variants]);
    }
  }
  let [all, changed] = [0, 0];
  const stopped: string[] = [];
  const misjudged: string[] = [];
  for (const [name, list] of statements) {
    const database = await openDatabase(serverUrl, name);
    const index = indexCatalog(database.snapshot);
    for (const sql of list) {
      all++;
      const outcome = await createAsk({ ...database.ports, model: createReplayModel([sql]) }, { maxRepairs: 0 })('?', {
        execute: false,
      });
      if (outcome.kind !== 'answered') stopped.push(`${name}: ${outcome.attempts[0]?.error?.message}: ${sql}`);
      if (outcome.attempts[0]?.repairs !== undefined) changed++;
      const parsed = await parse.parse(sql);
      const problems = parsed.parsed ? resolveNames(parsed.tree, index, () => undefined).problems : [];
      if (problems.length > 0)
        misjudged.push(
          `${name}: ${problems.map((problem) => JSON.stringify({ ...problem, scope: undefined, relation: undefined, candidates: undefined })).join(' ')}: ${sql}`,
        );
    }
    await database.close();
  }
  return {
    statements: all,
    stopped: stopped.length,
    changed,
    misjudged: misjudged.length,
    examples: [...stopped, ...misjudged].slice(0, 8),
  };
};
