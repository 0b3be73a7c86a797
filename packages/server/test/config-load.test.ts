import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../src/config/configuration-error.ts';
import { describeConfiguration } from '../src/config/describe.ts';
import { knownVariables } from '../src/config/environment.ts';
import { SECTIONS } from '../src/config/sections/index.ts';
import { load, onlyProblem, problemsOf, url, useFiles } from './configuration-of.ts';

const { file, folder } = useFiles();

describe('defaults', () => {
  it('start from DATABASE_URL alone', () => {
    const configuration = load({ DATABASE_URL: url });
    expect(configuration.databases).toMatchObject([{ name: 'shop', minPoolSize: 0, maxPoolSize: 10, pooler: 'none' }]);
    expect(configuration.databases[0]?.url?.reveal()).toBe(url);
    expect(configuration.openai).toBeUndefined();
    expect(configuration.server).toEqual({
      toolsets: ['default'],
      cacheRefreshIntervalMs: 3_600_000,
      schemaNotifications: false,
      maxResultRows: 1000,
      maxResultBytes: 1_048_576,
      maxResultTokens: 20_000,
      maxCellCharacters: 8000,
      queryTimeoutMs: 30_000,
      maxSqlRetry: 2,
      enableResultValidation: false,
      logLevel: 'info',
    });
    expect(configuration.rateLimit).toEqual({
      enabled: true,
      requestsPerMinute: 60,
      requestsPerHour: 1000,
      openaiTokensPerMinute: 100_000,
      databaseSecondsPerMinute: 300,
      maxConcurrentCalls: 20,
      backend: 'memory',
      replicas: 1,
    });
    expect(configuration.http).toMatchObject({ host: '127.0.0.1', port: 3000, allowedHosts: [], allowedOrigins: [] });
  });

  it('take URLs with several hosts, socket folders and parameters', () => {
    const several = load({ DATABASE_URL: 'postgres://u:hunter2@a:1,b:2/shop?target_session_attrs=read-write' });
    expect(several.databases[0]?.name).toBe('shop');
    expect(describeConfiguration(several)).toContain('[secret], at a:1,b:2/shop ');
    expect(load({ DATABASE_URL: 'postgresql://u@%2Fvar%2Frun/my%2Dshop' }).databases[0]?.name).toBe('my-shop');
  });

  it('call the database "default" when its dbname is no valid name', () => {
    expect(load({ DATABASE_URL: 'postgres://h/my%20shop' }).databases[0]?.name).toBe('default');
    expect(load({ DATABASE_URL: 'postgres://h' }).databases[0]?.name).toBe('default');
  });
});

