import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { keepProcessorsAwake } from './measure/keep-processors-awake.ts';
import { currentLoad, describeMachine } from './report/machine.ts';
import { type Finding, renderMarkdown } from './report/markdown.ts';
import { renderPlot } from './report/plot.ts';
import { SUITES } from './suites/index.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '15' },
    out: { type: 'string' },
    'let-halt': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds);
if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error('--rounds takes a whole number from 1.');
const unknown = positionals.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) console.error(`There is no suite ${unknown.join(', ')}.\n`);
if (options.help || unknown.length > 0) {
  console.log(`Measures the built programs against floors of the same run (run "pnpm build" first).

  pnpm --filter @pgmcp/benchmarks bench [SUITE...] [--rounds N] [--out FOLDER] [--let-halt]

  --rounds N     rounds of every comparison; 15 by default
  --out FOLDER   also write DATE.md, DATE.json and DATE.svg there; DATE-halting.* where processors halt
  --let-halt     let idle processors halt, as they do in production; without it loops of the lowest
                 priority keep them awake, since a virtual machine's wake-ups drown what is measured

Suites: ${SUITES.map(({ name }) => name).join(', ')}; all of them by default.`);
  process.exit(unknown.length > 0 ? 2 : 0);
}

const program = (app: string) => fileURLToPath(new URL(`../apps/${app}/dist/main.js`, import.meta.url));
const chosen = positionals.length === 0 ? SUITES : SUITES.filter(({ name }) => positionals.includes(name));
const letSleep = options['let-halt'] ? undefined : keepProcessorsAwake();
const machine = describeMachine(letSleep !== undefined);
const findings: Finding[] = [];
const server = await startEmbeddedPostgres({ settings: { fsync: 'off' } });
try {
  for (const suite of chosen) {
    console.error(`${suite.name} ...`);
    const before = currentLoad();
    const result = await suite.run({
      databaseUrl: server.url(),
      stdioProgram: program('stdio'),
      httpProgram: program('http'),
      rounds,
    });
    findings.push({
      suite: { name: suite.name, title: suite.title, goal: suite.goal },
      result,
      load: { before, after: currentLoad() },
    });
  }
} finally {
  letSleep?.();
  await server.stop();
}
const date = new Date().toISOString().slice(0, 10);
console.log(renderMarkdown(date, machine, findings));
if (options.out !== undefined) {
  await mkdir(options.out, { recursive: true });
  // Apart, since one run's figures say nothing of the other's machine.
  const stem = letSleep === undefined ? `${date}-halting` : date;
  const path = (kind: string) => `${options.out}/${stem}.${kind}`;
  // A run of some suites renews these in what was kept on the same day.
  const kept = existsSync(path('json')) ? (JSON.parse(await readFile(path('json'), 'utf8')) as Kept).findings : [];
  const named = new Map([...kept, ...findings].map((finding) => [finding.suite.name, finding]));
  const all = SUITES.flatMap(({ name }) => named.get(name) ?? []);
  await writeFile(path('md'), renderMarkdown(date, machine, all));
  await writeFile(path('json'), `${JSON.stringify({ date, machine, findings: all }, null, 2)}\n`);
  await writeFile(path('svg'), renderPlot(all));
}

interface Kept {
  readonly findings: readonly Finding[];
}
