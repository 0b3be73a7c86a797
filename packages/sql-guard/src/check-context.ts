import { checkKeys } from './check-policy.ts';
import { GuardError } from './errors.ts';
import type { JobContext } from './job.ts';
import type { CheckContext } from './policy.ts';

const contextKeys = ['parameterCount', 'serverVersionNum', 'purpose', 'catalog'];

const isVersion = (value: number): boolean => Number.isInteger(value) && value >= 90_000 && value <= 999_999;

/** A context as it was given, read once. */
export interface OwnContext {
  readonly job: JobContext;
  readonly catalog: unknown;
}

/**
 * Checks what a caller says about the place of one text; its catalog is not looked at.
 *
 * @throws {@link GuardError} `INVALID_OPTIONS` with what to write instead.
 */
export function checkContext(given: CheckContext, known: readonly string[] = contextKeys): OwnContext {
  checkKeys(given, known, 'The context of a check');
  const { parameterCount, serverVersionNum, purpose, catalog } = given;
  if (parameterCount !== undefined && (!Number.isInteger(parameterCount) || parameterCount < 0))
    throw new GuardError('INVALID_OPTIONS', 'parameterCount must be a non-negative integer.');
  if (serverVersionNum !== undefined && !isVersion(serverVersionNum)) {
    throw new GuardError(
      'INVALID_OPTIONS',
      'serverVersionNum must be the server_version_num of the server, such as 160004.',
    );
  }
  if (purpose !== undefined && purpose !== 'run' && purpose !== 'explain-analyze')
    throw new GuardError('INVALID_OPTIONS', 'purpose must be "run" or "explain-analyze".');
  return { job: { parameterCount, serverVersionNum, purpose }, catalog };
}