describe('values', () => {
  it('read durations as seconds or with a unit', () => {
    const timeout = (text: string) =>
      load({ DATABASE_URL: url, PG_MCP_SERVER_QUERY_TIMEOUT: text }).server.queryTimeoutMs;
    expect([timeout('12'), timeout('1.5'), timeout('500ms'), timeout('30s'), timeout('5m'), timeout('1h')]).toEqual([
      12_000, 1500, 500, 30_000, 300_000, 3_600_000,
    ]);
  });

  it('read sizes, toggles and lists', () => {
    const configuration = load({
      DATABASE_URL: url,
      PG_MCP_SERVER_MAX_RESULT_BYTES: '2MiB',
      PG_MCP_RATE_LIMIT_ENABLED: 'off',
      PG_MCP_HTTP_ALLOWED_HOSTS: 'a.example, b.example,[2001:db8::1]',
      PG_MCP_HTTP_ALLOWED_ORIGINS: 'https://a.example:8443',
      PG_MCP_SECURITY_ALLOWED_FUNCTIONS: 'similarity, geo.st_*, audit.who',
      PG_MCP_SECURITY_ALLOWED_EXTENSIONS: 'pg_trgm, postgis',
    });
    expect(configuration.security.allowedExtensions).toEqual(['pg_trgm', 'postgis']);
    expect(configuration.security.allowedFunctions).toEqual(['similarity', 'geo.st_*', 'audit.who']);
    expect(configuration.server.maxResultBytes).toBe(2_097_152);
    expect(configuration.rateLimit.enabled).toBe(false);
    expect(configuration.http.allowedHosts).toEqual(['a.example', 'b.example', '[2001:db8::1]']);
    expect(configuration.http.allowedOrigins).toEqual(['https://a.example:8443']);
  });

  it.each([
    ['PG_MCP_SERVER_QUERY_TIMEOUT', '3 fortnights', /number of seconds/],
    ['PG_MCP_SERVER_QUERY_TIMEOUT', '0', /from 100ms to 1h, but it is the number 0/],
    ['PG_MCP_SERVER_QUERY_TIMEOUT', '3constructor', /number of seconds/],
    ['PG_MCP_SERVER_MAX_RESULT_ROWS', '0', /whole number from 1 to 1,000,000, but it is the number 0/],
    ['PG_MCP_SERVER_MAX_RESULT_ROWS', '1.5', /whole number/],
    ['PG_MCP_SERVER_MAX_RESULT_BYTES', '3 acres', /number of bytes/],
    ['PG_MCP_SECURITY_ALLOWED_EXTENSIONS', 'pg_trgm, dblink', /of citext, .*, vector/],
    ['PG_MCP_RATE_LIMIT_ENABLED', 'maybe', /true or false, but it is a text of 5 characters/],
    ['PG_MCP_SERVER_LOG_LEVEL', 'wran', /Did you mean warn\?/],
    ['PG_MCP_HTTP_PORT', '65536', /from 0 to 65,535/],
    ['PG_MCP_HTTP_ALLOWED_HOSTS', 'a.example:8443', /host names in lower case/],
    ['PG_MCP_HTTP_ALLOWED_HOSTS', 'a.example,B.example', /host names in lower case/],
    ['PG_MCP_HTTP_ALLOWED_HOSTS', '::1', /host names in lower case/],
    ['PG_MCP_HTTP_ALLOWED_ORIGINS', 'a.example', /origins such as/],
    ['PG_MCP_HTTP_ALLOWED_ORIGINS', 'https://a.example:99999', /origins such as/],
    ['PG_MCP_HTTP_ALLOWED_ORIGINS', 'https://a.example,https://[::1', /origins such as/],
    ['PG_MCP_SECURITY_ALLOWED_FUNCTIONS', 'a.b.c', /name, schema\.name/],
    ['PG_MCP_SECURITY_ALLOWED_FUNCTIONS', 'public.', /name, schema\.name/],
    ['PG_MCP_SECURITY_ALLOWED_FUNCTIONS', '*', /name, schema\.name/],
    ['PG_MCP_SECURITY_ALLOWED_FUNCTIONS', 'a*.b', /name, schema\.name/],
    ['PG_MCP_DATABASE_NAME', 'my shop', /letters, digits/],
    ['PG_MCP_DATABASE_SSL_MODE', 'verify_full', /Did you mean verify-full\?/],
    ['PG_MCP_OPENAI_BASE_URL', 'https://me:pw@models.example/v1', /holds no user or password/],
  ])('refuse %s=%s with what it must be', (key, value, message) => {
    const problem = onlyProblem({ DATABASE_URL: url, [key]: value });
    expect(problem).toMatchObject({ key, source: 'environment', message: expect.stringMatching(message) });
  });

  it('never repeat what was written, since it may be a secret in the wrong place', () => {
    const problem = onlyProblem({ DATABASE_URL: url, PG_MCP_SERVER_LOG_LEVEL: 'correct-horse-battery' });
    expect(problem.message).not.toContain('correct-horse');
  });

  it.each(knownVariables)('of %s stay out of every message when they make no sense', (variable) => {
    const planted = 'planted\u0007-s3cret#@';
    for (const environment of [{ [variable]: planted }, { DATABASE_URL: url, [variable]: planted }]) {
      try {
        const shown = JSON.stringify(load(environment).entries.filter(({ source }) => !source.endsWith(variable)));
        expect(shown).not.toContain('s3cret');
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigurationError);
        expect(`${error} ${JSON.stringify(error)}`).not.toContain('s3cret');
      }
    }
  });

  it('refuse to switch READ ONLY off in a mode that only reads, and say why', () => {
    const problem = onlyProblem({ DATABASE_URL: url, PG_MCP_SERVER_USE_READONLY_TRANSACTIONS: 'false' });
    expect(problem.message).toMatch(/Writing needs a mode as well: set PG_MCP_SECURITY_MODE/);
  });

  it('count an empty variable as absent', () => {
    expect(load({ DATABASE_URL: url, PG_MCP_HTTP_PORT: '', PG_MCP_OPENAI_API_KEY: '' }).http.port).toBe(3000);
  });
});

