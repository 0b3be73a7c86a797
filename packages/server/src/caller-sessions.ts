import { type Database, type SessionBinding, testIdentity } from '@pgmcp/pool';
import type { Caller } from './call.ts';
import { PgmcpError } from './errors.ts';
import type { Logger } from './observe/index.ts';
import { type Isolation, sessionOf } from './session-of.ts';

/** What the sessions of one database are made from. */
export interface CallerSessionsParts {
  readonly connections: Database;
  readonly isolation: Isolation;
  /** The reading of the schema that is known now; another one means that protection has to be proven again. */
  readonly schemaNow: () => unknown;
  readonly logger: Logger;
}

/** How long a failed self-test is believed, in milliseconds: its cure is work of a person, and it runs a dozen statements. */
const FAILURE_MS = 5_000;

type Proof = { readonly schema: unknown; readonly failedAt?: number; readonly result: Promise<string | undefined> };

/**
 * Makes the function that says what a caller's statements run as. Where policies verify signed claims, nothing runs before the
 * database has withstood the self-test; it is repeated when the schema has changed, and a database that fails serves nobody.
 */
export function createCallerSessions(
  parts: CallerSessionsParts,
): (caller: Caller) => Promise<SessionBinding | undefined> {
  const { connections, isolation, schemaNow, logger } = parts;
  const { name } = connections;
  const [role] = isolation.roles;
  let proof: Proof | undefined;

  async function attack(dataRole: string): Promise<string | undefined> {
    // A database that is down says so itself; its self-test would only say that everything failed.
    await connections.query('SELECT 1');
    const { passed, findings } = await testIdentity(connections, { role: dataRole });
    if (passed) {
      logger.info({ database: name }, 'callers are kept apart: the self-test has passed');
      return undefined;
    }
    const failed = findings.filter((finding) => !finding.passed).map((finding) => `${finding.name}: ${finding.detail}`);
    logger.error({ database: name, failed }, 'callers are not kept apart: nothing is served from this database');
    return failed[0];
  }

  async function prove(dataRole: string): Promise<void> {
    const schema = schemaNow();
    const current =
      proof?.schema === schema && (proof?.failedAt === undefined || performance.now() - proof.failedAt < FAILURE_MS)
        ? proof
        : undefined;
    const running = current ?? { schema, result: attack(dataRole) };
    proof = running;
    try {
      const failure = await running.result;
      if (failure === undefined) return;
      if (proof === running && running.failedAt === undefined) proof = { ...running, failedAt: performance.now() };
    } catch (error) {
      if (proof === running) proof = undefined;
      throw error;
    }
    throw new PgmcpError(
      'ACCESS_DENIED',
      `The database ${name} has not proven that it keeps callers apart, so nothing is served from it. The log says what has failed.`,
    );
  }

  return async (caller) => {
    const session = sessionOf(caller, name, isolation);
    if (isolation.mode === 'signed-claims' && role !== undefined) await prove(role);
    return session;
  };
}
