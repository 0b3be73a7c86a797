import { createPools } from '@pgmcp/pool';
import { readHostileCases } from '@pgmcp/sql-guard/corpus';
import { PgmcpError } from '../../errors.ts';
import { setCanary } from './canary.ts';
import { connectTarget } from './connect-target.ts';
import { findSqlTool } from './find-sql-tool.ts';
import { type AttackReport, runAttack } from './run-attack.ts';
import type { AttackTarget } from './target.ts';

/** How a server is attacked. */
export interface AttackOptions {
  readonly tool?: string;
  readonly argument?: string;
  readonly others: Readonly<Record<string, unknown>>;
  /** Connection URL of the throw-away database; without it no side effects are seen. */
  readonly scratch?: string;
  readonly attackClass?: string;
  /** For one statement. */
  readonly timeoutMs: number;
}

/**
 * Attacks one MCP server with the published corpus.
 *
 * @throws PgmcpError `VALIDATION_ERROR` for a class, a tool or a client that is not there; errors of the connection pass through.
 */
export async function attackTarget(
  target: AttackTarget,
  options: AttackOptions,
  context: { readonly signal: AbortSignal; readonly progress: (line: string) => void },
): Promise<AttackReport> {
  const all = await readHostileCases();
  const cases = all.filter(
    ({ attackClass }) => options.attackClass === undefined || attackClass === options.attackClass,
  );
  if (cases.length === 0) {
    const known = [...new Set(all.map(({ attackClass }) => attackClass))].join(', ');
    throw new PgmcpError('VALIDATION_ERROR', `There is no attack class ${options.attackClass}. Classes: ${known}.`);
  }
  const connect = () => connectTarget(target, options.timeoutMs);
  const first = await connect();
  const sqlTool = await first
    .tools()
    .then((tools) => findSqlTool(tools, options))
    .finally(() => first.close());
  const pools = options.scratch === undefined ? undefined : createPools([{ name: 'scratch', url: options.scratch }]);
  try {
    const canary = pools && (await setCanary(pools.database('scratch'), context.signal));
    return await runAttack({ cases, sqlTool, connect, ...(canary ? { canary } : {}), ...context });
  } finally {
    await pools?.close();
  }
}
