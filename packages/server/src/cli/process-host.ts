import { Console } from 'node:console';
import { compileWebAssemblyOnce } from './baseline-web-assembly.ts';
import { outputFlow } from './output-flow.ts';
import type { ProgramHost } from './program.ts';

/** How the process answers to SIGHUP. */
interface ProcessHostOptions {
  /**
   * `reload` for a service; `end` for a program that belongs to a terminal or a client, whose going the signal means.
   * Default: `end`.
   */
  readonly hangup?: 'reload' | 'end';
}

/**
 * The real process as a {@link ProgramHost}: SIGTERM, SIGINT and, unless it reloads, SIGHUP ask it to end, a second one to wait
 * for nobody, a third one ends it at once.
 *
 * `console` is pointed at standard error: standard output belongs to the protocol, and one stray line of a dependency breaks it.
 */
export function processHost({ hangup = 'end' }: ProcessHostOptions = {}): ProgramHost {
  compileWebAssemblyOnce();
  globalThis.console = new Console(process.stderr, process.stderr);
  const termination = new AbortController();
  const hurry = new AbortController();
  const onSignal = () => {
    if (hurry.signal.aborted) process.exit(130);
    if (termination.signal.aborted) hurry.abort();
    else termination.abort();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  if (hangup === 'end') process.on('SIGHUP', onSignal);
  const flow = outputFlow(process.stdout);
  // Nobody is left to tell it.
  process.stderr.on('error', () => undefined);
  return {
    argv: process.argv.slice(2),
    environment: process.env,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    flow,
    terminate: termination.signal,
    ...(hangup === 'reload' && { onReload: (listener: () => void) => void process.on('SIGHUP', listener) }),
    hurry: hurry.signal,
  };
}
