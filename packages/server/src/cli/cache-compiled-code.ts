import nodeModule from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** By then the first calls have been answered, in milliseconds. */
const WRITE_AFTER_MS = 3_000;

/**
 * Keeps compiled code between starts, in a folder of the user's own: in Node's default, the temporary folder, others could leave code that
 * this process would run. Where nothing can be written, every start compiles anew.
 */
export function cacheCompiledCode(environment: Readonly<Record<string, string | undefined>>): void {
  const { XDG_CACHE_HOME: chosen = '' } = environment;
  const home = homedir();
  // Read late and as properties: a Node that is too old to have them would refuse to load this file, with an error that explains nothing.
  const { enableCompileCache, flushCompileCache } = nodeModule as Partial<typeof nodeModule>;
  if (enableCompileCache === undefined || flushCompileCache === undefined) return;
  if (isAbsolute(chosen)) enableCompileCache(join(chosen, 'pgmcp'));
  else if (isAbsolute(home)) enableCompileCache(join(home, '.cache', 'pgmcp'));
  // Node writes it when the process ends, which many clients do with a signal that nobody can answer.
  setTimeout(flushCompileCache, WRITE_AFTER_MS).unref();
}
