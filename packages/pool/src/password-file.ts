import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { errorCode, errorMessage, PoolError } from './errors.ts';

/** What one line of the file is matched against. */
export interface Login {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

/** Splits at colons that are not escaped; `\:` and `\\` stand for themselves. */
function fieldsOf(line: string): readonly string[] {
  const fields: string[] = [];
  let field = '';
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === ':') {
      fields.push(field);
      field = '';
      continue;
    }
    if (line[at] === '\\' && at + 1 < line.length) at += 1;
    field += line[at] ?? '';
  }
  return [...fields, field];
}

/** The password of the first line that matches; undefined when none does. */
export function findPassword(text: string, login: Login): string | undefined {
  // libpq: a unix socket directory matches as itself; localhost matches too.
  const hosts = login.host.startsWith('/') ? [login.host, 'localhost'] : [login.host];
  const wanted = [hosts, [String(login.port)], [login.database], [login.user]];
  for (const line of text.split(/\r?\n/)) {
    if (line === '' || line.startsWith('#')) continue;
    const fields = fieldsOf(line);
    const password = fields[4];
    if (
      password !== undefined &&
      wanted.every((values, index) => fields[index] === '*' || values.includes(fields[index] ?? ''))
    )
      return password;
  }
  return undefined;
}

/**
 * Looks up a login in a password file. A file that others may read is refused, as by libpq.
 *
 * @param path default: `~/.pgpass`, on Windows `%APPDATA%\postgresql\pgpass.conf`.
 * @see https://www.postgresql.org/docs/current/libpq-pgpass.html
 */
export async function readPasswordFile(path: string | undefined, login: Login): Promise<string | undefined> {
  const isWindows = process.platform === 'win32';
  const file =
    path ??
    (isWindows ? join(process.env['APPDATA'] ?? homedir(), 'postgresql', 'pgpass.conf') : join(homedir(), '.pgpass'));
  try {
    const { mode } = await stat(file);
    if (!isWindows && (mode & 0o077) !== 0) {
      throw new PoolError(
        'CONNECT_FAILED',
        `the password file ${file} can be read by others and is not used; run chmod 600 on it`,
      );
    }
    return findPassword(await readFile(file, 'utf8'), login);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    if (error instanceof PoolError) throw error;
    throw new PoolError('CONNECT_FAILED', `the password file ${file} cannot be read: ${errorMessage(error)}`, {
      cause: error,
    });
  }
}
