// Puts every pool through every fault and writes the table of docs/reliability.md.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { FAULTS, type Fault } from './matrix.ts';
import type { Observation } from './run-fault.ts';
import type { SubjectName } from './subjects.ts';
import { tally, violationsOf } from './violations.ts';

const SUBJECTS: readonly SubjectName[] = ['one flight', 'step by step', 'pg.Pool', 'pg.Pool, tuned'];
const LIMIT_MS = 60_000;
const page = new URL('../../../../docs/reliability.md', import.meta.url);
const program = fileURLToPath(new URL('./run-one.ts', import.meta.url));

async function observe(subject: SubjectName, fault: Fault): Promise<Observation | 'ended' | 'hung'> {
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions=@pgmcp/source', program, subject, fault.name],
      { timeout: LIMIT_MS, killSignal: 'SIGKILL' },
    );
    return JSON.parse(stdout) as Observation;
  } catch (error) {
    return (error as { killed?: boolean }).killed === true ? 'hung' : 'ended';
  }
}

function cell(subject: SubjectName, fault: Fault, seen: Observation | 'ended' | 'hung'): string {
  if (seen === 'ended') return '**the process ended**';
  if (seen === 'hung') return '**hung**';
  // The codes are ours; the driver's own messages are not held against it.
  const violations = violationsOf(subject.startsWith('pg') ? { ...fault, codes: /./ } : fault, seen);
  if (violations.length > 0) return `**${violations.join('; ')}**`;
  return `ok, ${seen.recoveredAfterMs} ms${seen.errors.length > 0 ? `, ${tally(seen.errors)}` : ''}`;
}

const escapeCell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const rows: string[] = [];
// With the name of a fault only its row is written anew.
const only = process.argv[2];
const before = readFileSync(page, 'utf8').split('\n');
for (const fault of FAULTS) {
  const kept = before.find((line) => line.startsWith(`| ${escapeCell(fault.name)} |`));
  if (only !== undefined && only !== fault.name && kept !== undefined) {
    rows.push(kept);
    continue;
  }
  const cells: string[] = [];
  for (const subject of SUBJECTS) {
    cells.push(cell(subject, fault, await observe(subject, fault)));
    process.stdout.write(`${fault.name} | ${subject} | ${cells.at(-1)}\n`);
  }
  rows.push(`| ${[fault.name, ...cells].map(escapeCell).join(' | ')} |`);
}
const table = [
  '| Fault | @pgmcp/pool, one flight | @pgmcp/pool, step by step | pg.Pool | pg.Pool, tuned |',
  '|---|---|---|---|---|',
  ...rows,
].join('\n');
const text = readFileSync(page, 'utf8').replace(
  /(<!-- faults -->\n)[\s\S]*?(\n<!-- \/faults -->)/,
  (_, begin: string, end: string) => `${begin}${table}${end}`,
);
writeFileSync(page, text);
