import { readFileSync } from 'node:fs';
import { Nl2sqlError } from '@pgmcp/nl2sql';
import { type CaseResult, type EvalCase, readCaseList, readCases, readPredictions } from '@pgmcp/nl2sql/eval';
import { parseYaml } from '../../config/parse-yaml.ts';
import { PgmcpError } from '../../errors.ts';

/** How a file of cases is written. */
export type CaseFileFormat = 'yaml' | 'json' | 'csv' | 'bird' | 'defog';

/** Largest file that is read, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Reads a file that an operator named. @throws PgmcpError `VALIDATION_ERROR` */
function readText(path: string, what: string): string {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > MAX_BYTES) throw new PgmcpError('VALIDATION_ERROR', `${what} ${path} is larger than 64 MiB.`);
    return bytes.toString('utf8');
  } catch (error) {
    if (error instanceof PgmcpError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const reason = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
    throw new PgmcpError('VALIDATION_ERROR', `${what} ${path} ${reason}. Correct the path.`);
  }
}

/** Reads cases; the format is told by the end of the name unless it is given. @throws PgmcpError with file and place */
export function readCaseFile(path: string, format: CaseFileFormat = formatOf(path)): readonly EvalCase[] {
  const text = readText(path, 'The file of cases');
  return refusing(path, () => {
    if (format !== 'yaml') return readCases(text, format);
    const parsed = parseYaml(text);
    if ('reason' in parsed) throw new PgmcpError('VALIDATION_ERROR', `${path} is not usable: ${parsed.reason}.`);
    return readCaseList(parsed.value);
  });
}

function formatOf(path: string): CaseFileFormat {
  if (/\.ya?ml$/i.test(path)) return 'yaml';
  return /\.csv$/i.test(path) ? 'csv' : 'json';
}

/** Reads recorded statements by case. @throws PgmcpError with file and line */
export const readPredictionFile = (path: string): ReadonlyMap<string, string> => {
  const text = readText(path, 'The file of predictions');
  return refusing(path, () => readPredictions(text));
};

/** A run as `--json` writes it. */
export interface KeptRun<Result> {
  readonly pgmcp: 'evaluation';
  readonly mode: string;
  readonly date: string;
  readonly summary: unknown;
  readonly cases: readonly Result[];
}

/**
 * Reads an earlier run.
 *
 * @throws PgmcpError when it is something else, or a run of a mode that does not compare
 */
export function readRun<Result = CaseResult>(path: string, modes: readonly string[]): KeptRun<Result> {
  const text = readText(path, 'The baseline');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new PgmcpError('VALIDATION_ERROR', `The baseline ${path} is not JSON.`);
  }
  const run = value as Partial<KeptRun<Result>> | null;
  if (run?.pgmcp !== 'evaluation' || !Array.isArray(run.cases)) {
    throw new PgmcpError('VALIDATION_ERROR', `The baseline ${path} is no run that eval --json has written.`);
  }
  if (run.mode === undefined || !modes.includes(run.mode)) {
    const message = `The baseline ${path} is a run of another mode (${run.mode}). Compare with ${modes.join(' or ')}.`;
    throw new PgmcpError('VALIDATION_ERROR', message);
  }
  return run as KeptRun<Result>;
}

function refusing<Value>(path: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Nl2sqlError)) throw error;
    throw new PgmcpError('VALIDATION_ERROR', `${path}: ${error.message}`);
  }
}
