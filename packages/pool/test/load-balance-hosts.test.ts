import { createPools } from '@pgmcp/pool';
import { afterEach, expect, test } from 'vitest';
import { type LyingServer, startLyingServer } from './lying-server.ts';

const servers: LyingServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function start(): Promise<LyingServer> {
  const server = await startLyingServer({});
  servers.push(server);
  return server;
}

/** Where `count` new connections lead. */
async function targets(loadBalanceHosts: 'disable' | 'random', hosts: string, count: number): Promise<Set<string>> {
  const reached = new Set<string>();
  for (let opened = 0; opened < count; opened += 1) {
    const pools = createPools(
      [{ name: 'main', url: `postgresql://ann@${hosts}/shop?sslmode=disable`, loadBalanceHosts }],
      {
        environment: {},
        onEvent: (event) => {
          if (event.type === 'connection-opened') reached.add(event.target);
        },
      },
    );
    await pools.database('main').table('SELECT 1');
    await pools.close();
  }
  return reached;
}

const hostOf = ({ url }: LyingServer) => new URL(url).host;

test('the order of hosts is drawn for each connection, or it is that of the list', async () => {
  const [one, other] = [hostOf(await start()), hostOf(await start())];
  expect(await targets('disable', `${one},${other}`, 5)).toEqual(new Set([one]));
  // Never one of them by chance but once in a billion runs.
  expect(await targets('random', `${one},${other}`, 31)).toEqual(new Set([one, other]));
});

test('a host that is down is passed over, wherever it was drawn', async () => {
  const [one, other] = [await start(), await start()];
  const [down, up] = [hostOf(one), hostOf(other)];
  await one.stop();
  expect(await targets('random', `${down},${up}`, 10)).toEqual(new Set([up]));
});
