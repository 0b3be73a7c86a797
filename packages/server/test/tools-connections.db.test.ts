import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { useDatabase } from '@pgmcp/testing/vitest';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { readDatabase } from '../src/config/index.ts';
import { checkTarget } from '../src/connections/check-target.ts';
import { redact } from '../src/observe/index.ts';
import { servicesOf } from '../src/services-of.ts';
import { failure, startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase();
const other = useDatabase();
let reader: Awaited<ReturnType<typeof other.createRole>>;

beforeAll(async () => {
  reader = await other.createRole('reader');
  const client = await other.connect();
  await client.query('CREATE TABLE notes (note text)');
  await client.query("INSERT INTO notes VALUES ('from the other')");
  await client.query(`GRANT SELECT ON notes TO ${reader.name}`);
});

const start = (more: Record<string, string> = {}) =>
  startInProcess({
    PG_MCP_DATABASE_NAME: 'shop',
    PG_MCP_DATABASE_URL: database.url,
    PG_MCP_SERVER_TOOLSETS: 'core,connections',
    PG_MCP_CONNECTIONS_ALLOWED_HOSTS: `127.0.0.1:${database.port}, db.example.com`,
    PG_MCP_CONNECTIONS_REQUIRE_TLS: 'false',
    ...more,
  });

const wanted = (more: object = {}) => ({
  name: 'mine',
  host: '127.0.0.1',
  port: other.port,
  database: other.name,
  user: reader.name,
  password: reader.password,
  ssl_mode: 'disable',
  ...more,
});

/** Asks for the password in clear text, and quotes it in its refusal. */
function repeatPassword(socket: Socket): void {
  socket.on('error', () => undefined);
  socket.once('data', () => {
    // AuthenticationCleartextPassword, and then an error that quotes the answer.
    socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]));
    socket.once('data', (answer) => {
      const said = answer.subarray(5, -1).toString('utf8');
      const fields = Buffer.from(`SFATAL\0VFATAL\0C28P01\0Mno, "${said}" is wrong\0\0`);
      const head = Buffer.alloc(5);
      head.write('E');
      head.writeInt32BE(fields.length + 4, 1);
      socket.end(Buffer.concat([head, fields]));
    });
  });
}

