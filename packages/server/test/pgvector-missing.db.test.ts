import { useDatabase, useScriptedModel } from '@pgmcp/testing/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { failure, startInProcess } from './in-process-client.ts';
import { runCommand } from './run-command.ts';

const database = useDatabase();
const model = useScriptedModel();

beforeAll(async () => {
  const owner = await database.connect();
  await owner.query('CREATE TABLE notes (id integer PRIMARY KEY, body text)');
});

const environment = () => ({
  PG_MCP_DATABASE_URL: database.url,
  PG_MCP_SERVER_TOOLSETS: 'all',
  PG_MCP_EMBEDDINGS_MODEL: 'embed-small',
  PG_MCP_EMBEDDINGS_BASE_URL: model.baseUrl,
  PG_MCP_EMBEDDINGS_DIMENSIONS: '64',
  PG_MCP_EMBEDDINGS_OWNER_URL: database.url,
});

describe('a database without pgvector', () => {
  it('is not searched by meaning, and the tool says what is missing', async () => {
    const { client } = await startInProcess(environment());
    const search = { query: 'tent', table: 'notes', column: 'body' };
    expect(await failure(client, 'semantic_search', search)).toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('CREATE EXTENSION vector'),
    });
  });

  it('gets it by embed where the server has it to install, and is refused by name where it has not', async () => {
    const owner = await database.connect();
    const offered = await owner.query("SELECT FROM pg_available_extensions WHERE name = 'vector'");
    const { code, stdout, stderr } = await runCommand(['embed', 'notes', 'body'], environment());
    if (offered.rows.length > 0) {
      expect({ code, stdout }).toMatchObject({ code: 3, stdout: expect.stringContaining('CREATE EXTENSION vector;') });
    } else {
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain('has no pgvector to install');
    }
  });
});
