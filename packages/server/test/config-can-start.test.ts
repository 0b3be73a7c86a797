import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../src/config/configuration-error.ts';
import { type ConfigurationSources, loadConfiguration } from '../src/config/load.ts';

const folder = mkdtempSync(join(tmpdir(), 'pgmcp-start-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function onlyProblem(environment: ConfigurationSources['environment'], path?: string) {
  try {
    loadConfiguration({ environment, file: path });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    expect(error.problems, error.message).toHaveLength(1);
    return error.problems[0];
  }
  throw new Error('expected a ConfigurationError');
}

const url = 'postgresql://reader:hunter2@db.example.com/shop';

describe('connection settings that no connection can be made with', () => {
  it.each([
    ['an unknown parameter of the URL', { DATABASE_URL: `${url}?sslmod=require` }, 'DATABASE_URL', /unknown parameter/],
    ['a TLS mode that does not exist', { DATABASE_URL: `${url}?sslmode=bogus` }, 'DATABASE_URL', /sslMode must be one/],
    ['a port out of range', { DATABASE_URL: `${url}?port=99999` }, 'DATABASE_URL', /port must be/],
    ['a % that encodes nothing', { DATABASE_URL: `${url}?user=%zz` }, 'DATABASE_URL', /write % as %25/],
    ['verify-ca without a root', { DATABASE_URL: `${url}?sslmode=verify-ca` }, 'DATABASE_URL', /needs sslRootCert/],
    [
      'verify-ca without a root, by parts',
      { PG_MCP_DATABASE_DBNAME: 'shop', PG_MCP_DATABASE_USER: 'u', PG_MCP_DATABASE_SSL_MODE: 'verify-ca' },
      'PG_MCP_DATABASE_SSL_MODE',
      /needs sslRootCert/,
    ],
    [
      'options behind a pooler',
      { DATABASE_URL: `${url}?options=-cx%3Dy`, PG_MCP_DATABASE_POOLER: 'transaction' },
      'PG_MCP_DATABASE_POOLER',
      /options cannot be sent/,
    ],
    ['a variable of libpq', { DATABASE_URL: url, PGSSLMODE: 'bogus' }, 'PGSSLMODE', /sslMode must be one/],
    ['an empty variable of libpq', { DATABASE_URL: url, PGSSLMODE: '' }, 'PGSSLMODE', /set to nothing/],
    ['a port of libpq', { PG_MCP_DATABASE_DBNAME: 'shop', PGPORT: 'x', PGUSER: 'u' }, 'PGPORT', /port must be/],
  ])('are refused where they stand: %s', (_, environment, key, message) => {
    const problem = onlyProblem(environment);
    expect(problem).toMatchObject({ key, source: 'environment', message: expect.stringMatching(message) });
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });

  it('are refused with their place in the file', () => {
    const path = file('several.json', `{"databases":[{"url":"${url}"},{"name":"b","url":"${url}?sslmode=bogus"}]}`);
    expect(onlyProblem({}, path)).toMatchObject({ key: 'databases[1].url', source: path });
  });

  it('are fine when a variable of libpq completes them', () => {
    const environment = { DATABASE_URL: `${url}?sslmode=verify-ca`, PGSSLROOTCERT: '/etc/root.pem' };
    expect(loadConfiguration({ environment }).databases).toHaveLength(1);
  });
});

describe('a file of verified queries that cannot be used', () => {
  it.each([
    ['no list', 'pairs: 5', /pairs must be a list/],
    ['no mapping', '- 1', /the file must be a mapping/],
    [
      'an unknown key',
      'pairs: [{ question: a, sqll: SELECT 1, sql: SELECT 1 }]',
      /pairs\[0\]\.sqll.*did you mean sql\?/,
    ],
    ['a pair without SQL', 'pairs: [{ question: a }]', /pairs\[0\]\.sql must be a text that is not empty/],
    ['a number for a question', 'pairs: [{ question: 5, sql: SELECT 1 }]', /pairs\[0\]\.question must be a text/],
    [
      'a question of signs only',
      'pairs: [{ question: "?!", sql: SELECT 1 }]',
      /pairs\[0\] has a wording without words/,
    ],
    [
      'two answers for one question',
      'pairs: [{ question: How many?, sql: SELECT 1 }, { question: please how many, sql: SELECT 2 }]',
      /pairs\[1\].*already has different SQL/,
    ],
    ['a second document', 'pairs: []\n---\npairs: []', /more than one document/],
  ])('is refused with the key that names it and the place in it: %s', (_, text, message) => {
    const path = file('pairs.yaml', text);
    expect(onlyProblem({ DATABASE_URL: url, PG_MCP_SERVER_VERIFIED_QUERIES: path })).toMatchObject({
      key: 'PG_MCP_SERVER_VERIFIED_QUERIES',
      source: path,
      message: expect.stringMatching(message),
    });
  });
});
