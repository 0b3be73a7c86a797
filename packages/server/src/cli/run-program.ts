import { setImmediate as nextTurn } from 'node:timers/promises';
import { LOCAL_CALLER } from '../call.ts';
import { toPgmcpError } from '../classify-error.ts';
import { type Configuration, ConfigurationError, describeConfiguration, loadConfiguration } from '../config/index.ts';
import { PgmcpError } from '../errors.ts';
import { createLogger, type Logger, redact } from '../observe/index.ts';
import type { Services } from '../services.ts';
import { startCall } from '../start-call.ts';
import { VERSION } from '../version.ts';
import type { AnyCommand, GivenContext } from './command.ts';
import { type CommandLine, parseCommandLine } from './parse-command-line.ts';
import type { Program, ProgramHost } from './program.ts';
import { watchConfiguration } from './watch-configuration.ts';

/** How long a shutdown waits for calls under way to end after their statements were cancelled, in milliseconds. */
const DRAIN_DEADLINE_MS = 5_000;

/**
 * Runs a program from its command line to its exit code: 0 when it ended as asked, 1 when serving failed, 2 for wrong flags or
 * configuration. It ends, pools closed and statements cancelled, when the client has gone or `host.terminate` aborts.
 */
export async function runProgram(
  program: Program,
  host: ProgramHost,
  commands?: readonly AnyCommand[],
): Promise<number> {
  const command = await readCommandLine(program, host, commands);
  const code = await runCommandLine(program, host, command, commands);
  try {
    // A client that no longer reads must not keep the server; a person who waits for a result can interrupt.
    const patience = command.action === 'serve' ? AbortSignal.timeout(DRAIN_DEADLINE_MS) : host.terminate;
    await host.flow?.taken(patience);
    return code;
  } catch (error) {
    if (command.action === 'serve' || code !== 0) return code;
    host.stderr(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function runCommandLine(
  program: Program,
  host: ProgramHost,
  command: CommandLine,
  commands: readonly AnyCommand[] | undefined,
): Promise<number> {
  switch (command.action) {
    case 'help':
      host.stdout(await helpFor(program, command, commands));
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
    if (command.action === 'command' && command.command.needs === 'nothing')
      return await command.command.run(commandContext(program, host, command) as GivenContext);
    const environment = command.demo ? await demoEnvironment(program, host, stops) : host.environment;
    const load = () => loadConfiguration({ environment, file: command.file, flags: command.flags });
    const configuration = load();
    if (command.action === 'check-config') {
      host.stdout(describeConfiguration(configuration));
      return 0;
    }
    // A person at a terminal wants the result; what failed is said in words, once.
    const level =
      command.action === 'command' && command.flags['log-level'] === undefined
        ? 'fatal'
        : configuration.server.logLevel;
    const logger = openLog(level, configuration.telemetry.logFile);
    for (const notice of configuration.notices) logger.warn(notice);
    if (command.action === 'command' && command.command.needs === 'configuration') {
      const context = { ...commandContext(program, host, command), configuration, logger };
      return await command.command.run(context as GivenContext);
    }
    const { createServices } = await import('../create-services.ts');
    const services = await createServices(configuration, { logger });
    stops.push(() => services.close());
    if (command.action === 'command') return await runOnServices(program, host, command, services);
    await serveUntilEnd(program, services, host, load);
    return 0;
  } catch (error) {
    if (error instanceof ConfigurationError) {
      host.stderr(`${error.message}\n`);
      return 2;
    }
    if (error instanceof PgmcpError) {
      host.stderr(`${error.code}: ${error.message}${causeOf(error)}\n`);
      return 1;
    }
    host.stderr(`${program.name} cannot go on: ${redact(error instanceof Error ? error.message : String(error))}\n`);
    return 1;
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** What a client must not read, and the person at the terminal has to: the reason behind a fault of the server's own. */
function causeOf({ code, cause }: PgmcpError): string {
  return code === 'INTERNAL_ERROR' && cause instanceof Error ? ` (${redact(cause.message)})` : '';
}

function openLog(level: Configuration['server']['logLevel'], file: string | undefined): Logger {
  try {
    return createLogger({ level, file });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const message = `The log file cannot be opened (${code}). Correct the path, or let this process write it.`;
    throw new ConfigurationError([{ key: 'telemetry.logFile', source: file ?? '', message }]);
  }
}

async function helpFor(
  program: Program,
  { command, group }: CommandLine & { readonly action: 'help' },
  given: readonly AnyCommand[] | undefined,
): Promise<string> {
  const { commandHelpText, groupHelpText, helpText } = await import('./help.ts');
  if (command) return commandHelpText(program, command);
  const commands = given ?? (await allCommands());
  return group === undefined ? helpText(program, commands) : groupHelpText(program, group, commands);
}

const allCommands = async (): Promise<readonly AnyCommand[]> => (await import('./commands/index.ts')).COMMANDS;

/** A line that only serves is read without the commands, which no server needs; any other says the same with them or is read again. */
async function readCommandLine(
  program: Program,
  { argv }: ProgramHost,
  commands: readonly AnyCommand[] | undefined,
): Promise<CommandLine> {
  if (commands !== undefined) return parseCommandLine(program, argv, commands);
  const read = parseCommandLine(program, argv, []);
  return read.action === 'serve' ? read : parseCommandLine(program, argv, await allCommands());
}

async function serveUntilEnd(
  program: Program,
  services: Services,
  { terminate, hurry, onReload }: ProgramHost,
  load: () => Configuration,
): Promise<void> {
  services.warmUp();
  const serving = await program.serve(services);
  services.logger.info({ version: VERSION, databases: services.databases.names }, `${program.name} is serving`);
  const watch = watchConfiguration({ services, load });
  onReload?.(() => void watch.reload());
  await Promise.race([serving.ended, aborted(terminate)]);
  watch.close();
  if (terminate.aborted) await serving.drain?.(hurry ?? new AbortController().signal);
  services.abortCalls();
  await services.inFlight.settled(DRAIN_DEADLINE_MS);
  // The answer to a call is written in the turns after the call has ended.
  for (let turn = 0; turn < 3; turn += 1) await nextTurn();
  await serving.close();
  services.logger.info(`${program.name} has ended`);
}

type RunCommand = CommandLine & { readonly action: 'command' };

/** The part of a command's context that needs nothing but the process. */
function commandContext(program: Program, host: ProgramHost, { words, own, database }: RunCommand) {
  return {
    words,
    flags: own,
    database,
    program: program.name,
    environment: host.environment,
    signal: host.terminate,
    print: (text: string) => host.stdout(text),
    room: async () => host.flow?.room(host.terminate),
    progress: (line: string) => host.stderr(`${line}\n`),
  };
}

async function runOnServices(
  program: Program,
  host: ProgramHost,
  line: RunCommand,
  services: Services,
): Promise<number> {
  const context = commandContext(program, host, line);
  const { call, finish } = startCall({
    tool: line.command.name,
    method: 'pgmcp/command',
    caller: LOCAL_CALLER,
    signal: AbortSignal.any([host.terminate, services.shutdownSignal]),
    progress: context.progress,
  });
  const { configuration, logger } = services;
  let code: number;
  try {
    await services.audit.admit();
    code = await line.command.run({ ...context, configuration, logger, services, call });
  } catch (thrown) {
    const error = toPgmcpError(thrown, call);
    services.recordCall(finish({ error, thrown }));
    // What only showed when it was used, such as a package that is not installed, is told like the rest of the configuration.
    throw thrown instanceof ConfigurationError ? thrown : error;
  }
  await services.concludeCall(finish());
  return code;
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
