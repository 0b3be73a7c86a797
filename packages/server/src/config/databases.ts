import type { ConfigurationProblem } from './configuration-error.ts';
import { databasesVariable, environmentSource } from './environment.ts';
import { sortDatabases } from './file.ts';
import { parseYaml } from './parse-yaml.ts';
import { type Environment, overlay, type Section, type Written } from './source.ts';

/** What names a server or a database; the rest (user, TLS, sizes) completes it. */
const location = ['url', 'urlFile', 'host', 'port', 'dbname'];

const threeWays = [
  'Say where it is in one of three ways:',
  '(1) DATABASE_URL=postgresql://user:password@host:5432/dbname;',
  '(2) PG_MCP_DATABASE_HOST, _PORT, _DBNAME, _USER and _PASSWORD (or PG_MCP_DATABASE_PASSWORD_FILE);',
  '(3) several databases: --config FILE with a list `databases`, or the same list as JSON in PG_MCP_DATABASES.',
].join(' ');

/** The databases in force, as written, and what was left aside. */
interface Chosen {
  readonly databases: readonly Section[];
  readonly notices: readonly string[];
}

/** Whether this server's own names, or DATABASE_URL, say which database is meant. */
export function namesDatabase(environment: Environment, single: Section, fromFile: readonly Section[]): boolean {
  const isNamed = Boolean(environment[databasesVariable] || environment['DATABASE_URL']);
  return isNamed || fromFile.length > 0 || location.some((name) => single.has(name));
}

/**
 * Decides which databases are meant: the list in PG_MCP_DATABASES, or the one database of PG_MCP_DATABASE_*, or the file's
 * list, or DATABASE_URL. A list is taken whole, never mixed with another; single values complete the only database.
 */
export function chooseDatabases(
  environment: Environment,
  single: Section,
  fromFile: readonly Section[],
  problems: ConfigurationProblem[],
): Chosen {
  const fromJson = readList(environment, problems);
  const generic = environment['DATABASE_URL'];
  const ignoredFor = (other: string) => (generic ? [`DATABASE_URL is set but not used, because ${other}.`] : []);
  const located = location.map((name) => single.get(name)).find((written) => written !== undefined);
  if (fromJson !== undefined) {
    for (const { source } of single.values()) {
      const message = `Both this and ${databasesVariable} describe databases. Move it into ${databasesVariable}.`;
      problems.push({ key: source.key, source: source.place, message });
    }
    return { databases: fromJson, notices: ignoredFor(`${databasesVariable} names databases`) };
  }
  if (located !== undefined) {
    const left =
      fromFile.length > 0 ? ['The databases of the file are not used: PG_MCP_DATABASE_* names another.'] : [];
    const ignored = ignoredFor(`${located.source.key} is set`);
    return { databases: [single], notices: [...ignored, ...left] };
  }
  if (fromFile.length > 0) {
    return {
      databases: complete(fromFile, single, problems),
      notices: ignoredFor('the configuration file names databases'),
    };
  }
  if (generic) {
    const url: Written = { value: generic, source: environmentSource('DATABASE_URL') };
    return { databases: [new Map([...single, ['url', url]])], notices: [] };
  }
  // A file that cannot be read may well name one.
  if (problems.some(({ key }) => key === '--config')) return { databases: [], notices: [] };
  problems.push({ key: 'databases', source: 'default', message: `No database is configured. ${threeWays}` });
  return { databases: [], notices: [] };
}

function readList(environment: Environment, problems: ConfigurationProblem[]): readonly Section[] | undefined {
  const text = environment[databasesVariable];
  if (text === undefined || text === '') return undefined;
  const parsed = parseYaml(text);
  if ('reason' in parsed) {
    const form = 'Write a JSON list such as [{"name":"shop","host":"db.example.com","dbname":"shop","user":"reader"}].';
    problems.push({ key: databasesVariable, source: 'environment', message: `It is ${parsed.reason}. ${form}` });
    return [];
  }
  const at = { place: 'environment', folder: process.cwd(), prefix: `${databasesVariable}: ` };
  const databases = sortDatabases(parsed.value, at, problems);
  if (Array.isArray(parsed.value) && parsed.value.length === 0) {
    const message = `The list is empty. Name at least one database, or remove ${databasesVariable}.`;
    problems.push({ key: databasesVariable, source: 'environment', message });
  }
  return databases;
}

function complete(
  databases: readonly Section[],
  single: Section,
  problems: ConfigurationProblem[],
): readonly Section[] {
  const [only] = databases;
  if (databases.length === 1 && only !== undefined) return [overlay([only, single])];
  for (const { source } of single.values()) {
    const message =
      `It belongs to one database, but the file names ${databases.length}. ` +
      'Write it into the file at the database it is meant for; secrets as passwordFile or urlFile.';
    problems.push({ key: source.key, source: source.place, message });
  }
  return databases;
}
