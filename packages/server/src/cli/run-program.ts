import { ConfigurationError, describeConfiguration, loadConfiguration } from '../config/index.ts';
import { createLogger, redact } from '../observe/index.ts';
import { createServices } from '../services.ts';
import { VERSION } from '../version.ts';
import { helpText } from './help.ts';
import { parseCommandLine } from './parse-command-line.ts';
import type { Program, ProgramHost } from './program.ts';

/** How long a shutdown waits for calls under way to end after their statements were cancelled, in milliseconds. */
const DRAIN_DEADLINE_MS = 5_000;

/**
 * Runs a program from its command line to its exit code: 0 when it ended as asked, 1 when serving failed, 2 for wrong flags or
 * configuration. It ends, pools closed and statements cancelled, when the client has gone or `host.terminate` aborts.
 */
export async function runProgram(program: Program, host: ProgramHost): Promise<number> {
  const command = parseCommandLine(program, host.argv);
  switch (command.action) {
    case 'help':
      host.stdout(helpText(program));
      return 0;
    case 'version':
      host.stdout(`${program.name} ${VERSION}\n`);
      return 0;
    case 'usage-error':
      host.stderr(`${command.message}\n`);
      return 2;
  }
  const stops: (() => Promise<void>)[] = [];
  try {
    const environment = command.demo ? await demoEnvironment(program, host, stops) : host.environment;
    const configuration = loadConfiguration({ environment, file: command.file, flags: command.flags });
    if (command.action === 'check-config') {
      host.stdout(describeConfiguration(configuration));
      return 0;
    }
    const logger = createLogger({ level: configuration.server.logLevel });
    for (const notice of configuration.notices) logger.warn(notice);
    const services = await createServices(configuration, { logger });
    stops.push(() => services.close());
    const serving = await program.serve(services);
    services.warmUp();
    logger.info({ version: VERSION, databases: services.databases.names }, `${program.name} is serving`);
    await Promise.race([serving.ended, aborted(host.terminate)]);
    services.abortCalls();
    await services.inFlight.settled(DRAIN_DEADLINE_MS);
    await serving.close();
    logger.info(`${program.name} has ended`);
    return 0;
  } catch (error) {
    if (error instanceof ConfigurationError) {
      host.stderr(`${error.message}\n`);
      return 2;
    }
    host.stderr(`${program.name} cannot go on: ${redact(error instanceof Error ? error.message : String(error))}\n`);
    return 1;
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** The host's environment with every database setting replaced by the demo's. */
async function demoEnvironment(program: Program, host: ProgramHost, stops: (() => Promise<void>)[]) {
  if (!program.startDemo) return host.environment;
  const demo = await program.startDemo();
  stops.push(() => demo.stop());
  const others = Object.entries(host.environment).filter(
    ([key]) => key !== 'DATABASE_URL' && !/^PG_MCP_DATABASE/.test(key),
  );
  return { ...Object.fromEntries(others), ...demo.environment };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
