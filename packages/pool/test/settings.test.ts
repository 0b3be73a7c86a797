import { checkSettings, createPools, type DatabaseSettings } from '@pgmcp/pool';
import { describe, expect, test } from 'vitest';
import { resolveSettings } from '../src/resolve-settings.ts';

const resolve = (settings: Partial<DatabaseSettings>, environment = {}) =>
  resolveSettings({ name: 'shop', ...settings }, { PGUSER: 'reader', ...environment });

describe('a setting is taken from the first that says something: part, URL, environment, default', () => {
  test('the defaults', () => {
    expect(resolve({})).toMatchObject({
      hosts: [{ host: 'localhost', port: 5432 }],
      user: 'reader',
      database: 'reader',
      sslMode: 'prefer',
      applicationName: 'pgmcp',
      minConnections: 0,
      maxConnections: 10,
      connectTimeoutMs: 2_000,
      borrowTimeoutMs: 3_000,
      idleTimeoutMs: 30_000,
      maxLifetimeMs: 600_000,
      statementTimeoutMs: 30_000,
      lockTimeoutMs: 5_000,
      targetSessionAttrs: 'any',
      loadBalanceHosts: 'disable',
      pooler: 'none',
      password: undefined,
    });
  });

  test('the environment', () => {
    const environment = {
      PGHOST: 'db.example',
      PGPORT: '5433',
      PGDATABASE: 'shop',
      PGUSER: 'ann',
      PGPASSWORD: 'secret',
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: '/ca.pem',
      PGSSLCERT: '/me.pem',
      PGSSLKEY: '/me.key',
      PGAPPNAME: 'reports',
      PGCONNECT_TIMEOUT: '7',
      PGOPTIONS: '-c geqo=off',
    };
    expect(resolve({}, environment)).toMatchObject({
      hosts: [{ host: 'db.example', port: 5433 }],
      database: 'shop',
      user: 'ann',
      password: 'secret',
      sslMode: 'verify-full',
      sslRootCert: '/ca.pem',
      sslCert: '/me.pem',
      sslKey: '/me.key',
      applicationName: 'reports',
      connectTimeoutMs: 7_000,
      options: '-c geqo=off',
    });
  });

  test('the URL before the environment', () => {
    const url = 'postgresql://ann:secret@db.example:6000/shop?sslmode=require&application_name=web&connect_timeout=4';
    expect(resolve({ url }, { PGHOST: 'other', PGPORT: '1', PGDATABASE: 'other', PGSSLMODE: 'disable' })).toMatchObject(
      {
        hosts: [{ host: 'db.example', port: 6000 }],
        database: 'shop',
        user: 'ann',
        password: 'secret',
        sslMode: 'require',
        applicationName: 'web',
        connectTimeoutMs: 4_000,
      },
    );
  });

  test('a part before the URL', () => {
    const url = 'postgresql://ann:secret@db.example:6000/shop?sslmode=require';
    expect(resolve({ url, port: 7000, password: 'newer', database: 'test', sslMode: 'disable' })).toMatchObject({
      hosts: [{ host: 'db.example', port: 7000 }],
      database: 'test',
      password: 'newer',
      sslMode: 'disable',
    });
  });

  test('variables that are set to nothing say nothing', () => {
    expect(resolve({}, { PGPORT: '', PGCONNECT_TIMEOUT: '', PGHOST: '', PGSSLROOTCERT: '' })).toMatchObject({
      hosts: [{ host: 'localhost', port: 5432 }],
      connectTimeoutMs: 2_000,
      sslMode: 'prefer',
    });
  });

  test('a host without a port takes PGPORT', () => {
    expect(resolve({ url: 'postgresql://a,b:6000/shop' }, { PGPORT: '7000' }).hosts).toEqual([
      { host: 'a', port: 7000 },
      { host: 'b', port: 6000 },
    ]);
  });
});

