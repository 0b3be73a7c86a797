import { z } from 'zod';
import { type Call, callerKey, hasScope } from '../../call.ts';
import { PgmcpError } from '../../errors.ts';
import type { Viewer } from '../../history/history.ts';

/** The argument that asks for everybody's records. */
export const allCallersInput = z.boolean().optional().describe('Of every caller; needs db:admin.');

/**
 * Whose records a call may see: its caller's own, or everybody's.
 * @throws PgmcpError `ACCESS_DENIED`
 */
export function viewerOf({ caller }: Call, allCallers: boolean): Viewer {
  if (!allCallers) return { caller: callerKey(caller) };
  const need = !hasScope(caller, 'db:admin')
    ? 'the scope db:admin'
    : caller.databases !== undefined && 'an identity that may use every database';
  if (need === false) return 'everybody';
  throw new PgmcpError(
    'ACCESS_DENIED',
    `The calls of others need ${need}. Ask the operator for it, or leave all_callers out.`,
  );
}
