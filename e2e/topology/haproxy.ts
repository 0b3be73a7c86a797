import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { findFreePort, mayTestWith } from '@pgmcp/testing/programs';

/** Where the program is; undefined when it is not installed (Debian: `apt-get install haproxy`). */
const program = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  .map((directory) => join(directory, 'haproxy'))
  .find((path) => existsSync(path));

/** Its letters for a call that nobody has broken off, or the client, as the tests do on purpose. */
const HAS_ENDED_WELL = / (?:----|C[CDHR]--) /;
const MAX_LINES = 2_000;

/** Whether a balancer can be started here. Where it must be there, its absence is an error. */
export function hasHaproxy(): boolean {
  return mayTestWith('haproxy', program !== undefined);
}

/** Starts HAProxy as docs/deployment.md describes it: round robin, active checks of `/readyz` on the admin port. */
export async function startHaproxy(replicas: readonly { readonly port: number; readonly adminPort: number }[]) {
  const directory = mkdtempSync(join(tmpdir(), 'pgmcp-haproxy-'));
  const port = await findFreePort();
  const servers = replicas.map(
    ({ port: main, adminPort }, index) => `  server r${index} 127.0.0.1:${main} port ${adminPort}`,
  );
  writeFileSync(
    join(directory, 'haproxy.cfg'),
    `global
  log stdout format raw local0
defaults
  mode http
  log global
  option httplog
  timeout connect 1s
  timeout check 2s
  timeout client 1h
  timeout server 1h
  option redispatch
  option abortonclose
  retry-on conn-failure
frontend mcp
  bind 127.0.0.1:${port}
  default_backend replicas
backend replicas
  balance roundrobin
  option httpchk GET /readyz
  default-server check inter 300ms fall 3 rise 1
${servers.join('\n')}
`,
  );
  const child = spawn(program ?? 'haproxy', ['-db', '-f', join(directory, 'haproxy.cfg')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const odd: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!HAS_ENDED_WELL.test(line) && odd.length < MAX_LINES) odd.push(line);
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    /** What it has logged but for calls that were answered: servers that come and go, calls that ended early, by whom and when. */
    log: (): readonly string[] => odd,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
