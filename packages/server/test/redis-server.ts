import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort, mayTestWith } from '@pgmcp/testing/programs';

/** The program, of the package of that name. */
const REDIS = 'redis-server';

/** Whether a real Redis can be started here. Where it must be there, its absence is an error. */
export function hasRedis(): boolean {
  return mayTestWith(REDIS, spawnSync(REDIS, ['--version']).status === 0);
}

/** A Redis that forgets everything when it ends. */
export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a Redis of its own. */
export async function startRedis(port?: number): Promise<RedisServer> {
  const chosen = port ?? (await findFreePort());
  const child = spawn(REDIS, ['--port', String(chosen), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  for (let waited = 0; !output.includes('Ready to accept connections'); waited += 20) {
    if (waited > 10_000 || child.exitCode !== null)
      throw new Error(`redis-server did not start: ${output.slice(-300)}`);
    await sleep(20);
  }
  return {
    url: `redis://127.0.0.1:${chosen}`,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
