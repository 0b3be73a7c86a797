import { limited } from './commit.ts';
import { openConnection, targetName } from './connect.ts';
import type { Connection } from './connection.ts';
import { errorCode, PoolError, toError } from './errors.ts';
import type { RowSink } from './messages.ts';
import { IN_HOT_STANDBY } from './session.ts';
import type { ResolvedSettings } from './settings.ts';
import { simpleQuery } from './wire.ts';

const IS_IN_RECOVERY = simpleQuery('SELECT pg_catalog.pg_is_in_recovery()');

/** Whether the server is a standby. Reported at log-in since PostgreSQL 14; older ones and poolers are asked. */
async function isStandby(connection: Connection, limitMs: number): Promise<boolean> {
  const reported = connection.facts.parameters.get(IN_HOT_STANDBY);
  if (reported !== undefined) return reported === 'on';
  let answer: string | null | undefined;
  const sink: RowSink = {
    fields: () => {},
    row: ([value]) => {
      answer = value;
    },
    end: () => {},
  };
  const { error } = await limited(connection, limitMs, connection.send(IS_IN_RECOVERY, [sink]));
  if (error === undefined) return answer === 't';
  connection.destroy(error);
  const { database, target } = connection.facts;
  throw new PoolError(
    'CONNECT_FAILED',
    `Database "${database}": ${target} did not say whether it is a standby: ${error.message}`,
    { database, retryable: error instanceof PoolError, cause: error },
  );
}

type Wanted = 'primary' | 'standby' | 'any';

const WANTED: Readonly<Record<ResolvedSettings['targetSessionAttrs'], readonly Wanted[]>> = {
  any: ['any'],
  'read-write': ['primary'],
  primary: ['primary'],
  'read-only': ['standby'],
  standby: ['standby'],
  'prefer-standby': ['standby', 'any'],
};

async function openWanted(
  settings: ResolvedSettings,
  host: ResolvedSettings['hosts'][number],
  wanted: Wanted,
): Promise<Connection> {
  const connection = await openConnection(settings, host);
  if (wanted === 'any') return connection;
  const is = (await isStandby(connection, settings.connectTimeoutMs)) ? 'standby' : 'primary';
  if (is === wanted) return connection;
  const error = new PoolError(
    'CONNECT_FAILED',
    `Database "${settings.name}": ${targetName(host)} is a ${is}, and targetSessionAttrs asks for a ${wanted}.`,
    {
      database: settings.name,
      // A standby may be promoted while the caller waits.
      retryable: true,
    },
  );
  connection.end(error);
  throw error;
}

function shuffled<T>(items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((one, other) => one.order - other.order)
    .map(({ item }) => item);
}

/** Whether a server has answered, and its answer is that it does not let this user in: SQLSTATE class 28. */
function isRefusedLogIn(error: Error): boolean {
  return /^28/.test(errorCode(error.cause) ?? '');
}

/**
 * Opens a connection to the first host, in the order of the list or in one that is drawn, that can be reached and is of the wanted kind. A
 * log-in that is refused ends the search, as in libpq: the next host might be one that lets anybody in.
 *
 * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-MULTIPLE-HOSTS
 */
export async function openFirstHost(settings: ResolvedSettings): Promise<Connection> {
  const errors: Error[] = [];
  const hosts = settings.loadBalanceHosts === 'random' ? shuffled(settings.hosts) : settings.hosts;
  for (const wanted of WANTED[settings.targetSessionAttrs]) {
    for (const host of hosts) {
      try {
        return await openWanted(settings, host, wanted);
      } catch (thrown) {
        const error = toError(thrown);
        errors.push(error);
        if (isRefusedLogIn(error)) throw unreached(settings, errors);
      }
    }
  }
  throw unreached(settings, errors);
}

/** What has become of the attempts. To repeat them is no use after a refused log-in, which is the last of them. */
function unreached(settings: ResolvedSettings, errors: readonly Error[]): Error {
  const [first] = errors;
  const last = errors.at(-1);
  if (errors.length === 1 && first !== undefined) return first;
  const isRefused = last !== undefined && isRefusedLogIn(last);
  return new PoolError('CONNECT_FAILED', [...new Set(errors.map((error) => error.message))].join(' '), {
    database: settings.name,
    retryable: !isRefused && errors.some((error) => error instanceof PoolError && error.retryable),
    cause: last?.cause ?? last,
  });
}
