import { parseConnectionUrl } from '@pgmcp/pool';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

/** Any text that PostgreSQL can hold, odd characters on purpose. */
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((value) => !value.includes('\0'));
const hostName = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}(\.[a-z]{2,5})?$/);
const port = fc.integer({ min: 1, max: 65_535 });

describe('every text survives the way through a URL', () => {
  test('as user, password, database and parameter value', () => {
    fc.assert(
      fc.property(text, text, text, text, hostName, port, (user, password, database, application, host, number) => {
        const [u, p, d, a] = [user, password, database, application].map(encodeURIComponent);
        expect(parseConnectionUrl(`postgresql://${u}:${p}@${host}:${number}/${d}?application_name=${a}`)).toEqual({
          hosts: [{ host, port: number }],
          user,
          password,
          database,
          parameters: new Map([['application_name', application]]),
        });
      }),
    );
  });

  test('as a list of hosts, with and without ports, with IPv6 and unix sockets among them', () => {
    const host = fc.oneof(
      hostName,
      fc.ipV4(),
      fc.ipV6().map((address) => address),
      fc.stringMatching(/^\/[a-z]{1,10}\/[a-z :@,]{1,10}$/),
    );
    const hosts = fc.array(fc.record({ host, port: fc.option(port, { nil: undefined }) }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(hosts, (list) => {
        const written = list.map(({ host, port }) => {
          const name = host.includes(':') && !host.startsWith('/') ? `[${host}]` : encodeURIComponent(host);
          return port === undefined ? name : `${name}:${port}`;
        });
        const expected = list.map(({ host, port }) => (port === undefined ? { host } : { host, port }));
        expect(parseConnectionUrl(`postgres://user@${written.join(',')}/db`).hosts).toEqual(expected);
      }),
    );
  });

  test('and no text at all makes the parser do anything but parse or refuse, without showing the password', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (garbage) => {
        const secret = 'correct-horse-battery';
        try {
          parseConnectionUrl(`postgresql://user:${secret}${garbage}`);
        } catch (error) {
          expect(error).toMatchObject({ name: 'PoolError', code: 'INVALID_SETTINGS' });
          expect(String(error)).not.toContain(secret);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('forms that libpq knows', () => {
  test.each([
    ['postgresql://', { hosts: [], parameters: new Map() }],
    ['postgresql:///db', { hosts: [], database: 'db', parameters: new Map() }],
    ['postgresql://localhost', { hosts: [{ host: 'localhost' }], parameters: new Map() }],
    ['POSTGRES://localhost:5433', { hosts: [{ host: 'localhost', port: 5433 }], parameters: new Map() }],
    ['postgresql://user@localhost', { hosts: [{ host: 'localhost' }], user: 'user', parameters: new Map() }],
    [
      'postgresql://user:@localhost',
      { hosts: [{ host: 'localhost' }], user: 'user', password: '', parameters: new Map() },
    ],
    ['postgresql://[::1]:5432/db', { hosts: [{ host: '::1', port: 5432 }], database: 'db', parameters: new Map() }],
    ['postgresql://%2Fvar%2Frun/db', { hosts: [{ host: '/var/run' }], database: 'db', parameters: new Map() }],
    [
      'postgresql:///db?host=/tmp&port=5433',
      {
        hosts: [],
        database: 'db',
        parameters: new Map([
          ['host', '/tmp'],
          ['port', '5433'],
        ]),
      },
    ],
  ])('%s', (url, parsed) => {
    expect(parseConnectionUrl(url)).toEqual(parsed);
  });

  test('a bare "@" in the password belongs to the password', () => {
    expect(parseConnectionUrl('postgresql://user:p@ss@host/db')).toMatchObject({
      password: 'p@ss',
      hosts: [{ host: 'host' }],
    });
  });
});

describe('a malformed URL is refused with its cause', () => {
  test.each([
    ['http://localhost/db', 'must begin with postgresql://'],
    ['localhost:5432/db', 'must begin with postgresql://'],
    ['postgresql://user:50%@host/db', 'does not begin a percent-encoded'],
    ['postgresql://user:a/b@host/db', 'port must be a number'],
    ['postgresql://host:0/db', 'port must be a number'],
    ['postgresql://host:65536/db', 'port must be a number'],
    ['postgresql://::1/db', 'must stand in brackets'],
    ['postgresql://host/a/b', 'write it as %2F'],
    ['postgresql://host/db#x', 'write it as %23'],
    ['postgresql://host/db?sslmode', 'has no "=" and value'],
    ['postgresql://host/db?sslmode=require&sslmode=disable', 'given twice'],
    ['postgresql://host/d%00b', 'zero byte'],
  ])('%s', (url, cause) => {
    expect(() => parseConnectionUrl(url)).toThrow(cause);
  });
});
