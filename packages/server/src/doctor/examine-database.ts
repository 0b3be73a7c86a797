import { createPools, type PoolEvent, testIdentity } from '@pgmcp/pool';
import { introspect } from '@pgmcp/schema-introspect';
import { type Configuration, poolSettings } from '../config/index.ts';
import { redact } from '../observe/index.ts';
import { describeMissingName, type MissingName, missingNames } from '../policy/missing-names.ts';
import { countConnections } from './connection-arithmetic.ts';
import { grantScript } from './grant-script.ts';
import { judgeRole } from './judge-role.ts';
import { logIn } from './log-in.ts';
import { reachHost } from './reach-host.ts';
import { readRoleFacts } from './role-facts.ts';
import type { Step } from './step.ts';

/** What was found out about one database. */
export interface Examination {
  readonly database: string;
  readonly steps: readonly Step[];
  /** SQL that prepares the role for the configured mode; absent while the database cannot be asked for its schemas. */
  readonly grants?: string;
}

type DatabaseConfiguration = Configuration['databases'][number];

const DEFAULT_PORT = '5432';

const CATALOG_BYTES = 256 * 1024 * 1024;

/** Looks at one configured database from the name of its host to what its role may do; nothing is changed. */
export async function examineDatabase(
  written: DatabaseConfiguration,
  configuration: Configuration,
  signal: AbortSignal,
): Promise<Examination> {
  const events: PoolEvent[] = [];
  const pools = createPools([poolSettings(written, configuration.server.queryTimeoutMs)], {
    onEvent: (event) => events.push(event),
  });
  try {
    const database = pools.database(written.name).with({ signal, timeoutMs: 10_000 });
    const { targets, sslMode, user } = database.settings;
    const steps: Step[] = [];
    for (const target of targets) {
      const place = splitTarget(target);
      const reached = await reachHost({ ...place, sslMode, timeoutMs: written.connectTimeoutMs ?? 2_000 });
      steps.push(
        ...reached.map((step) => (targets.length > 1 ? { ...step, name: `${step.name} of ${target}` } : step)),
      );
    }
    const logged = await logIn(database, events);
    steps.push(...logged);
    if (logged.some(({ name, status }) => name === 'log-in' && status === 'failed'))
      return { database: written.name, steps };
    const policy = { ...configuration.security, ...written.security };
    const { mode } = policy;
    const { isolation, roles = [] } = written;
    steps.push(
      ...(await asked('role', async () =>
        judgeRole(await readRoleFacts(database), { role: user, mode, isolation, roles }),
      )),
    );
    steps.push(
      ...(await asked('connections', async () => [
        await countConnections(database, wantedConnections(configuration, written)),
      ])),
    );
    const [role] = roles;
    if (isolation === 'signed-claims' && role !== undefined)
      steps.push(
        ...(await asked('identity', async () =>
          (await testIdentity(database, { role })).findings.filter(({ passed }) => !passed).map(toStep),
        )),
      );
    let grants: string | undefined;
    steps.push(
      ...(await asked('structure', async () => {
        const startedAt = performance.now();
        const catalog = await introspect(
          database.with({ maxRowBytes: CATALOG_BYTES, session: { settings: { jit: 'off' } } }),
        );
        grants = grantScript({
          role: user,
          replaces: steps.some(({ name, detail }) => name === 'role' && detail.includes(' is a superuser')),
          database: catalog.database,
          tables: catalog.tables,
          mode,
          statementTimeoutMs: configuration.server.queryTimeoutMs,
          maxConnections: written.maxPoolSize,
        });
        return [
          {
            name: 'structure',
            status: 'ok',
            detail: `${catalog.tables.length} tables and views read in ${Math.round(performance.now() - startedAt)} ms.`,
          },
          ...policySteps(
            missingNames(policy, catalog, written.security === undefined && configuration.databases.length > 1),
          ),
        ];
      })),
    );
    return { database: written.name, steps, ...(grants !== undefined && { grants }) };
  } finally {
    await pools.close();
  }
}

function policySteps(missing: readonly MissingName[]): readonly Step[] {
  return missing.map((one) => ({
    name: 'policy',
    status: 'warning',
    detail: `The policy names what is not here, so that it protects nothing: ${describeMissingName(one)}.`,
    cure: 'Write the name as the catalog stores it, or take it out of the list.',
  }));
}

function toStep({ name, detail }: { readonly name: string; readonly detail?: string }): Step {
  return { name: 'identity', status: 'failed', detail: detail === undefined ? name : `${name}: ${detail}` };
}

/** A question that the database does not answer is a finding, not the end. */
async function asked(name: string, question: () => Promise<readonly Step[]>): Promise<readonly Step[]> {
  try {
    return await question();
  } catch (error) {
    return [{ name, status: 'failed', detail: redact(error instanceof Error ? error.message : String(error)) }];
  }
}

/** `host:port`, `[address]:port` or the path of a socket. */
function splitTarget(target: string): { readonly host: string; readonly port: number } {
  const socket = /^(.*)\/\.s\.PGSQL\.(\d+)$/.exec(target);
  const [, host = target, port = DEFAULT_PORT] = socket ?? /^\[?(.*?)\]?:(\d+)$/.exec(target) ?? [];
  return { host, port: Number(port) };
}

/** The pools of every configured database that leads to the same server. */
function wantedConnections(
  { databases }: Configuration,
  { url, host, port, maxPoolSize }: DatabaseConfiguration,
): number {
  const place = (database: Pick<DatabaseConfiguration, 'url' | 'host' | 'port'>) => {
    if (database.url === undefined) return `${database.host}:${database.port ?? DEFAULT_PORT}`;
    const written = new URL(database.url.reveal());
    return `${written.hostname}:${written.port || DEFAULT_PORT}`;
  };
  let own: string;
  try {
    own = place({ ...(url && { url }), ...(host !== undefined && { host }), ...(port !== undefined && { port }) });
  } catch {
    // A list of hosts, which URL cannot read.
    return maxPoolSize;
  }
  return databases.reduce((total, database) => {
    try {
      return place(database) === own ? total + database.maxPoolSize : total;
    } catch {
      return total;
    }
  }, 0);
}
