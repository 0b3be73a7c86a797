// Runs every evaluation that needs no model and keeps what it prints under the day's date, so that a later change can be compared.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { evaluationData } from './evaluation-data.ts';

interface Command {
  readonly script: string;
  /** Name of the file behind the date. */
  readonly keeps: string;
  readonly arguments?: readonly string[];
  /** Reads databases too, not files alone. */
  readonly needsServer?: true;
}

evaluationData();
const folder = new URL('../baselines/', import.meta.url);
const day = new Date().toISOString().slice(0, 10);
const COMMANDS: readonly Command[] = [
  { script: 'linking/main.ts', keeps: 'linking.txt' },
  { script: 'linking/packed.ts', keeps: 'packed.txt' },
  { script: 'linking/tokens.ts', keeps: 'tokens.txt' },
  { script: '../../packages/nl2sql/scripts/measure.ts', keeps: 'measure.txt', needsServer: true },
  {
    script: 'pgmcp-eval.ts',
    keeps: 'pgmcp-eval.md',
    arguments: [`--keep=${fileURLToPath(folder)}${day}`],
    needsServer: true,
  },
];

mkdirSync(folder, { recursive: true });
const hasServer = process.env['PGMCP_EVAL_URL'] !== undefined;
for (const { script, keeps, arguments: words = [], needsServer } of COMMANDS) {
  if (needsServer && !hasServer) {
    console.log(`${keeps} is left out: PGMCP_EVAL_URL does not name the server with the evaluation databases.\n`);
    continue;
  }
  const path = fileURLToPath(new URL(script, import.meta.url));
  const printed = execFileSync(process.execPath, ['--conditions=@pgmcp/source', path, ...words], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  writeFileSync(new URL(`${day}-${keeps}`, folder), printed);
  console.log(`${keeps}\n${printed}`);
}