describe('unknown keys', () => {
  it('are errors that name the nearest known variable', () => {
    expect(onlyProblem({ DATABASE_URL: url, PG_MCP_SERVER_QUERY_TIMEUOT: '3' }).message).toContain(
      'Did you mean PG_MCP_SERVER_QUERY_TIMEOUT?',
    );
    expect(onlyProblem({ DATABASE_URL: url, PG_MCP_ZZZZZZZZZZZZZZZZZZZZ: '3' }).message).toContain(
      'docs/configuration.md',
    );
  });

  it('are errors in the file, at every depth', () => {
    const path = file(
      'c.yaml',
      `databases: [{ url: "${url}", ssl_mode: require }]\nservr: {}\nopenai: { azure: { endpont: x }, tries: 2 }\n`,
    );
    expect(problemsOf({}, { file: path }).map(({ key, source, message }) => [key, source, message])).toEqual([
      ['databases[0].ssl_mode', path, 'There is no such key. Did you mean sslMode?'],
      ['servr', path, 'There is no such key. Did you mean server?'],
      ['openai.tries', path, expect.stringContaining('Known here: model, apiKey,')],
      ['openai.azure.endpont', path, 'There is no such key. Did you mean endpoint?'],
    ]);
  });

  it('at the top of the file are answered with the known ones, once each', () => {
    const path = file('c.yaml', `databases: [{ url: "${url}" }]\nzzzzzzzz: 1\n`);
    expect(onlyProblem({}, { file: path }).message).toBe(
      `There is no such key. Known here: ${['databases', ...Object.keys(SECTIONS)].join(', ')}.`,
    );
  });

  it('are errors on the command line', () => {
    expect(onlyProblem({ DATABASE_URL: url }, { flags: { prot: '1' } }).message).toContain('Did you mean --port?');
  });
});

describe('precedence', () => {
  it('is flags, environment, file, defaults', () => {
    const path = file(
      'c.yaml',
      `databases: [{ url: "${url}" }]\nhttp: { port: 1001, host: 127.0.0.2 }\nserver: { logLevel: debug }\n`,
    );
    const configuration = load(
      { PG_MCP_HTTP_PORT: '1002', PG_MCP_HTTP_HOST: '127.0.0.3' },
      { file: path, flags: { port: '1003' } },
    );
    expect(configuration.http).toMatchObject({ port: 1003, host: '127.0.0.3' });
    expect(configuration.server.logLevel).toBe('debug');
    const sources = Object.fromEntries(configuration.entries.map(({ key, source }) => [key, source]));
    expect(sources).toMatchObject({
      'http.port': 'command line --port',
      'http.host': 'environment PG_MCP_HTTP_HOST',
      'server.logLevel': `file ${path}`,
      'server.maxResultRows': 'default',
    });
  });

  it('lets a password of the environment complete the only database of the file', () => {
    const path = file('c.json', '{"databases":[{"host":"h","dbname":"shop","passwordFile":"absent"}]}');
    expect(load({ PG_MCP_DATABASE_PASSWORD: 'pw' }, { file: path }).databases[0]?.password?.reveal()).toBe('pw');
  });

  it('refuses to guess which database of several a single value is meant for', () => {
    const path = file('c.json', '{"databases":[{"dbname":"a"},{"dbname":"b"}]}');
    expect(onlyProblem({ PG_MCP_DATABASE_PASSWORD: 'pw' }, { file: path }).message).toMatch(
      /the file names 2.*passwordFile/,
    );
  });

  it('replaces the databases of the file when the environment names another, and says so', () => {
    const path = file('c.json', '{"databases":[{"dbname":"a"},{"dbname":"b"}]}');
    const configuration = load({ PG_MCP_DATABASE_DBNAME: 'c', DATABASE_URL: url }, { file: path });
    expect(configuration.databases.map(({ name }) => name)).toEqual(['c']);
    expect(configuration.notices).toHaveLength(2);
  });
});

