import { statSync } from 'node:fs';
import type { ParsedUrl } from '@pgmcp/pool';
import { readContextFile } from '../questions/context-file.ts';
import { readVerifiedPairs } from '../questions/verified-pairs.ts';
import { checkConnection } from './check-connection.ts';
import { checkIsolation } from './check-isolation.ts';
import { ConfigurationError, type ConfigurationProblem } from './configuration-error.ts';
import { databaseOf, readConnectionUrl } from './connection-url.ts';
import { connectionConfiguration } from './sections/database-connections.ts';
import { sessionConfiguration } from './sections/database-session.ts';
import { type DatabaseConfiguration, databaseNamePattern, type WrittenDatabase } from './sections/databases.ts';
import type { Environment, Section, Source } from './source.ts';

const parts = ['host', 'port', 'dbname'] as const;
const files = ['sslRootCert', 'sslCert', 'sslKey', 'verifiedQueries', 'context'] as const;

/** What the databases are checked against besides themselves. */
interface Surroundings {
  /** Where the `PG*` variables that complete a connection are read. */
  readonly environment: Environment;
  readonly statementTimeoutMs: number;
}

/** Checks what no single value shows, and names the databases that have no name. */
export function checkDatabases(
  databases: readonly WrittenDatabase[],
  written: readonly Section[],
  surroundings: Surroundings,
  problems: ConfigurationProblem[],
): readonly DatabaseConfiguration[] {
  const checked = databases.map((database, index) =>
    checkDatabase(database, written[index] ?? new Map(), surroundings, problems),
  );
  const names = new Set<string>();
  for (const [index, { name }] of checked.entries()) {
    if (names.has(name)) {
      const source = written[index]?.get('name')?.source ?? anySource(written[index]);
      const message = `Two databases are called ${name}. Give each its own name.`;
      problems.push({ key: source?.key ?? `databases[${index}]`, source: source?.place ?? 'default', message });
    }
    names.add(name);
  }
  return checked;
}

const anySource = (section: Section | undefined): Source | undefined => section?.values().next().value?.source;

type ProblemAt = (name: string, message: string) => void;

function checkDatabase(
  { url, ...settings }: WrittenDatabase,
  written: Section,
  { environment, statementTimeoutMs }: Surroundings,
  problems: ConfigurationProblem[],
): DatabaseConfiguration {
  const problemsBefore = problems.length;
  const problemAt: ProblemAt = (name, message) => {
    const source = written.get(name)?.source ?? anySource(written);
    problems.push({ key: source?.key ?? 'databases', source: source?.place ?? 'default', message });
  };
  const read = url === undefined ? undefined : readConnectionUrl(url.reveal());
  const parsed = read !== undefined && 'url' in read ? read.url : undefined;
  if (parsed !== undefined) {
    checkBesideUrl(parsed, written, problemAt);
  } else if (settings.dbname === undefined) {
    const first = parts.find((part) => written.has(part)) ?? 'name';
    const cure = 'set its dbname (PG_MCP_DATABASE_DBNAME), or give the whole URL.';
    problemAt(first, `The database on the server is missing: ${cure}`);
  }
  const { minPoolSize, maxPoolSize } = settings;
  if (minPoolSize > maxPoolSize) {
    problemAt('minPoolSize', `minPoolSize (${minPoolSize}) is above maxPoolSize (${maxPoolSize}). Lower it.`);
  }
  checkFiles(settings, problemAt);
  checkIsolation(settings, problemAt);
  for (const [name, readFile] of Object.entries(readers)) {
    const path = settings[name as keyof typeof readers];
    if (path === undefined || !isFile(path)) continue;
    const key = written.get(name)?.source.key ?? name;
    for (const problem of problemsOf(() => readFile(path))) problems.push({ ...problem, key });
  }
  for (const problem of problemsOf(() => checkPairs(settings, problems.length > problemsBefore)))
    problems.push(problem);
  const name = settings.name ?? nameOf(settings.dbname ?? (parsed && databaseOf(parsed)));
  const database = withoutAbsent({
    ...connectionConfiguration(settings),
    session: sessionConfiguration(settings.session),
    name,
    ...(url === undefined ? {} : { url }),
  });
  if (problems.length > problemsBefore) return database;
  const refused = checkConnection(database, statementTimeoutMs, environment);
  if (refused !== undefined) {
    const { at, message } = refused;
    if ('variable' in at) problems.push({ key: at.variable, source: 'environment', message });
    else problemAt(at.setting, message);
  }
  return database;
}

/** Files that are read whole before the server starts, so that a mistake in them is found then. */
const readers = { verifiedQueries: readVerifiedPairs, context: readContextFile };

/** Two files may not answer one question with different SQL. Files with problems of their own are left out. */
function checkPairs({ verifiedQueries, context }: Omit<WrittenDatabase, 'url'>, hasProblems: boolean): void {
  if (hasProblems || verifiedQueries === undefined || context === undefined) return;
  readContextFile(context, readVerifiedPairs(verifiedQueries));
}

function problemsOf(read: () => unknown): readonly ConfigurationProblem[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

/** What the URL says must not be said a second time: nobody could tell which one is meant. */
function checkBesideUrl(url: ParsedUrl, written: Section, problemAt: ProblemAt): void {
  for (const part of parts) {
    if (written.has(part)) problemAt(part, 'The URL says it already. Keep the URL or the parts, not both.');
  }
  const stated = {
    user: url.user !== undefined || url.parameters.has('user'),
    password: (url.password ?? '') !== '' || url.parameters.has('password'),
    sslMode: url.parameters.has('sslmode'),
    sslRootCert: url.parameters.has('sslrootcert'),
    sslCert: url.parameters.has('sslcert'),
    sslKey: url.parameters.has('sslkey'),
  };
  for (const [name, inUrl] of Object.entries(stated)) {
    if (inUrl && written.has(name)) problemAt(name, 'The URL says it too. Remove it here or in the URL.');
  }
}

function checkFiles(settings: Omit<WrittenDatabase, 'url'>, problemAt: ProblemAt): void {
  if ((settings.sslCert === undefined) !== (settings.sslKey === undefined)) {
    problemAt(
      settings.sslCert === undefined ? 'sslKey' : 'sslCert',
      'A client certificate needs both sslCert and sslKey.',
    );
  }
  for (const name of files) {
    const path = settings[name];
    if (path === undefined || (name === 'sslRootCert' && path === 'system')) continue;
    if (!isFile(path)) problemAt(name, 'There is no such file, or this process may not see it.');
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // Not only absent: a name that is too long, or a folder on the way that may not be entered.
    return false;
  }
}

const nameOf = (dbname: string | undefined): string =>
  dbname !== undefined && databaseNamePattern.test(dbname) ? dbname : 'default';

type Present<Value> = { [Key in keyof Value as undefined extends Value[Key] ? never : Key]: Value[Key] } & {
  [Key in keyof Value as undefined extends Value[Key] ? Key : never]?: Exclude<Value[Key], undefined>;
};

function withoutAbsent<Value extends object>(value: Value): Present<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Present<Value>;
}
