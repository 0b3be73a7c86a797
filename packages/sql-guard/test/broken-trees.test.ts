import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCatalogView } from '../src/catalog/create-view.ts';
import { compilePolicy } from '../src/compiled-policy.ts';
import { readHostileCases, splitCorpus } from '../src/corpus.ts';
import type { CatalogSnapshot } from '../src/index.ts';
import { judge } from '../src/judge.ts';
import { isParserError } from '../src/parser.ts';
import { compileParser } from '../src/parser-code.ts';
import { createParser } from '../src/parser-instance.ts';
import type { ParseTree } from '../src/verdict.ts';
import { readHonestCases } from './corpus-files.ts';
import { placesOf } from './places-of.ts';

/*
 * A parser that is damaged, or newer than this guard, may print a tree in which anything is missing or of another kind. Each value of the
 * trees of the corpora is taken out, and replaced by what cannot be there: the answer must be a verdict, and where something stands that
 * the grammar does not have, a refusal.
 */
const parser = await createParser(await compileParser());
const column = (name: string, typeName = 'text') => ({ name, typeSchema: 'pg_catalog', typeName });
const catalog: CatalogSnapshot = {
  fingerprint: 'broken',
  searchPath: ['public'],
  definitionsQualified: true,
  relations: [
    {
      schema: 'public',
      name: 'customers',
      kind: 'table',
      columns: ['id', 'name', 'email'].map((name) => column(name)),
      parents: [],
    },
    {
      schema: 'public',
      name: 'orders',
      kind: 'table',
      columns: ['id', 'customer_id', 'total'].map((name) => column(name)),
      parents: [],
    },
  ],
  functions: [
    {
      schema: 'public',
      name: 'leak',
      argumentTypes: ['public.customers'],
      kind: 'function',
      securityDefiner: false,
      changesSettings: false,
      volatility: 'stable',
    },
  ],
  operators: [],
  casts: [],
  types: [],
};
const policies = [
  compilePolicy({}),
  compilePolicy({ mode: 'standard', statements: { deny: ['update'] } }),
  compilePolicy({
    mode: 'admin',
    functions: { allow: ['app.*'] },
    statements: {
      allow: [
        'create-function',
        'create-trigger',
        'create-rule',
        'create-policy',
        'grant',
        'create-extension',
        'select-into',
        'nextval',
      ],
    },
  }),
];
const masking = compilePolicy({ columns: { mask: ['public.customers.email'], deny: ['public.orders.total'] } });

const changes = ['never', 'unfiltered'].flatMap((name) =>
  splitCorpus(readFileSync(new URL(`../corpus/changes/${name}.sql`, import.meta.url), 'utf8')),
);
const texts = [
  ...new Set([...readHonestCases(), ...(await readHostileCases()), ...changes].map(({ sql }) => sql)),
].filter((sql) => sql.length < 250);

/** Positions decide nothing. */
const isPlace = (key: string): boolean =>
  key.endsWith('location') || key.endsWith('_len') || key.startsWith('rexpr_list') || key.startsWith('list_');

function verdictsOn(tree: ParseTree, sql: string): readonly boolean[] {
  const scan = () => [];
  return [
    ...policies.map((policy) => judge(tree, sql, sql.length, policy, {}, undefined, scan).allowed),
    judge(tree, sql, sql.length, masking, {}, createCatalogView(catalog, masking, parser), scan).allowed,
  ];
}

describe('a tree that the parser never prints', { timeout: 120_000 }, () => {
  const trees = texts.flatMap((sql, index) => {
    const tree = parser.parse(sql);
    // A third of the corpora, another one than the statements beside each other.
    return isParserError(tree) || tree.stmts.length !== 1 || index % 3 !== 0 ? [] : [{ sql, tree }];
  });

  it('gets a verdict when a value is missing', () => {
    let judged = 0;
    for (const { sql, tree } of trees) {
      for (const [holder, key] of placesOf(tree.stmts[0]?.stmt)) {
        const value = holder[key];
        if (Array.isArray(holder)) holder[Number(key)] = {};
        else delete holder[key];
        for (const allowed of verdictsOn(tree, sql)) expect(typeof allowed).toBe('boolean');
        holder[key] = value;
        judged += 1;
      }
    }
    expect(judged).toBeGreaterThan(5_000);
  });

  it('is refused when a value is of another kind', () => {
    const passed: string[] = [];
    const wrong: readonly unknown[] = [null, 7.5, { Evil: { sval: 'x' } }];
    for (const { sql, tree } of trees) {
      for (const [index, [holder, key]] of placesOf(tree.stmts[0]?.stmt).entries()) {
        if (isPlace(key)) continue;
        const value = holder[key];
        const other = wrong[index % wrong.length];
        // A number may stand where another number did.
        if (typeof value === 'number' && typeof other === 'number') continue;
        holder[key] = other;
        expect(verdictsOn(tree, sql), `${sql}: ${key} = ${JSON.stringify(other)}`).toEqual([
          false,
          false,
          false,
          false,
        ]);
        holder[key] = value;
      }
    }
    expect(passed).toEqual([]);
  });
});
