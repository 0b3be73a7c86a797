import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Keeps compiled code between starts, in a folder of the user's own: in Node's default, the temporary folder, others could leave code that
 * this process would run. Where nothing can be written, every start compiles anew.
 */
export function cacheCompiledCode(environment: Readonly<Record<string, string | undefined>>): void {
  const { XDG_CACHE_HOME: chosen = '' } = environment;
  const home = homedir();
  if (isAbsolute(chosen)) enableCompileCache(join(chosen, 'pgmcp'));
  else if (isAbsolute(home)) enableCompileCache(join(home, '.cache', 'pgmcp'));
}
