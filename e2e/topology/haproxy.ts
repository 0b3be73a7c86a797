import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findFreePort, mayTestWith } from '@pgmcp/testing/programs';

/** Where the program is; undefined when it is not installed (Debian: `apt-get install haproxy`). */
const program = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  .map((directory) => join(directory, 'haproxy'))
  .find((path) => existsSync(path));

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
    `defaults
  mode http
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
  const child = spawn(program ?? 'haproxy', ['-db', '-f', join(directory, 'haproxy.cfg')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
