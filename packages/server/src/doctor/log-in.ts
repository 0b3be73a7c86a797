import type { Database, PoolEvent } from '@pgmcp/pool';
import { connectionCure } from '../connection-cure.ts';
import { redact } from '../observe/index.ts';
import type { Step } from './step.ts';

const SERVER = `
SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
       pg_catalog.pg_is_in_recovery() AS "isReplica", pg_catalog.pg_backend_pid() AS pid,
       current_setting('server_encoding') AS encoding`;

interface Server {
  readonly version: string;
  readonly number: number;
  readonly isReplica: boolean;
  readonly pid: number;
  readonly encoding: string;
}

/** Logs in as the server would, and looks at what answers. */
export async function logIn(database: Database, events: readonly PoolEvent[]): Promise<readonly Step[]> {
  let server: Server | undefined;
  try {
    [server] = (await database.query<Server>(SERVER)).rows;
  } catch (error) {
    const detail = redact(error instanceof Error ? error.message : String(error));
    const cure = connectionCure(error);
    return [{ name: 'log-in', status: 'failed', detail, ...(cure && { cure }) }];
  }
  if (server === undefined) return [{ name: 'log-in', status: 'failed', detail: 'The server answered nothing.' }];
  const opened = events.find((event) => event.type === 'connection-opened');
  const { user, database: name, pooler } = database.settings;
  return [
    { name: 'log-in', status: 'ok', detail: `As ${user} to ${name}${opened?.tls ? ', with TLS' : ', without TLS'}.` },
    poolerStep(pooler, opened === undefined || opened.processId === server.pid),
    versionStep(server),
  ];
}

/** A pooler invents the process id that it tells at log-in; the server knows better. */
function poolerStep(configured: 'none' | 'transaction', isDirect: boolean): Step {
  if (configured === 'transaction')
    return isDirect
      ? {
          name: 'pooler',
          status: 'notice',
          detail: 'pooler is transaction, and no pooler was noticed: three round trips are taken where one would do.',
          cure: 'Set PG_MCP_DATABASE_POOLER to none when no pooler stands in between.',
        }
      : { name: 'pooler', status: 'ok', detail: 'A pooler stands in between, as configured.' };
  return isDirect
    ? { name: 'pooler', status: 'ok', detail: 'None stands in between.' }
    : {
        name: 'pooler',
        status: 'failed',
        detail:
          'A pooler stands in between, and pooler is none: in transaction mode, settings and locks of one call reach another.',
        cure: 'Set PG_MCP_DATABASE_POOLER to transaction, or connect to the server directly.',
      };
}

function versionStep({ version, number, isReplica, encoding }: Server): Step {
  const what = `PostgreSQL ${version}${isReplica ? ', a replica' : ''}, ${encoding}`;
  if (number < 140_000)
    return {
      name: 'server',
      status: 'failed',
      detail: `${what}: versions before 14 are not supported.`,
      cure: 'Upgrade the server.',
    };
  if (encoding !== 'UTF8')
    return {
      name: 'server',
      status: 'warning',
      detail: `${what}: texts that UTF8 knows and ${encoding} does not cannot be asked for.`,
    };
  return { name: 'server', status: 'ok', detail: `${what}.` };
}
