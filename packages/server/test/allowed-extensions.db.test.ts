import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it } from 'vitest';
import { failure, startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase();

const start = (more: Record<string, string> = {}) =>
  startInProcess({ PG_MCP_DATABASE_NAME: 'shop', PG_MCP_DATABASE_URL: database.url, ...more });

describe('the functions of an extension', () => {
  it('run when the extension is named, and a refusal says so', async () => {
    const admin = await database.connect();
    await admin.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    const sql = "SELECT similarity('word', 'words') > 0.5 AS close, 'word' % 'words' AS near";
    const { client } = await start({ PG_MCP_SECURITY_ALLOWED_EXTENSIONS: 'pg_trgm' });
    expect((await succeed(client, 'execute_query', { sql }))['rows']).toEqual([[true, true]]);
    expect(JSON.stringify(await failure(client, 'execute_query', { sql: 'SELECT set_limit(0.1)' }))).toContain(
      'set_limit',
    );
    const { client: without } = await start();
    expect(JSON.stringify(await failure(without, 'execute_query', { sql }))).toContain('similarity');
  });
});
