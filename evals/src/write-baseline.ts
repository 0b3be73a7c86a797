// Runs the commands that need no model and keeps what they print under the day's date, so that a later change can be compared.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { evaluationData } from './evaluation-data.ts';

const COMMANDS = ['main', 'packed', 'tokens'] as const;
const NAMES = { main: 'linking', packed: 'packed', tokens: 'tokens' };

evaluationData();
const folder = new URL('../baselines/', import.meta.url);
mkdirSync(folder, { recursive: true });
const day = new Date().toISOString().slice(0, 10);
for (const command of COMMANDS) {
  const script = new URL(`linking/${command}.ts`, import.meta.url).pathname;
  const printed = execFileSync(process.execPath, ['--conditions=@pgmcp/source', script], { encoding: 'utf8' });
  const file = new URL(`${day}-${NAMES[command]}.txt`, folder);
  writeFileSync(file, printed);
  console.log(`${NAMES[command]}\n${printed}`);
}
