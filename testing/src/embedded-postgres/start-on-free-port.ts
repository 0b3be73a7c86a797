import { findFreePort } from '../programs/free-port.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { PortTakenError } from './start-postmaster.ts';

const maxAttempts = 10;

/**
 * Starts something on a free port, and on another one when somebody was faster.
 *
 * @param configure Called with the port before each attempt.
 * @param start Throws {@link PortTakenError} when the port was taken; anything else ends the attempts.
 */
export async function startOnFreePort<Started>(
  configure: (port: number) => void,
  start: () => Promise<Started>,
): Promise<{ port: number; started: Started }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    configure(port);
    try {
      return { port, started: await start() };
    } catch (error) {
      if (!(error instanceof PortTakenError)) throw error;
      if (attempt < maxAttempts) continue;
      throw new EmbeddedPostgresError('START_FAILED', `No TCP port in ${maxAttempts} attempts. ${error.message}`, {
        cause: error,
      });
    }
  }
}
