import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { describeMachine } from './report/machine.ts';
import { type Finding, renderMarkdown } from './report/markdown.ts';
import { renderPlot } from './report/plot.ts';
import type { Suite } from './suite.ts';
import { coldStart } from './suites/cold-start.ts';
import { httpCall } from './suites/http-call.ts';
import { httpThroughput } from './suites/http-throughput.ts';
import { result1k, result10k } from './suites/large-result.ts';
import { toolCall } from './suites/tool-call.ts';

const SUITES: readonly Suite[] = [coldStart, toolCall, httpCall, httpThroughput, result1k, result10k];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '15' },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const unknown = positionals.filter((name) => !SUITES.some((suite) => suite.name === name));
if (options.help || unknown.length > 0) {
  console.log(`Measures the built programs against floors of the same run (run "pnpm build" first).

  pnpm --filter @pgmcp/benchmarks bench [SUITE...] [--rounds N] [--out FOLDER]

  --rounds N     rounds of every comparison; 15 by default
  --out FOLDER   also write DATE.md, DATE.json and DATE.svg there

Suites: ${SUITES.map(({ name }) => name).join(', ')}; all of them by default.`);
  process.exit(unknown.length > 0 ? 2 : 0);
}

const program = (app: string) => fileURLToPath(new URL(`../apps/${app}/dist/main.js`, import.meta.url));
const chosen = positionals.length === 0 ? SUITES : SUITES.filter(({ name }) => positionals.includes(name));
const machine = describeMachine();
const findings: Finding[] = [];
const server = await startEmbeddedPostgres({ settings: { fsync: 'off' } });
try {
  for (const suite of chosen) {
    console.error(`${suite.name} ...`);
    const result = await suite.run({
      databaseUrl: server.url(),
      stdioProgram: program('stdio'),
      httpProgram: program('http'),
      rounds: Number(options.rounds),
    });
    findings.push({ suite: { name: suite.name, title: suite.title, goal: suite.goal }, result });
  }
} finally {
  await server.stop();
}
const date = new Date().toISOString().slice(0, 10);
const report = renderMarkdown(date, machine, findings);
console.log(report);
if (options.out !== undefined) {
  await mkdir(options.out, { recursive: true });
  await writeFile(`${options.out}/${date}.md`, report);
  await writeFile(`${options.out}/${date}.json`, `${JSON.stringify({ date, machine, findings }, null, 2)}\n`);
  await writeFile(`${options.out}/${date}.svg`, renderPlot(findings));
}