describe('a text that lists hosts, as in libpq', () => {
  test.each([
    [{}, { PGHOST: 'a,b' }, ['a:5432', 'b:5432']],
    [{}, { PGHOST: 'a,b', PGPORT: '6000' }, ['a:6000', 'b:6000']],
    [{}, { PGHOST: 'a,b,/run', PGPORT: '6000,,7000' }, ['a:6000', 'b:5432', '/run:7000']],
    [{ host: 'a,b', port: 6000 }, {}, ['a:6000', 'b:6000']],
    [{ url: 'postgresql://u@/shop?host=a,b&port=6000,6001' }, {}, ['a:6000', 'b:6001']],
    [{ url: 'postgresql://u@a,b:7000/shop' }, { PGPORT: '6000,6001' }, ['a:6000', 'b:7000']],
    [{ url: 'postgresql://u@a/shop?host=b' }, {}, ['b:5432']],
    [{ url: 'postgresql://u@a:6000/shop?port=7000' }, {}, ['a:7000']],
    [{ url: 'postgresql://u@a:6000,b/shop?port=7000,7001' }, {}, ['a:7000', 'b:7001']],
    [{ url: 'postgresql://u@a:6000/shop', host: '' }, { PGHOST: 'b' }, ['a:6000']],
    [{ url: 'postgresql://u@[fe80::1%25eth0]:6000,[::1]/shop' }, {}, ['fe80::1%eth0:6000', '::1:5432']],
    [{ url: 'postgresql://u@%2Frun%2Fa%20b:6000/shop' }, {}, ['/run/a b:6000']],
  ])('%j with %j', (settings, environment, expected) => {
    expect(resolve(settings, environment).hosts.map(({ host, port }) => `${host}:${port}`)).toEqual(expected);
  });

  test.each([
    [{}, { PGHOST: 'a,b', PGPORT: '1,2,3' }, '3 ports are given for 2 hosts'],
    [{}, { PGHOST: 'a', PGPORT: '1,2' }, '2 ports are given for 1 hosts'],
    [{}, { PGHOST: 'a,b', PGPORT: '1,x' }, 'port must be a whole number'],
    [{ url: 'postgresql://u@/shop?host=a,b&port=1,65536' }, {}, 'port must be a whole number'],
  ])('%j with %j is refused', (settings, environment, problem) => {
    expect(() => resolve(settings, environment)).toThrow(problem);
  });
});

