import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { createServerFactory, type Services, type Serving } from '@pgmcp/server';
import { joinWrites } from './join-writes.ts';

/** Serves one client over standard input and output until its input ends. */
export async function serveOverStdio(services: Services): Promise<Serving> {
  const { logger } = services;
  const transport = new StdioServerTransport();
  const join = joinWrites(process.stdout);
  const send = transport.send.bind(transport);
  transport.send = (message) => {
    // The only answer there is goes at once.
    if (services.inFlight.count > 0) join();
    return send(message);
  };
  let failure: Error | undefined;
  // The transport closes at the end of the input, and by itself after a line that is too long; it then no longer reads, so the end
  // of the input would never be seen. Open pools would keep the process alive for ever.
  const ended = new Promise<void>((resolve) => {
    const close = transport.close.bind(transport);
    transport.close = () => {
      if (failure) logger.error({ err: failure }, 'the connection to the client is given up');
      return close().finally(resolve);
    };
  });
  const handle = serveStdio(createServerFactory(services, { lasts: true }), {
    transport,
    onerror: (error) => {
      logger.debug({ err: error }, 'protocol error');
      // What the transport gives up for, it reports just before; other errors leave it open.
      failure = error;
      queueMicrotask(() => {
        failure = undefined;
      });
    },
  });
  return { ended, close: () => handle.close() };
}
