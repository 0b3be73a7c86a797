import { expect } from 'vitest';
import { Nl2sqlError } from '../src/index.ts';

/** The error of this package that some work ends in; work that succeeds, or ends in another error, fails the test. */
export async function faultOf(work: Promise<unknown>): Promise<Nl2sqlError> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Nl2sqlError);
  return thrown as Nl2sqlError;
}
