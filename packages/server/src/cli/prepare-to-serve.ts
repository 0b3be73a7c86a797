import { prepareGuardThread } from '@pgmcp/sql-guard';
import { compileWebAssemblyOnce } from './baseline-web-assembly.ts';

const ASKS_FOR_TEXT = new Set(['--help', '-h', '--version', '-v', '--check-config']);

/**
 * Starts what takes longest of a start, the thread that judges statements, while the program still loads. For a command line that may serve;
 * a thread that is not used after all ends with the process. Call it before anything large is loaded.
 *
 * @param argv arguments without the interpreter and the script
 */
export function prepareToServe(argv: readonly string[]): void {
  const [first = ''] = argv;
  const isCommand = first !== '' && !first.startsWith('-');
  if (isCommand || argv.some((word) => ASKS_FOR_TEXT.has(word))) return;
  compileWebAssemblyOnce();
  prepareGuardThread();
}
