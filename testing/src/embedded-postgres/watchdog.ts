import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';

/** Cleans up after a parent that can no longer do it. */
export interface Watchdog {
  readonly pid: number | undefined;
  /** Ends the watchdog; the parent has cleaned up by itself. */
  dismiss(): Promise<void>;
}

// Plain JavaScript in a string: the launcher is bundled into other programs, where no second file would be found, and a
// function turned into text would carry the marks of coverage and of bundlers.
// Standard input ends when the parent is gone, however it went (exit, signal, SIGKILL), which no signal handler can promise.
const program = `
const fs = require('node:fs');
const directory = process.argv[1];
const pidFile = directory + '/data/postmaster.pid';
const readPid = () => { try { return Number.parseInt(fs.readFileSync(pidFile, 'utf8'), 10); } catch { return undefined; } };
const send = (pid, signal) => { try { process.kill(pid, signal); } catch {} };
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let dismissed = false;
process.stdin.on('data', () => { dismissed = true; process.exit(0); });
process.stdin.on('error', () => {});
process.stdin.on('close', async () => {
  if (dismissed) return;
  const pid = readPid();
  if (pid) {
    send(pid, 'SIGINT');
    for (let waited = 0; waited < 5000 && readPid() === pid; waited += 50) await sleep(50);
    if (readPid() === pid) send(pid, 'SIGKILL');
  }
  fs.rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});
`;

/**
 * Starts a small process that outlives this one just long enough to stop the server and remove its directory.
 *
 * @param directory The work directory, with the server's data in `data`.
 */
export function startWatchdog(directory: string): Watchdog {
  const child = spawn(process.execPath, ['-e', program, directory], {
    // A session of its own: the terminal's Ctrl-C goes to every process of the parent's group.
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    // Not the parent's working directory, which somebody may want to remove.
    cwd: dirname(directory),
    // Without NODE_OPTIONS and the like: an inspector's port or a coverage directory is not the watchdog's.
    env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'] },
  });
  // Without a watchdog the next start cleans up; no reason to fail this one.
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  child.unref();
  unref(child.stdin);
  return {
    pid: child.pid,
    async dismiss() {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      const exited = once(child, 'exit');
      child.stdin.end('done\n');
      await exited;
    },
  };
}

/** Pipes of children are sockets and may be unreferenced, which their declared type does not tell. */
function unref(stream: object): void {
  if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
}
