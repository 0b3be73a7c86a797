import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startInProcess, succeed } from './in-process-client.ts';
import { runCommand } from './run-command.ts';

const database = useDatabase();

async function verify(words: readonly string[], environment: Readonly<Record<string, string>>) {
  return runCommand(['audit', 'verify', ...words], { DATABASE_URL: database.url, ...environment });
}

async function written(more: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'pgmcp-audit-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'audit.jsonl');
  const settings = { PG_MCP_AUDIT_FILE: file, PG_MCP_AUDIT_KEY: 'the-key-of-the-operator', ...more };
  const { client, services } = await startInProcess({ DATABASE_URL: database.url, ...settings });
  for (let index = 0; index < 3; index += 1) await succeed(client, 'execute_query', { sql: `SELECT ${index} AS n` });
  await services.close();
  return { file, settings };
}

describe('audit verify', () => {
  it('finds a log that nobody has touched whole, by configuration and by name', async () => {
    const { file, settings } = await written();
    const whole = { code: 0, stdout: expect.stringMatching(/3 records in 1 chains, 0 problems/), stderr: '' };
    expect(await verify([], settings)).toEqual(whole);
    expect(await verify([file], { PG_MCP_AUDIT_KEY: settings.PG_MCP_AUDIT_KEY, PG_MCP_AUDIT_FILE: file })).toEqual(
      whole,
    );
  });

  it('names the line that was changed and ends with 3', async () => {
    const { file, settings } = await written();
    const lines = readFileSync(file, 'utf8').split('\n');
    lines[1] = lines[1]?.replace('"principal":"local"', '"principal":"mallory"') ?? '';
    writeFileSync(file, lines.join('\n'));
    expect(await verify([], settings)).toEqual({
      code: 3,
      stdout: expect.stringMatching(/^line 2: The record is not as it was written/),
      stderr: '',
    });
  });

  it('walks the records of the store', async () => {
    const role = await database.createRole('records');
    const owner = await database.connect();
    await owner.query(`GRANT CREATE ON DATABASE ${database.name} TO ${role.name}`);
    const { settings } = await written({
      PG_MCP_STORE_URL: role.url,
      PG_MCP_STORE_AUTO_MIGRATE: 'true',
      PG_MCP_AUDIT_STORE: 'true',
    });
    expect(await verify(['--store'], settings)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('3 records'),
    });
    const { rows } = await owner.query(
      "SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'pgmcp' AND c.relkind = 'p' AND c.relname ~ 'audit'",
    );
    await owner.query(
      `UPDATE ${rows[0]?.name} SET data = jsonb_set(data, '{tool}', '"query"') WHERE data->>'sequence' = '2'`,
    );
    expect(await verify(['--store'], settings)).toMatchObject({ code: 3, stdout: expect.stringContaining('line 2') });
  });

  it.each([
    [[], {}, /There is no audit file/],
    [['/nowhere/audit.jsonl'], {}, /cannot be read: ENOENT.*Correct the path/],
    [['--store'], {}, /keeps nothing beyond the process/],
    [['a', '--store'], {}, /not both/],
  ])('refuses %j', async (words, environment, message) => {
    expect(await verify(words, environment)).toMatchObject({ code: 1, stderr: expect.stringMatching(message) });
  });
});