describe('connections that callers add', () => {
  it('are not possible unless the operator names servers and the toolset', async () => {
    for (const settings of [{ PG_MCP_CONNECTIONS_ALLOWED_HOSTS: '' }, { PG_MCP_SERVER_TOOLSETS: 'default' }]) {
      const { client } = await start(settings);
      const names = (await client.listTools()).tools.map(({ name }) => name);
      expect(names.filter((name) => name.includes('connection'))).toEqual([]);
    }
  });

  it('are tried, used like other databases, listed without secrets, tested and removed', async () => {
    const { client, log } = await start();
    const added = await succeed(client, 'add_connection', wanted());
    expect(added).toEqual({
      status: 'added',
      name: 'mine',
      server: `127.0.0.1:${other.port}`,
      database: other.name,
      user: reader.name,
      ssl_mode: 'disable',
    });
    const rows = await succeed(client, 'execute_query', { sql: 'SELECT note FROM notes', database: 'mine' });
    expect(rows['rows']).toEqual([['from the other']]);
    const listed = await succeed(client, 'list_connections', {});
    expect(listed['connections']).toHaveLength(1);
    const tested = await succeed(client, 'test_connection', { name: 'mine' });
    expect(tested).toMatchObject({
      status: 'up',
      latency_ms: expect.any(Number),
      server_version: expect.any(String),
    });
    const everything = JSON.stringify([added, rows, listed, tested, log]);
    expect(everything).not.toContain(reader.password);
    await succeed(client, 'remove_connection', { name: 'mine' });
    expect(await failure(client, 'execute_query', { sql: 'SELECT 1', database: 'mine' })).toMatchObject({
      code: 'UNKNOWN_DATABASE',
    });
  });

  it('only read, whatever the mode of the other databases is', async () => {
    const { client } = await start({
      PG_MCP_SECURITY_MODE: 'admin',
      PG_MCP_SERVER_TOOLSETS: 'core,connections,write,maintenance',
    });
    await succeed(client, 'add_connection', wanted());
    expect(
      await failure(client, 'execute_transaction', {
        queries: [{ sql: "INSERT INTO notes VALUES ('x')" }],
        database: 'mine',
      }),
    ).toMatchObject({ code: 'ACCESS_DENIED' });
  });

  it('exist for the caller who added them, and for nobody else', async () => {
    const { client, services } = await start();
    await succeed(client, 'add_connection', wanted());
    const stranger = servicesOf({ id: 'stranger', scopes: 'all' }, services);
    expect(stranger.databases.names).toEqual(['shop']);
    expect(() => stranger.databases.resolve('mine')).toThrow(expect.objectContaining({ code: 'UNKNOWN_DATABASE' }));
  });

  it('may be called the same by different callers, none of whom hears of the others', async () => {
    const { client, services } = await start({ PG_MCP_SERVER_TOOLSETS: 'core,connections,monitoring' });
    const settings = readDatabase({
      ...{
        name: 'mine',
        host: '127.0.0.1',
        port: database.port,
        dbname: 'nowhere',
        user: 'nobody',
        sslMode: 'disable',
      },
    });
    services.addDatabase(settings, 'a stranger');
    await succeed(client, 'add_connection', wanted());
    const rows = await succeed(client, 'execute_query', { sql: 'SELECT note FROM notes', database: 'mine' });
    expect(rows['rows']).toEqual([['from the other']]);
    const health = await succeed(client, 'health_check', {});
    expect(health['databases']).toEqual([
      expect.objectContaining({ name: 'shop' }),
      expect.objectContaining({ name: 'mine', status: 'up', pool: expect.objectContaining({ max: 2 }) }),
    ]);
    expect((await failure(client, 'add_connection', wanted())).message).toMatch(/Choose another name/);
    await succeed(client, 'remove_connection', { name: 'mine' });
    expect(services.databases.names).toEqual(['shop', 'mine']);
    expect(services.removeDatabase('mine', 'a stranger')).toBe(true);
  });

  it('are limited in number, and by name', async () => {
    const { client } = await start({ PG_MCP_CONNECTIONS_MAX_PER_CALLER: '1' });
    expect((await failure(client, 'add_connection', wanted({ name: 'shop' }))).message).toMatch(/Choose another name/);
    await succeed(client, 'add_connection', wanted());
    expect((await failure(client, 'add_connection', wanted({ name: 'second' }))).message).toMatch(
      /as many as one caller may have/,
    );
  });

  it('say what there is when a name is wrong', async () => {
    const { client } = await start();
    expect(await failure(client, 'remove_connection', { name: 'shop' })).toMatchObject({
      code: 'CONNECTION_NOT_FOUND',
      message: expect.stringMatching(/There is none/),
    });
    await succeed(client, 'add_connection', wanted());
    for (const tool of ['remove_connection', 'test_connection']) {
      expect(await failure(client, tool, { name: 'yours' })).toMatchObject({
        code: 'CONNECTION_NOT_FOUND',
        details: { available_connections: ['mine'] },
      });
    }
  });

  it('are not kept when they do not work, and say why without a secret', async () => {
    const { client, log } = await start();
    const secret = 'a-password-that-is-wrong';
    const error = await failure(client, 'add_connection', wanted({ database: 'nowhere', password: secret }));
    expect(error).toMatchObject({ code: 'CONNECTION_ERROR' });
    expect(JSON.stringify([error, log])).not.toContain(secret);
    expect(error.message).not.toContain('PG_MCP_');
    expect((await succeed(client, 'list_connections', {}))['connections']).toEqual([]);
  });

  it('let no caller take words out of the log and the audit log by calling them a password', async () => {
    const { client, log } = await start();
    // Whether the server asks for a password at all does not matter.
    await client.callTool({ name: 'add_connection', arguments: wanted({ password: 'add_connection' }) });
    expect(log.map(({ tool }) => tool)).toContain('add_connection');
    expect(redact('DELETE by add_connection')).toBe('DELETE by add_connection');
  });

  it('hide a password that the server repeats', async () => {
    const secret = 'a password that is repeated';
    const parrot = createServer(repeatPassword);
    await new Promise<void>((resolve) => parrot.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void parrot.close());
    const { port } = parrot.address() as AddressInfo;
    const { client, log } = await start({ PG_MCP_CONNECTIONS_ALLOWED_HOSTS: `127.0.0.1:${port}` });
    const error = await failure(client, 'add_connection', wanted({ port, password: secret }));
    expect(error).toMatchObject({ code: 'CONNECTION_ERROR', message: expect.stringContaining('is wrong') });
    expect(JSON.stringify(log)).toContain('is wrong');
    expect(JSON.stringify([error, log])).not.toContain(secret);
  });

  it('hide a password that the server repeats later', async () => {
    const secret = 'a password that is repeated';
    const sockets: Socket[] = [];
    let isHonest = true;
    const server = createServer((socket) => {
      if (!isHonest) return repeatPassword(socket);
      const upstream = createConnection(database.port, database.host);
      for (const each of [socket, upstream]) each.on('error', () => undefined);
      sockets.push(socket.pipe(upstream), upstream.pipe(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { client, log } = await start({ PG_MCP_CONNECTIONS_ALLOWED_HOSTS: `127.0.0.1:${port}` });
    await succeed(client, 'add_connection', wanted({ port, password: secret }));
    isHonest = false;
    for (const socket of sockets) socket.destroy();
    const { name } = wanted({});
    const told = [
      await failure(client, 'execute_query', { sql: 'SELECT 1', database: name }),
      await succeed(client, 'test_connection', { name }),
    ];
    for (const one of [...told, log]) expect(JSON.stringify(one)).toContain('is wrong');
    expect(JSON.stringify([told, log])).not.toContain(secret);
  });

  it('take nothing from the environment of the server', async () => {
    vi.stubEnv('PGOPTIONS', '-c application_name=leaked');
    vi.stubEnv('PGAPPNAME', 'leaked');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { client } = await start();
    await succeed(client, 'add_connection', wanted());
    const admin = await database.connect();
    const { rows } = await admin.query('SELECT DISTINCT application_name FROM pg_stat_activity WHERE datname = $1', [
      other.name,
    ]);
    expect(rows.map((row) => row.application_name)).not.toContain('leaked');
  });

  it.each([
    [{ host: 'db.example.com', port: 1 }, 'ACCESS_DENIED', /ALLOWED_HOSTS/],
    [{ host: '127.0.0.2' }, 'ACCESS_DENIED', /not one that/],
    [{ host: 'localhost' }, 'ACCESS_DENIED', /not one that/],
    [{ host: '0x7f000001' }, 'ACCESS_DENIED', /not one that/],
    [{ host: '2130706433' }, 'ACCESS_DENIED', /not one that/],
    [{ host: '::1' }, 'VALIDATION_ERROR', /host/],
    [{ host: '/var/run/postgresql' }, 'VALIDATION_ERROR', /one host name/],
    [{ host: '127.0.0.1,evil.example.com' }, 'VALIDATION_ERROR', /one host name/],
    [{ host: 'user@127.0.0.1' }, 'VALIDATION_ERROR', /one host name/],
    [{ host: '' }, 'VALIDATION_ERROR', /one host name/],
    [{ port: 0 }, 'VALIDATION_ERROR', /port/],
    [{ port: 70_000 }, 'VALIDATION_ERROR', /port/],
    [{ name: 'a b' }, 'VALIDATION_ERROR', /letters, digits/],
    [{ password: '' }, 'VALIDATION_ERROR', /password is empty/],
    [{ user: 'a\0b' }, 'VALIDATION_ERROR', /NUL/],
    [{ ssl_mode: 'maybe' }, 'VALIDATION_ERROR', /ssl_mode/],
    [{ sslkey: '/etc/passwd' }, 'VALIDATION_ERROR', /unknown argument/],
    [{ service: 'x' }, 'VALIDATION_ERROR', /unknown argument/],
    [{ url: 'postgresql://x/y' }, 'VALIDATION_ERROR', /unknown argument/],
    [{ options: '-c x=y' }, 'VALIDATION_ERROR', /unknown argument/],
  ])('refuse %j', async (more, code, message) => {
    const { client } = await start();
    const error = await failure(client, 'add_connection', wanted(more));
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(JSON.stringify(error)).not.toContain(other.url);
  });

  it('must verify the server by its certificate unless the operator says otherwise', async () => {
    const { client } = await start({ PG_MCP_CONNECTIONS_REQUIRE_TLS: 'true' });
    expect((await failure(client, 'add_connection', wanted({ ssl_mode: 'require' }))).message).toMatch(/verify-full/);
    // The embedded server has no certificate.
    expect(await failure(client, 'add_connection', wanted({ ssl_mode: 'verify-full' }))).toMatchObject({
      code: 'CONNECTION_ERROR',
    });
  });
});

describe('the list of servers', () => {
  const allowed = ['db.example.com:5432', 'localhost:5432', '[fe80::1]:5432', '10.0.0.1:5432'];
  const resolvesTo =
    (...addresses: string[]) =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '169.254.169.254',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    '::',
    'fe80::1',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
  ])('lets no name stand for %s', async (address) => {
    await expect(
      checkTarget({ host: 'db.example.com', port: 5432 }, allowed, resolvesTo('93.184.216.34', address)),
    ).rejects.toMatchObject({ code: 'ACCESS_DENIED', message: expect.stringMatching(/stands for an address/) });
  });

  it.each([
    ['db.example.com', ['93.184.216.34', '10.1.2.3']],
    ['10.0.0.1', []],
    ['fe80::1', []],
    ['localhost', ['127.0.0.1']],
  ])('lets what it names pass: %s', async (host, addresses) => {
    await expect(checkTarget({ host, port: 5432 }, allowed, resolvesTo(...addresses))).resolves.toBeUndefined();
  });

  it('says that a name is unknown', async () => {
    const unknown = () => Promise.reject(new Error('ENOTFOUND'));
    await expect(checkTarget({ host: 'db.example.com', port: 5432 }, allowed, unknown)).rejects.toMatchObject({
      code: 'CONNECTION_ERROR',
    });
  });
});
