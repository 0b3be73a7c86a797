// Runs `pgmcp eval` over the evaluation data, as a user would over their own: a whole server, its guard, its catalog.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { evaluationData } from './evaluation-data.ts';

/** Databases whose schema the recorded models were hardly shown. */
const HIDDEN = new Set(['thrombosis_prediction', 'european_football_2']);
/** Questions whose right answer depends on the order of rows. */
const UNSTABLE = new Set([254, 264, 271, 285, 406]);
/** Databases that have rows. */
const WITH_ROWS = new Set(['superhero', 'toxicology']);
const MODELS = ['gpt-4-turbo', 'llama3-70b', 'gpt-35-turbo', 'gpt-35-turbo-instruct', 'mixtral-8x7b'];

interface BirdQuestion {
  readonly db_id: string;
  readonly question: string;
  readonly SQL: string;
}

interface EvalRun {
  readonly what: string;
  /** Name of the database, behind `eval_`. */
  readonly database: string;
  readonly isAsked: (question: BirdQuestion, at: number) => boolean;
  readonly gold: (question: BirdQuestion) => string | undefined;
  readonly models: readonly string[];
}

const RUNS: Readonly<Record<string, EvalRun>> = {
  bird: {
    what: '75 tables, the 399 questions whose schema the recorded models were shown, 5 models',
    database: 'bird',
    isAsked: ({ db_id }) => !HIDDEN.has(db_id),
    gold: ({ SQL }) => SQL,
    models: MODELS,
  },
  'bird-rows': {
    what: '75 tables, the 87 stable questions about databases with rows, 5 models',
    database: 'bird',
    isAsked: ({ db_id }, at) => WITH_ROWS.has(db_id) && !UNSTABLE.has(at),
    gold: ({ SQL }) => SQL,
    models: MODELS,
  },
  'bird-mixed': {
    what: 'the same structure with mixed-case names, 500 right statements without quotes',
    database: 'bird_mixed',
    isAsked: () => true,
    gold: ({ SQL }) => SQL,
    models: [],
  },
  union_dev: {
    what: '1,061 tables in 188 schemas, 500 questions, right statements with the names of schemas written in',
    database: 'union_dev',
    isAsked: () => true,
    gold: ({ db_id, SQL }) => withSchema(SQL, `bird_${db_id}`),
    models: [],
  },
  'union_dev-unbound': {
    what: 'the same, statements of gpt-4-turbo without names of schemas: nearly each fails and is repaired',
    database: 'union_dev',
    isAsked: () => true,
    gold: () => undefined,
    models: ['gpt-4-turbo'],
  },
};

/** Enough for these statements: a name behind FROM or JOIN is a table unless a WITH clause defines it. */
function withSchema(sql: string, schema: string): string {
  const defined = new Set([...sql.matchAll(/(\w+)\s+AS\s*\(\s*SELECT/gi)].map(([, name = '']) => name.toLowerCase()));
  return sql.replace(/\b(FROM|JOIN)(\s+)("?\w+"?)(?!\s*[.(])/gi, (whole, word: string, space: string, name: string) =>
    defined.has(name.toLowerCase()) ? whole : `${word}${space}${schema}.${name}`,
  );
}

const data = evaluationData();
const serverUrl = process.env['PGMCP_EVAL_URL'];
if (serverUrl === undefined) {
  console.error('Set PGMCP_EVAL_URL to the server that holds the evaluation databases.');
  process.exit(2);
}
const keep = process.argv.find((argument) => argument.startsWith('--keep='))?.slice('--keep='.length);
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = wanted.find((name) => !Object.hasOwn(RUNS, name));
if (unknown !== undefined) {
  console.error(`There is no run ${unknown}. Known: ${Object.keys(RUNS).join(', ')}.`);
  process.exit(2);
}
const questions = JSON.parse(readFileSync(join(data, 'bird_minidev/questions.json'), 'utf8')) as BirdQuestion[];
const program = fileURLToPath(new URL('../../apps/stdio/src/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'pgmcp-evals-'));
try {
  for (const [name, { what, database, isAsked, gold, models }] of Object.entries(RUNS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const cases = questions.flatMap((asked, at) =>
      isAsked(asked, at) ? [{ id: String(at), question: asked.question, gold: gold(asked) ?? [] }] : [],
    );
    const path = join(folder, `${name}.json`);
    writeFileSync(path, JSON.stringify(cases));
    const recorded = models.map((model) => join(data, `bird_minidev/predictions/${model}.jsonl`));
    const kept = join(folder, `${name}-run.json`);
    const url = new URL(serverUrl);
    url.pathname = `/eval_${database}`;
    const words = ['eval', path, '--json', kept, '--plot', join(folder, `${name}.svg`)];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        '--conditions=@pgmcp/source',
        program,
        ...words,
        ...(recorded.length > 0 ? ['--predictions', recorded.join(',')] : []),
      ],
      {
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
        env: {
          PATH: process.env['PATH'],
          PG_MCP_DATABASE_URL: url.href,
          PG_MCP_DATABASE_SSL_MODE: 'disable',
          PG_MCP_RATE_LIMIT_ENABLED: 'false',
        },
      },
    );
    if (status !== 0) throw new Error(`pgmcp eval ended with ${status}: ${stderr.slice(-2_000)}`);
    console.log(`## ${name}: ${what}\n\n${stdout}`);
    if (keep !== undefined) writeFileSync(`${keep}-pgmcp-eval-${name}.svg`, readFileSync(join(folder, `${name}.svg`)));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
