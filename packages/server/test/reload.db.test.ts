import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { watchConfiguration } from '../src/cli/watch-configuration.ts';
import { loadConfiguration } from '../src/config/index.ts';
import { failure, startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase({ template: 'retail' });

const environment = () => ({ PG_MCP_DATABASE_NAME: 'retail', PG_MCP_DATABASE_URL: database.url });
const listed = (...names: string[]) => ({
  PG_MCP_DATABASES: JSON.stringify(names.map((name) => ({ name, url: database.url }))),
});
const started = (more: Record<string, string> = {}) => startInProcess({ ...environment(), ...more });

describe('a reload', () => {
  it('changes limits for the next call and keeps the connections of unchanged databases', async () => {
    const { client, services } = await started();
    await succeed(client, 'execute_query', { sql: 'SELECT 1 AS one' });
    const before = services.databases.resolve('retail');
    const reloaded = await services.reload(
      loadConfiguration({ environment: { ...environment(), PG_MCP_SERVER_MAX_RESULT_ROWS: '2' } }),
    );
    expect(reloaded).toEqual({ added: [], replaced: ['retail'], removed: [], restartNeeded: [] });
    expect(services.configuration.server.maxResultRows).toBe(2);
    const result = await succeed(client, 'execute_query', { sql: 'SELECT * FROM generate_series(1, 5)' });
    expect(result).toMatchObject({ row_count: 2, truncated: true });
    // The structure is read anew, the connections stay.
    expect(services.databases.resolve('retail')).not.toBe(before);
    expect(services.databases.resolve('retail').connections).toBe(before.connections);
  });

  it('leaves everything as it is when nothing differs', async () => {
    const { services } = await started();
    const before = services.databases.resolve('retail');
    expect(await services.reload(loadConfiguration({ environment: environment() }))).toEqual({
      added: [],
      replaced: [],
      removed: [],
      restartNeeded: [],
    });
    expect(services.databases.resolve('retail')).toBe(before);
  });

  it('adds and removes databases, and names those that are left', async () => {
    const { client, services } = await started();
    expect(await services.reload(loadConfiguration({ environment: listed('retail', 'second') }))).toMatchObject({
      added: ['second'],
      removed: [],
    });
    await succeed(client, 'execute_query', { sql: 'SELECT 1 AS one', database: 'second' });
    expect(await services.reload(loadConfiguration({ environment: listed('second') }))).toMatchObject({
      added: [],
      removed: ['retail'],
    });
    const error = await failure(client, 'execute_query', { sql: 'SELECT 1', database: 'retail' });
    expect(error).toMatchObject({ code: 'UNKNOWN_DATABASE', details: { available_databases: ['second'] } });
  });

  it('lets a running query end on the database that it started with', async () => {
    const { client, services } = await started();
    const sql = 'SELECT count(*) AS n FROM generate_series(1, 3000) a, generate_series(1, 3000) b';
    const running = succeed(client, 'execute_query', { sql });
    await vi.waitFor(() => expect(services.poolStats()[0]).toMatchObject({ lent: 1 }), { timeout: 15_000 });
    await services.reload(loadConfiguration({ environment: listed('other') }));
    expect(services.databases.names).toEqual(['other']);
    expect((await running)['rows']).toEqual([[9_000_000]]);
  });

  it('says what holds only after a restart, and keeps it', async () => {
    const { services } = await started();
    const next = loadConfiguration({
      environment: { ...environment(), PG_MCP_HTTP_PORT: '4000', PG_MCP_SERVER_TOOLSETS: 'all' },
    });
    expect((await services.reload(next)).restartNeeded.toSorted()).toEqual(['http.port', 'server.toolsets']);
    expect(services.configuration.http.port).toBe(3000);
    expect(services.configuration.server.toolsets).not.toContain('all');
  });

  it('sees that a password has changed', async () => {
    const withPassword = (password: string) => ({
      PG_MCP_DATABASES: JSON.stringify([{ name: 'retail', host: 'localhost', dbname: 'x', user: 'u', password }]),
    });
    const { services } = await startInProcess(withPassword('first-password'));
    const next = loadConfiguration({ environment: withPassword('other-password') });
    expect(await services.reload(next)).toMatchObject({ replaced: ['retail'] });
  });

  it('changes nothing when one database cannot be taken', async () => {
    const { client, services } = await started();
    const next = loadConfiguration({ environment: listed('retail', 'second') });
    const [first, second] = next.databases;
    if (!first || !second) throw new Error('two databases');
    await expect(services.reload({ ...next, databases: [first, { ...second, maxPoolSize: -1 }] })).rejects.toThrow(
      /maxConnections/,
    );
    expect(services.databases.names).toEqual(['retail']);
    await succeed(client, 'execute_query', { sql: 'SELECT 1 AS one' });
  });
});

describe('databases added while the server runs', () => {
  const second = () => {
    const [found] = loadConfiguration({ environment: listed('mine') }).databases;
    if (!found) throw new Error('one database');
    return found;
  };

  it('serve, outlive a reload, and go', async () => {
    const { client, services } = await started();
    services.addDatabase(second());
    await succeed(client, 'execute_query', { sql: 'SELECT 1 AS one', database: 'mine' });
    await services.reload(loadConfiguration({ environment: environment() }));
    expect(services.databases.names).toEqual(['retail', 'mine']);
    expect(() => services.addDatabase(second())).toThrow(/There is a database "mine" already/);
    expect(services.removeDatabase('retail')).toBe(false);
    expect(services.removeDatabase('mine')).toBe(true);
    expect(services.removeDatabase('mine')).toBe(false);
    expect(services.databases.names).toEqual(['retail']);
  });

  it('give way to a configured database of the same name', async () => {
    const { services } = await started();
    services.addDatabase(second(), 'somebody');
    await services.reload(loadConfiguration({ environment: listed('retail', 'mine') }));
    expect(services.databases.resolve('mine').owner).toBeUndefined();
  });

  it('exist for their owner alone', async () => {
    const { client, services } = await started();
    services.addDatabase(second(), 'somebody else');
    expect(await failure(client, 'execute_query', { sql: 'SELECT 1', database: 'mine' })).toMatchObject({
      code: 'UNKNOWN_DATABASE',
      details: { available_databases: ['retail'] },
    });
    expect(services.removeDatabase('mine')).toBe(false);
    services.addDatabase({ ...second(), name: 'own' }, 'local');
    await succeed(client, 'execute_query', { sql: 'SELECT 1 AS one', database: 'own' });
  });
});

describe('the watch over the files', () => {
  function folder(): string {
    const path = mkdtempSync(join(tmpdir(), 'pgmcp-reload-'));
    onTestFinished(() => rmSync(path, { recursive: true }));
    return path;
  }

  async function watched(text: string) {
    const path = folder();
    const file = join(path, 'pgmcp.yaml');
    const url = join(path, 'url');
    writeFileSync(url, database.url);
    writeFileSync(file, text);
    const { services, log } = await started();
    const load = () => loadConfiguration({ environment: {}, file });
    await services.reload(load());
    const watch = watchConfiguration({ services, load, intervalMs: 20 });
    onTestFinished(() => watch.close());
    return { services, log, file, url, watch };
  }

  const written = (rows: number) => `databases: [{ name: retail, urlFile: url }]\nserver: { maxResultRows: ${rows} }\n`;

  it('takes a changed file, and reports what changed', async () => {
    const { services, log, file } = await watched(written(10));
    writeFileSync(file, written(20));
    await vi.waitFor(() => expect(services.configuration.server.maxResultRows).toBe(20), { timeout: 15_000 });
    expect(log).toContainEqual(expect.objectContaining({ msg: 'configuration reloaded', replaced: ['retail'] }));
  });

  it('takes a changed secret', async () => {
    const { services, url } = await watched(written(10));
    const before = services.databases.resolve('retail').connections;
    writeFileSync(url, `${database.url}${database.url.includes('?') ? '&' : '?'}application_name=rotated`);
    await vi.waitFor(() => expect(services.databases.resolve('retail').connections).not.toBe(before), {
      timeout: 15_000,
    });
  });

  it('keeps the former configuration when the file is wrong, says so once, and takes the cure', async () => {
    const { services, log, file } = await watched(written(10));
    const complaints = () => log.filter(({ msg }) => String(msg).startsWith('configuration not reloaded'));
    writeFileSync(file, 'databases: [{ name: retail, urlFile: url }]\nserver: { maxResultRows: many }\n');
    await vi.waitFor(() => expect(complaints()).toHaveLength(1), { timeout: 15_000 });
    expect(complaints()[0]).toMatchObject({ problems: [{ key: 'server.maxResultRows', source: file }] });
    await sleep(100);
    expect(complaints()).toHaveLength(1);
    expect(services.configuration.server.maxResultRows).toBe(10);
    writeFileSync(file, written(30));
    await vi.waitFor(() => expect(services.configuration.server.maxResultRows).toBe(30), { timeout: 15_000 });
  });

  it('takes two that come at once in their order', async () => {
    const { services, file } = await watched(written(10));
    const held = Promise.withResolvers<void>();
    const taken: number[] = [];
    const watch = watchConfiguration({
      services: {
        configuration: services.configuration,
        logger: services.logger,
        async reload(next) {
          if (next.server.maxResultRows === 20) await held.promise;
          taken.push(next.server.maxResultRows);
          return { added: [], replaced: [], removed: [], restartNeeded: [] };
        },
      },
      load: () => loadConfiguration({ environment: {}, file }),
    });
    onTestFinished(() => watch.close());
    writeFileSync(file, written(20));
    const first = watch.reload();
    await sleep(20);
    writeFileSync(file, written(30));
    const second = watch.reload();
    await sleep(20);
    held.resolve();
    await Promise.all([first, second]);
    expect(taken).toEqual([20, 30]);
  });

  it('survives the file’s absence', async () => {
    const { services, log, file } = await watched(written(10));
    rmSync(file);
    await vi.waitFor(() => expect(log.some(({ msg }) => String(msg).includes('not reloaded'))).toBe(true), {
      timeout: 15_000,
    });
    expect(services.configuration.server.maxResultRows).toBe(10);
  });

  it('reloads at once when asked to', async () => {
    const { services, log, watch } = await watched(written(10));
    await watch.reload();
    expect(log).toContainEqual(expect.objectContaining({ msg: 'configuration reloaded', replaced: [] }));
    expect(services.configuration.server.maxResultRows).toBe(10);
  });
});