describe('what is not valid is refused with the name of the database and the cause', () => {
  const bad: readonly [string, Record<string, unknown>, string][] = [
    ['an unknown key', { maxConections: 5 }, 'unknown setting "maxConections"'],
    ['a key in another style', { max_connections: 5 }, 'did you mean "maxConnections"?'],
    ['no connections', { maxConnections: 0 }, 'maxConnections must be a whole number from 1 to 1000'],
    ['a fraction', { statementTimeoutMs: 1.5 }, 'statementTimeoutMs must be a whole number'],
    ['a number as text', { port: '5432' }, 'port must be a whole number'],
    ['a port out of range', { port: 70_000 }, 'port must be a whole number from 1 to 65535'],
    ['more at least than at most', { minConnections: 5, maxConnections: 4 }, 'minConnections must not be larger'],
    [
      'an unknown sslMode',
      { sslMode: 'no-verify' },
      'sslMode must be one of disable, allow, prefer, require, verify-ca, verify-full',
    ],
    ['verify-ca without a root', { sslMode: 'verify-ca' }, 'needs sslRootCert'],
    ['a certificate without its key', { sslCert: '/c.pem' }, 'sslCert and sslKey must be given together'],
    ['an unknown pooler', { pooler: 'session' }, 'pooler must be none or transaction'],
    [
      'options through a pooler',
      { pooler: 'transaction', options: '-c geqo=off' },
      'options cannot be sent through a pooler',
    ],
    ['a password that is no text', { password: 5 }, 'password must be a text'],
    ['a zero byte', { user: 'a\0b' }, 'user must be a text without zero bytes'],
    ['roles that are no list', { roles: 'reader' }, 'roles must be a list'],
    ['an unknown URL parameter', { url: 'postgresql://h/d?colour=red' }, 'an unknown parameter; known are host, port'],
    ['a parameter of another driver', { url: 'postgresql://h/d?ssl=true' }, 'parameter ssl (use sslmode=require'],
    ['GSSAPI', { url: 'postgresql://h/d?gssencmode=require' }, 'parameter gssencmode (leave it out'],
    ['an sslmode without a value', { url: 'postgresql://h/d?sslmode=' }, 'gives sslmode without a value'],
    ['no value for channel_binding', { url: 'postgresql://h/d?channel_binding=' }, 'channel_binding without a value'],
    ['an empty sslMode', { sslMode: '' }, 'sslMode is empty'],
    [
      'an unknown kind of server',
      { targetSessionAttrs: 'master' },
      'targetSessionAttrs must be one of any, read-write',
    ],
    ['an unknown order of hosts', { loadBalanceHosts: 'yes' }, 'loadBalanceHosts must be one of disable, random'],
    ['an encrypted connection that anybody can answer', { sslMode: 'require', sslRootCert: 'system' }, 'too weak'],
    ['a negative wait for locks', { lockTimeoutMs: -1 }, 'lockTimeoutMs must be a whole number from 0'],
    ['a port in the URL that is none', { url: 'postgresql:///d?port=x' }, 'port must be a whole number'],
    ['a connect_timeout that is none', { url: 'postgresql://h/d?connect_timeout=soon' }, 'whole number of seconds'],
  ];
  test.each(bad)('%s', (_, settings, message) => {
    expect(() => resolve(settings as Partial<DatabaseSettings>)).toThrow(
      expect.objectContaining({ code: 'INVALID_SETTINGS', message: expect.stringMatching(/shop|URL/) }),
    );
    expect(() => resolve(settings as Partial<DatabaseSettings>)).toThrow(message);
  });

  test('a database without a name', () => {
    expect(() => createPools([{ name: '' }])).toThrow('Every database needs a name');
  });

  test('two databases with the same name', () => {
    expect(() =>
      createPools([
        { name: 'a', user: 'u' },
        { name: 'a', user: 'u' },
      ]),
    ).toThrow('Two databases are called "a"');
  });

  test('without making a pool', () => {
    expect(() => checkSettings({ name: 'shop', user: 'u', maxConnections: 0 }, {})).toThrow('maxConnections must be');
    expect(checkSettings({ name: 'shop', user: 'u', minConnections: 5 }, {})).toBeUndefined();
  });

  test('the message never holds the password', () => {
    expect(() => resolve({ password: 'hunter2', sslMode: 'x' as never })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });
});

describe('what libpq would do because of a setting that is not read here', () => {
  test.each([
    ['PGSERVICE', 'write host, database and user here'],
    ['PGHOSTADDR', 'put the address into PGHOST'],
  ])('%s is refused where nothing else says where the server is', (variable, cure) => {
    expect(() => resolve({}, { [variable]: 'x' })).toThrow(`${variable} is set, which is not understood here`);
    expect(() => resolve({}, { [variable]: 'x' })).toThrow(cure);
    for (const named of [{ url: 'postgresql://h/d' }, { host: 'h' }, { url: 'postgresql:///d?host=h' }])
      expect(resolve(named, { [variable]: 'x' }).hosts).toEqual([{ host: 'h', port: 5432 }]);
    expect(resolve({}, { [variable]: 'x', PGHOST: 'h' }).hosts).toEqual([{ host: 'h', port: 5432 }]);
    expect(() => resolve({}, { [variable]: '' })).not.toThrow();
  });

  test.each(['PGREQUIRESSL', 'PGREQUIREAUTH', 'PGREQUIREPEER', 'PGSSLCRL', 'PGSSLCRLDIR'])(
    '%s would make it stricter, and is refused',
    (variable) => {
      expect(() => resolve({ url: 'postgresql://h/d' }, { [variable]: 'x' })).toThrow(`"shop": ${variable} is set`);
      expect(() => resolve({ url: 'postgresql://h/d' }, { [variable]: '' })).not.toThrow();
    },
  );

  test('parameters that ask for what is done anyway may stand in a URL', () => {
    const url = 'postgresql://h/d?gssencmode=disable&client_encoding=UTF8&sslnegotiation=postgres&uselibpqcompat=true';
    expect(resolve({ url }).hosts).toEqual([{ host: 'h', port: 5432 }]);
  });

  test('a piece of a password that reads like a parameter is not shown', () => {
    const refused = expect.objectContaining({ message: expect.not.stringContaining('hunter2') });
    expect(() => resolve({ url: 'postgresql://u@h/d?password=a&hunter2=b' })).toThrow(refused);
  });

  test('public roots are trusted for nothing but the host that was asked for, as in libpq', () => {
    expect(resolve({ sslRootCert: 'system' }).sslMode).toBe('verify-full');
    expect(resolve({}, { PGSSLROOTCERT: 'system' }).sslMode).toBe('verify-full');
    for (const sslMode of ['disable', 'allow', 'prefer', 'require', 'verify-ca'])
      expect(() => resolve({ url: `postgresql://h/d?sslmode=${sslMode}&sslrootcert=system` })).toThrow('verify-full');
  });

  test.each(['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby'])(
    'target_session_attrs may be %s',
    (value) => {
      expect(resolve({ url: `postgresql://h/d?target_session_attrs=${value}` }).targetSessionAttrs).toBe(value);
      expect(resolve({}, { PGTARGETSESSIONATTRS: value }).targetSessionAttrs).toBe(value);
    },
  );

  test('the order of hosts may be drawn', () => {
    expect(resolve({ url: 'postgresql://a,b/d?load_balance_hosts=random' }).loadBalanceHosts).toBe('random');
    expect(resolve({}, { PGLOADBALANCEHOSTS: 'random' }).loadBalanceHosts).toBe('random');
  });
});

describe('pools that have not connected', () => {
  test('know their names, and an unknown name is an error that lists them', async () => {
    const pools = createPools([
      { name: 'a', user: 'u' },
      { name: 'b', user: 'u' },
    ]);
    expect(pools.names()).toEqual(['a', 'b']);
    expect(() => pools.database('c')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_DATABASE', details: { known: ['a', 'b'] } }),
    );
    await pools.close();
  });

  test('show their settings without secrets', async () => {
    const pools = createPools([{ name: 'a', url: 'postgresql://u:hunter2@h:1/d', sslKey: '/k', sslCert: '/c' }], {
      environment: {},
    });
    expect(pools.database('a').settings).toEqual({
      targets: ['h:1'],
      database: 'd',
      user: 'u',
      sslMode: 'prefer',
      applicationName: 'pgmcp',
      maxConnections: 10,
      statementTimeoutMs: 30_000,
      pooler: 'none',
    });
    expect(JSON.stringify([pools, pools.database('a'), pools.stats()])).not.toContain('hunter2');
    await pools.close();
  });

  test('refuse a binding that is not valid before anything is sent', async () => {
    const pools = createPools([{ name: 'a', user: 'u', roles: ['reader'], statementsAreGuarded: true }]);
    const a = pools.database('a');
    const bad: readonly [object, string][] = [
      [{ timeout: 5 }, 'unknown option "timeout"'],
      [{ timeoutMs: 0 }, 'timeoutMs must be a whole number from 1'],
      [{ maxRows: -1 }, 'maxRows must be a whole number from 1'],
      [{ maxBytes: Number.NaN }, 'maxBytes must be a whole number from 1'],
      [{ lockTimeoutMs: 0 }, 'lockTimeoutMs must be a whole number from 1'],
      [{ access: 'admin' }, 'access must be read-only or read-write'],
      [{ session: { role: 'postgres' } }, 'not in the roles'],
      [{ session: { user: 'x' } }, 'unknown key "user" in session'],
      [{ session: { settings: { role: 'postgres' } } }, '"role" in session.settings is not allowed'],
      [{ session: { settings: { transaction_read_only: 'off' } } }, '"transaction_read_only" in session.settings'],
      [{ session: { settings: { statement_timeout: '0' } } }, '"statement_timeout" in session.settings is not allowed'],
      [{ session: { settings: { 'app.x': 5 } } }, 'must be a text'],
      [{ session: { settings: { jit: false } } }, 'must be a text'],
    ];
    for (const [binding, message] of bad) expect(() => a.with(binding)).toThrow(message);
    expect(() =>
      a.with({ session: { role: 'reader', settings: { 'app.tenant': '1', search_path: 'x' } } }),
    ).not.toThrow();
    await pools.close();
  });

  test('refuse an identity in plain settings unless the owner says that a guard refuses set_config', async () => {
    const pools = createPools([{ name: 'a', user: 'u' }]);
    const settings = { 'request.jwt.claims': '{}' };
    expect(() => pools.database('a').with({ session: { settings } })).toThrow(
      /"request\.jwt\.claims" is no identity .* sign session\.claims, or set statementsAreGuarded: true/,
    );
    expect(() => createPools([{ name: 'b', user: 'u', statementsAreGuarded: 1 as never }])).toThrow(
      'statementsAreGuarded must be true or false',
    );
    await pools.close();
  });

  test('refuse settings of a session that could change more than plans', () => {
    for (const session of [{ role: 'x' }, { statement_timeout: '0' }, { log_statement: 'none' }, { 'app.x': '1' }])
      expect(() => createPools([{ name: 'a', user: 'u', session }])).toThrow('in session is not allowed');
    expect(() => createPools([{ name: 'a', user: 'u', session: { jit: true as never } }])).toThrow('must be a text');
    expect(() => createPools([{ name: 'a', user: 'u', session: { work_mem: '8MB', JIT: 'off' } }])).not.toThrow();
  });

  test('refuse statements and parameters that the protocol cannot carry', async () => {
    const pools = createPools([{ name: 'a', user: 'u' }]);
    const a = pools.database('a');
    await expect(a.table('SELECT 1\0')).rejects.toThrow('zero byte');
    await expect(a.table(undefined as never)).rejects.toThrow('must be a text');
    await expect(a.table('SELECT $1', 'x' as never)).rejects.toThrow('must be an array');
    await expect(a.table('SELECT $1', [new Date(Number.NaN)])).rejects.toThrow('invalid Date');
    await expect(a.table('SELECT $1', [() => 1])).rejects.toThrow('function cannot be sent');
    await expect(a.table('SELECT 1', new Array(65_536).fill(1))).rejects.toThrow('at most 65535 parameters');
    await pools.close();
  });

  test('refuse calls after close', async () => {
    const pools = createPools([{ name: 'a', user: 'u' }]);
    await pools.close();
    await expect(pools.database('a').query('SELECT 1')).rejects.toMatchObject({ code: 'CLOSED' });
  });
});
