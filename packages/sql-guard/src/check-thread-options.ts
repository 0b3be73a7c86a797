import { GuardError } from './errors.ts';

/**
 * Checks how many threads are asked for, and who hears of them.
 *
 * @throws {@link GuardError} `INVALID_OPTIONS`
 */
export function checkThreadOptions({
  workers,
  onEvent,
}: {
  readonly workers: unknown;
  readonly onEvent: unknown;
}): void {
  if (!Number.isInteger(workers) || (workers as number) < 1 || (workers as number) > 64)
    throw new GuardError('INVALID_OPTIONS', 'workers must be an integer from 1 to 64.');
  if (onEvent !== undefined && typeof onEvent !== 'function')
    throw new GuardError('INVALID_OPTIONS', 'onEvent must be a function that takes an event.');
}
