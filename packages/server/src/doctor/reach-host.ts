import { lookup } from 'node:dns/promises';
import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { connectionCure } from '../connection-cure.ts';
import type { Step } from './step.ts';
import { type HostQuestion, lookAtTls } from './tls-step.ts';

/** Name, TCP and TLS of one host, each step on the one before. */
export async function reachHost(question: HostQuestion): Promise<readonly Step[]> {
  const { host, port } = question;
  if (host.startsWith('/')) return [socketFile(`${host}/.s.PGSQL.${port}`)];
  const [resolved, address] = await resolveName(host);
  if (address === undefined) return [resolved, skipped('TCP'), skipped('TLS')];
  const opened = await openSocket(question, address);
  if (!('socket' in opened)) return [resolved, opened.step, skipped('TLS')];
  const tls = await lookAtTls(opened.socket, question);
  opened.socket.destroy();
  return [resolved, opened.step, tls];
}

function socketFile(path: string): Step {
  return existsSync(path)
    ? { name: 'socket', status: 'ok', detail: `${path} is there.` }
    : {
        name: 'socket',
        status: 'failed',
        detail: `There is no ${path}.`,
        cure: 'Check that PostgreSQL runs here, and its unix_socket_directories and port.',
      };
}

async function resolveName(host: string): Promise<readonly [Step, string | undefined]> {
  try {
    const addresses = (await lookup(host, { all: true })).map(({ address }) => address);
    return [{ name: 'name', status: 'ok', detail: `${host} is ${addresses.join(', ')}.` }, addresses[0]];
  } catch (error) {
    const step: Step = {
      name: 'name',
      status: 'failed',
      detail: `${host} cannot be resolved (${codeOf(error)}).`,
      cure: 'Check the host in PG_MCP_DATABASE_HOST or the URL; in a container or cluster, whether its network knows that name.',
    };
    return [step, undefined];
  }
}

async function openSocket(
  { host, port, timeoutMs }: HostQuestion,
  address: string,
): Promise<{ readonly step: Step; readonly socket: Socket } | { readonly step: Step }> {
  const startedAt = performance.now();
  // The name and not the address: Node tries every address of a name, as the driver does.
  const socket = connect({ host, port, autoSelectFamily: true });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.setTimeout(timeoutMs, () => reject(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })));
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    socket.setTimeout(0);
    return {
      socket,
      step: {
        name: 'TCP',
        status: 'ok',
        detail: `Port ${port} answers in ${Math.max(1, Math.round(performance.now() - startedAt))} ms.`,
      },
    };
  } catch (error) {
    socket.destroy();
    const isLoopback = /^(127\.|::1$)/.test(address);
    const step: Step = {
      name: 'TCP',
      status: 'failed',
      detail: `${host}:${port} does not answer (${codeOf(error)}).`,
      cure:
        isLoopback && isContainer()
          ? 'This runs in a container, where localhost is the container itself: use the name of the database service, or host.docker.internal for a database on the host.'
          : (connectionCure(error) ?? 'Check host, port and firewalls.'),
    };
    return { step };
  }
}

/** Whether this process runs in a container, as far as a process can tell. */
export function isContainer(root = ''): boolean {
  if (existsSync(`${root}/.dockerenv`) || existsSync(`${root}/run/.containerenv`)) return true;
  try {
    return /docker|kubepods|containerd|libpod/.test(readFileSync(`${root}/proc/1/cgroup`, 'utf8'));
  } catch {
    return false;
  }
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}

function skipped(name: string): Step {
  return { name, status: 'skipped', detail: 'Not reached.' };
}
