import { describe, expect, it } from 'vitest';
import { load, onlyProblem, url, useFiles } from './configuration-of.ts';

const { file } = useFiles();

describe('databases', () => {
  it('that are missing altogether are explained with the three ways to name one', () => {
    expect(onlyProblem({}).message).toMatch(/\(1\) DATABASE_URL.*\(2\) PG_MCP_DATABASE_HOST.*\(3\) several/);
  });

  it.each([
    [{ PG_MCP_DATABASE_HOST: 'h' }, 'PG_MCP_DATABASE_HOST is set'],
    [{ PG_MCP_DATABASES: '[]' }, 'PG_MCP_DATABASES names databases'],
  ])('say in an error why DATABASE_URL is not used beside %j', (environment, reason) => {
    expect(() => load({ DATABASE_URL: url, ...environment })).toThrow(
      `\nNote: DATABASE_URL is set but not used, because ${reason}.`,
    );
  });

  it('say why DATABASE_URL is not used beside a file that names databases', () => {
    const path = file('c.json', '{"databases":[{"dbname":"a"}]}');
    expect(load({ DATABASE_URL: url }, { file: path }).notices).toEqual([
      'DATABASE_URL is set but not used, because the configuration file names databases.',
    ]);
  });

  it('are several by JSON in the environment', () => {
    const list = [
      { name: 'a', url },
      { dbname: 'b', user: 'u', password: 'p', port: 5433 },
    ];
    const { databases } = load({ PG_MCP_DATABASES: JSON.stringify(list), DATABASE_URL: 'ignored' });
    expect(databases).toMatchObject([{ name: 'a' }, { name: 'b', port: 5433, user: 'u' }]);
  });

  it.each([
    ['a broken list', { PG_MCP_DATABASES: '[{"password":"hunter2",,}]' }, /not valid YAML or JSON at line 1/],
    ['an empty list', { PG_MCP_DATABASES: '[]' }, /The list is empty/],
    ['no list', { PG_MCP_DATABASES: '{"a":1}' }, /must be a list/],
    ['a list of texts', { PG_MCP_DATABASES: '["x"]' }, /must be a mapping/],
    [
      'a list beside a single database',
      { PG_MCP_DATABASES: '[{"dbname":"a"}]', PG_MCP_DATABASE_HOST: 'h' },
      /Move it into/,
    ],
    ['the same name twice', { PG_MCP_DATABASES: '[{"dbname":"a"},{"dbname":"a"}]' }, /Two databases are called a/],
    ['URL and parts', { PG_MCP_DATABASE_URL: url, PG_MCP_DATABASE_HOST: 'h' }, /URL or the parts/],
    ['two passwords', { DATABASE_URL: url, PG_MCP_DATABASE_PASSWORD: 'p' }, /The URL says it too/],
    ['two TLS modes', { DATABASE_URL: `${url}?sslmode=require`, PG_MCP_DATABASE_SSL_MODE: 'disable' }, /says it too/],
    ['parts without a dbname', { PG_MCP_DATABASE_HOST: 'h' }, /PG_MCP_DATABASE_DBNAME/],
    ['no database on the server at all', { PG_MCP_DATABASES: '[{}]' }, /PG_MCP_DATABASE_DBNAME/],
    ['another protocol', { DATABASE_URL: 'mysql://u:hunter2@h/d' }, /must start with postgresql/],
    ['a password that needs encoding', { DATABASE_URL: 'postgres://u:hunter2#x@h/d' }, /percent-encoded/],
    ['a pool upside down', { DATABASE_URL: url, PG_MCP_DATABASE_MIN_POOL_SIZE: '11' }, /above maxPoolSize/],
    [
      'half a client certificate',
      { DATABASE_URL: url, PG_MCP_DATABASE_SSL_CERT: import.meta.filename },
      /both sslCert and sslKey/,
    ],
    [
      'a root certificate that is not there',
      { DATABASE_URL: url, PG_MCP_DATABASE_SSL_ROOT_CERT: '/nowhere' },
      /no such file/,
    ],
    [
      'a root certificate with a name that no file can have',
      { DATABASE_URL: url, PG_MCP_DATABASE_SSL_ROOT_CERT: `/${'x'.repeat(300)}` },
      /no such file/,
    ],
  ])('are refused with a cure for %s', (_, environment, message) => {
    const problem = onlyProblem(environment);
    expect(problem.message).toMatch(message);
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });
});
