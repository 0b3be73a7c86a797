import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createServerFactory, type Services, type Serving } from '@pgmcp/server';

/** Serves one client over standard input and output until its input ends. */
export async function serveOverStdio(services: Services): Promise<Serving> {
  const handle = serveStdio(createServerFactory(services), {
    onerror: (error) => services.logger.debug({ err: error }, 'protocol error'),
  });
  // Open pools keep the process alive after the client has gone; the end of the input is the client's way to say so.
  const ended = new Promise<void>((resolve) => {
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
  });
  return { ended, close: () => handle.close() };
}