describe('the file', () => {
  it.each([
    ['missing', undefined, /there is no such file/],
    ['broken YAML', 'databases: [\n  password: hunter2', /not valid YAML or JSON at line \d+, column \d+/],
    ['a key twice', 'server: {}\nserver: {}', /not valid YAML or JSON at line 2/],
    [
      'a second document',
      `databases: [{ dbname: a }]\n---\nserver: { maxResultRows: 5 }`,
      /more than one document.*at line 2/,
    ],
    ['a list', '- 1', /must be a mapping/],
    ['a section that is no mapping', `databases: [{ dbname: a }]\nserver: 5`, /must be a mapping/],
    [
      'an alias that explodes',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c]`,
      /alias/,
    ],
    ['an alias inside what it names', 'databases: &a\n  - *a', /an alias .*stands inside what it names/],
    [
      'a tab as indentation',
      'databases:\n\t- { dbname: a }',
      /not valid YAML or JSON at line 2, column 1 \(TAB_AS_INDENT\)/,
    ],
  ])('that is %s is an error with its path', (_, text, message) => {
    const path = text === undefined ? join(folder(), 'absent.yaml') : file('c.yaml', text);
    const problems = problemsOf({ DATABASE_URL: url }, { file: path });
    expect(problems[0]).toMatchObject({ source: path, message: expect.stringMatching(message) });
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it('may name the database, as far as anybody knows, when it cannot be read', () => {
    const problems = problemsOf({}, { file: file('c.yaml', 'databases: [') });
    expect(problems).toEqual([expect.objectContaining({ key: '--config' })]);
  });

  it('says that text which YAML takes for a number belongs in quotes', () => {
    const path = file('c.yaml', 'databases: [{ dbname: 2024, password: 12345 }]');
    const problems = problemsOf({}, { file: path });
    expect(problems.map(({ message }) => message)).toEqual([
      'It must be the name of a database, but it is the number 2024. Write it in quotes.',
      'It must be a text that is not empty, but it is a number. Write it in quotes.',
    ]);
  });

  it('lets the word system stand for the certificates of the machine', () => {
    const path = file('c.yaml', 'databases: [{ dbname: a, sslMode: verify-full, sslRootCert: system }]');
    expect(load({}, { file: path }).databases[0]?.sslRootCert).toBe('system');
  });

  it('resolves relative paths at its own folder', () => {
    file('pairs.yaml', 'pairs: []');
    file('pw', 'secret of a file\n');
    const path = file('c.yaml', 'databases: [{ dbname: a, passwordFile: pw, verifiedQueries: pairs.yaml }]');
    const [database] = load({}, { file: path }).databases;
    expect(database?.password?.reveal()).toBe('secret of a file');
    expect(database?.verifiedQueries).toBe(join(folder(), 'pairs.yaml'));
  });
});

describe('secrets', () => {
  it('come from files, without the last line break', () => {
    const path = file('pw', 'pass word \r\n');
    const configuration = load({ PG_MCP_DATABASE_DBNAME: 'a', PG_MCP_DATABASE_PASSWORD_FILE: path });
    expect(configuration.databases[0]?.password?.reveal()).toBe('pass word ');
  });

  it.each([
    ['is missing', '/nowhere/pw', /there is no such file/],
    ['is a folder', tmpdir(), /it is a folder/],
  ])('are an error when the file %s', (_, path, message) => {
    const problem = onlyProblem({ PG_MCP_DATABASE_DBNAME: 'a', PG_MCP_DATABASE_PASSWORD_FILE: path });
    expect(problem).toMatchObject({ key: 'PG_MCP_DATABASE_PASSWORD_FILE', message: expect.stringMatching(message) });
  });

  it('are an error when given twice', () => {
    const environment = {
      PG_MCP_DATABASE_DBNAME: 'a',
      PG_MCP_DATABASE_PASSWORD: 'x',
      PG_MCP_DATABASE_PASSWORD_FILE: 'y',
    };
    expect(onlyProblem(environment).message).toContain('Keep one of the two');
  });

  it('do not show in anything that prints the configuration', () => {
    const configuration = load({
      PG_MCP_DATABASE_URL: url,
      PG_MCP_OPENAI_MODEL: 'm',
      PG_MCP_OPENAI_API_KEY: 'sk-planted-0123456789',
    });
    const shown = [
      describeConfiguration(configuration),
      JSON.stringify(configuration),
      inspect(configuration, { depth: 9, showHidden: true }),
      `${configuration.databases[0]?.url}`,
    ].join('\n');
    expect(shown).not.toMatch(/hunter2|sk-planted/);
    expect(shown).toContain('[secret], at db.example.com:5433/shop');
  });
});
