import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import pg from 'pg';
import { Connection } from './connection.ts';
import { errorCode, errorMessage, PoolError, toError } from './errors.ts';
import { type GateLimits, MessageGate, notPostgres } from './message-gate.ts';
import type { BackendMessage } from './messages.ts';
import { readPasswordFile } from './password-file.ts';
import { changedParameter, rememberParameter, startupParameters } from './session.ts';
import type { ResolvedSettings, TargetName } from './settings.ts';
import { type TlsAttempt, tlsAttempts } from './ssl.ts';

const KEEP_ALIVE_DELAY_MS = 10_000;
const BOUND_MECHANISM = 'SCRAM-SHA-256-PLUS';

type Host = ResolvedSettings['hosts'][number];

/** The parts of the driver's connection that its type declarations leave out. */
interface DriverConnection extends EventEmitter {
  readonly stream: Duplex;
  attachListeners(stream: EventEmitter): void;
  startup(parameters: Readonly<Record<string, string>>): void;
}

/** `host:port`, or the path of a unix socket. */
export function targetName({ host, port }: Host): TargetName {
  if (host.startsWith('/')) return `${host}/.s.PGSQL.${port}`;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Puts the gate in front of the driver's parser and replaces its start-up parameters by ours. */
function prepareDriver(settings: ResolvedSettings, tls: TlsAttempt, limits: GateLimits): DriverConnection {
  const driver = new pg.Connection({
    ssl: tls,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
  }) as unknown as DriverConnection;
  const attachListeners = driver.attachListeners.bind(driver);
  driver.attachListeners = (stream) => {
    const gate = new MessageGate(limits, (error) => driver.emit('error', error));
    stream.on('data', (chunk: Buffer) => gate.push(chunk));
    attachListeners(gate);
  };
  const startup = driver.startup.bind(driver);
  driver.startup = () => startup(startupParameters(settings));
  return driver;
}

async function readPassword(settings: ResolvedSettings, { host, port }: Host): Promise<string> {
  const { password, passwordFile, database, user } = settings;
  const given: unknown = typeof password === 'function' ? await password() : password;
  const text = given ?? (await readPasswordFile(passwordFile, { host, port, database, user }));
  if (text === undefined) {
    throw new PoolError(
      'CONNECT_FAILED',
      'the server asks for a password and none is set (password, the URL, PGPASSWORD, or a line of the password file)',
    );
  }
  // The driver's own words for it name neither the cause nor the setting, and a zero byte would end the password early.
  if (typeof text !== 'string' || text.includes('\0'))
    throw new PoolError(
      'CONNECT_FAILED',
      `the password function returned ${typeof text === 'string' ? 'a text with a zero byte' : `no text (${typeof text})`}`,
    );
  return text;
}

/** Shorter ones are parts of ordinary words. */
const MIN_HIDDEN_CHARACTERS = 6;

/** A server may repeat the password that it was just sent: whoever reads its error must not read that. */
function withoutPassword(thrown: unknown, password: string): Error {
  const error = toError(thrown);
  if (password.length < MIN_HIDDEN_CHARACTERS) return error;
  for (const field of ['message', 'stack', 'detail', 'hint']) {
    const text: unknown = Reflect.get(error, field);
    if (typeof text === 'string') Reflect.set(error, field, text.replaceAll(password, '[redacted]'));
  }
  return error;
}

async function openOnce(settings: ResolvedSettings, host: Host, tls: TlsAttempt): Promise<Connection> {
  const startedAt = performance.now();
  const limits: GateLimits = { name: settings.name, maxMessageBytes: settings.maxMessageBytes, isLoggedIn: false };
  const driver = prepareDriver(settings, tls, limits);
  const facts = {
    database: settings.name,
    target: targetName(host),
    address: undefined as string | undefined,
    tls: tls !== false,
    openedInMs: 0,
    processId: 0,
    secretKey: 0,
    parameters: new Map<string, string>(),
  };
  let early: BackendMessage | undefined;
  let receive = (message: BackendMessage): void => {
    // After a log-in that succeeded: the server ends the session that it has just begun.
    if (message.name === 'error') early = message;
    if (message.name === 'backendKeyData')
      Object.assign(facts, { processId: message.processID, secretKey: message.secretKey });
    if (message.name === 'parameterStatus') rememberParameter(facts.parameters, message);
  };
  driver.on('message', (message: BackendMessage) => receive(message));

  let password = '';
  let isBound = false;
  driver.on('authenticationSASL', ({ mechanisms }: { readonly mechanisms: readonly string[] }) => {
    isBound = tls !== false && mechanisms.includes(BOUND_MECHANISM);
  });
  /** Before a password in whatever form leaves this process, and once more after a log-in that asked for none. */
  const checkBinding = () => {
    if (settings.channelBinding === 'require' && !isBound)
      throw new PoolError(
        'CONNECT_FAILED',
        `the server did not offer ${BOUND_MECHANISM}, and channelBinding is require`,
      );
  };
  const client = new pg.Client({
    host: host.host,
    port: host.port,
    user: settings.user,
    database: settings.database,
    password: async () => {
      checkBinding();
      password = await readPassword(settings, host);
      return password;
    },
    enableChannelBinding: tls !== false && settings.channelBinding !== 'disable',
    ssl: tls,
    sslnegotiation: 'postgres',
    // Not in the declarations: the driver uses this connection instead of making one.
    ...({ connection: driver } as object),
  });
  // The driver reports a fault here when it does not know whom else to tell; without a listener that ends the process.
  client.on('error', () => {});
  const limit = setTimeout(
    () =>
      driver.emit(
        'error',
        Object.assign(new Error(`no answer within ${settings.connectTimeoutMs} ms`), { code: 'ETIMEDOUT' }),
      ),
    settings.connectTimeoutMs,
  );
  const socket = driver.stream;
  try {
    await client.connect();
    checkBinding();
  } catch (error) {
    driver.on('error', () => {});
    driver.stream.destroy();
    socket.destroy();
    // The driver's words for a byte that begins no message.
    throw /^received invalid response/.test(errorMessage(error)) ? notPostgres() : withoutPassword(error, password);
  } finally {
    clearTimeout(limit);
  }
  const changed = changedParameter(settings, facts.parameters);
  if (changed !== undefined) {
    driver.on('error', () => {});
    driver.stream.destroy();
    throw new PoolError('CONNECT_FAILED', parameterDropped(changed));
  }
  // From here on the driver's client has no part in it: its listeners would take our answers for unexpected ones.
  for (const event of driver.eventNames()) if (event !== 'message') driver.removeAllListeners(event);
  facts.openedInMs = performance.now() - startedAt;
  facts.address =
    'remoteAddress' in socket && typeof socket.remoteAddress === 'string' ? socket.remoteAddress : undefined;
  limits.isLoggedIn = true;
  const connection = new Connection(driver, driver.stream, facts, limits);
  receive = (message) => connection.receive(message);
  if (early !== undefined) connection.receive(early);
  return connection;
}

/** A connection that does not begin as it was asked to would be thrown away by the pool, and the next one, without end. */
function parameterDropped({ parameter, value }: { readonly parameter: string; readonly value: string }): string {
  return `the server began the session with ${parameter} = ${value}, although it was asked for another value; something in between drops start-up parameters. If that is a pooler, set pooler to "transaction" for this database`;
}

/** What to do about errors whose own text does not say it. */
function adviceFor(error: Error): string {
  return /unsupported startup parameter/.test(error.message)
    ? ' A pooler stands in between; set pooler to "transaction" for this database.'
    : '';
}

function describeAttempt(settings: ResolvedSettings, host: Host, tls: TlsAttempt, error: Error): string {
  const encryption = host.host.startsWith('/')
    ? 'unix socket'
    : `sslMode ${settings.sslMode}, ${tls === false ? 'without TLS' : 'with TLS'}`;
  const code = errorCode(error);
  const message = errorMessage(error).replace(/\.$/, '');
  return `${targetName(host)} (${encryption}): ${message}${code === undefined || message.includes(code) || error instanceof PoolError ? '' : ` [${code}]`}`;
}

/** Errors that another kind of encryption cannot cure: the network itself, or the server being full or not ready. */
function isAboutTheServer(error: Error): boolean {
  const code = errorCode(error);
  return error instanceof PoolError || code === undefined
    ? false
    : /^(E[A-Z]+|53300|57P0\d)$/.test(code) && code !== 'ECONNRESET';
}

/** Opens a connection to one host, trying the kinds of encryption that the mode allows. */
export async function openConnection(settings: ResolvedSettings, host: Host): Promise<Connection> {
  const failures: string[] = [];
  let last: Error | undefined;
  for (const tls of await tlsAttempts(settings, host.host)) {
    try {
      return await openOnce(settings, host, tls);
    } catch (thrown) {
      last = toError(thrown);
      failures.push(describeAttempt(settings, host, tls, last));
      if (isAboutTheServer(last)) break;
    }
  }
  throw new PoolError(
    'CONNECT_FAILED',
    `Database "${settings.name}" cannot be reached. ${failures.join('; ')}.${adviceFor(last ?? new Error())}`,
    {
      database: settings.name,
      retryable: isTransient(last),
      cause: last,
    },
  );
}

/** Whether a later attempt may succeed although nothing is changed by hand. */
function isTransient(error: unknown): boolean {
  const cause = error instanceof PoolError && error.cause !== undefined ? error.cause : error;
  const code = errorCode(cause);
  if (code === undefined) return /terminated unexpectedly/.test(errorMessage(cause));
  if (cause instanceof AggregateError) return cause.errors.some(isTransient);
  return /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOENT|53300|57P0[1-3]|08(?!P01)\w{3})$/.test(
    code,
  );
}
