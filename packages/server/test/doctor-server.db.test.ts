import { chmodSync, chownSync, copyFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasPgBouncer, startPgBouncer } from '../../pool/test/pgbouncer.ts';
import { loadConfiguration } from '../src/config/index.ts';
import { examineDatabase } from '../src/doctor/examine-database.ts';

const certificate = (name: string) => fileURLToPath(new URL(`../../pool/test/certificates/${name}`, import.meta.url));

let server: Awaited<ReturnType<typeof startEmbeddedPostgres>>;

async function examine(environment: Record<string, string>) {
  const configuration = loadConfiguration({ environment });
  const [written] = configuration.databases;
  if (written === undefined) throw new Error('No database.');
  const { steps } = await examineDatabase(written, configuration, new AbortController().signal);
  return (name: string) => steps.filter((step) => step.name === name);
}

beforeAll(async () => {
  server = await startEmbeddedPostgres();
  const { uid, gid } = statSync(server.dataDirectory);
  for (const name of ['server.crt', 'server.key']) {
    const path = join(server.dataDirectory, name);
    copyFileSync(certificate(name), path);
    chmodSync(path, 0o600);
    chownSync(path, uid, gid);
  }
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  await client.query('ALTER SYSTEM SET ssl = on');
  await client.query('SELECT pg_reload_conf()');
  await client.end();
});
afterAll(() => server?.stop());

describe('pgmcp doctor on a server with TLS', () => {
  const url = (mode: string, host = 'localhost') =>
    `postgresql://${server.user}@${host}:${server.port}/postgres?sslmode=${mode}`;

  it('shows the certificate, and a log-in that uses it', async () => {
    await expect
      .poll(async () => (await examine({ DATABASE_URL: url('require') }))('TLS'), { timeout: 10_000 })
      .toEqual([
        expect.objectContaining({
          status: 'ok',
          detail: expect.stringMatching(/^Certificate of \S.* by \S.*, \d+ days left; sslMode is require\.$/),
        }),
      ]);
    expect((await examine({ DATABASE_URL: url('require') }))('log-in')).toEqual([
      expect.objectContaining({ status: 'ok', detail: expect.stringContaining('with TLS') }),
    ]);
  });

  it('says why a certificate is not trusted, and what to name', async () => {
    const step = await examine({
      DATABASE_URL: url('verify-full'),
      PG_MCP_DATABASE_SSL_ROOT_CERT: certificate('other-ca.crt'),
      PG_MCP_DATABASE_BORROW_TIMEOUT: '1s',
    });
    expect(step('log-in')).toEqual([
      expect.objectContaining({ status: 'failed', cure: expect.stringContaining('PG_MCP_DATABASE_SSL_ROOT_CERT') }),
    ]);
    const trusted = await examine({
      DATABASE_URL: url('verify-full'),
      PG_MCP_DATABASE_SSL_ROOT_CERT: certificate('ca.crt'),
    });
    expect(trusted('log-in')).toEqual([expect.objectContaining({ status: 'ok' })]);
  });

  it('accepts that TLS is off on this machine', async () => {
    expect((await examine({ DATABASE_URL: url('disable') }))('TLS')).toEqual([
      expect.objectContaining({ status: 'ok', detail: 'The server offers TLS, and sslMode is disable.' }),
    ]);
  });
});

describe.skipIf(!hasPgBouncer)('pgmcp doctor through a pooler', () => {
  it('notices a pooler that is not configured, and one that is', async () => {
    const bouncer = await startPgBouncer(server, 4);
    try {
      const url = `postgresql://${server.user}@127.0.0.1:${bouncer.port}/postgres`;
      const missing = await examine({ DATABASE_URL: url, PG_MCP_DATABASE_BORROW_TIMEOUT: '1s' });
      expect(missing('log-in')).toEqual([
        expect.objectContaining({ status: 'failed', detail: expect.stringContaining('set pooler to "transaction"') }),
      ]);
      const configured = await examine({ DATABASE_URL: url, PG_MCP_DATABASE_POOLER: 'transaction' });
      expect(configured('pooler')).toEqual([
        { name: 'pooler', status: 'ok', detail: 'A pooler stands in between, as configured.' },
      ]);
      const direct = await examine({ DATABASE_URL: server.url(), PG_MCP_DATABASE_POOLER: 'transaction' });
      expect(direct('pooler')).toEqual([expect.objectContaining({ status: 'notice' })]);
    } finally {
      await bouncer.stop();
    }
  });
});
