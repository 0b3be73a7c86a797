import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startScriptedModel } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from './run-command.ts';

const database = useDatabase({ template: 'retail' });

async function run(words: readonly string[], environment: Readonly<Record<string, string>>) {
  return runCommand(words, { PG_MCP_DATABASE_URL: database.url, PG_MCP_DATABASE_NAME: 'retail', ...environment });
}

async function modelWith(...replies: object[]) {
  const model = await startScriptedModel();
  onTestFinished(() => model.close());
  model.reply(...(replies.map((reply) => JSON.stringify(reply)) as [string]));
  return { model, environment: { PG_MCP_OPENAI_MODEL: 'scripted', PG_MCP_OPENAI_BASE_URL: model.baseUrl } };
}

function file(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'pgmcp-examples-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'examples.json');
  writeFileSync(path, content);
  return path;
}

describe('ask', () => {
  it('prints the rows, and how they came about on standard error', async () => {
    const sql = 'SELECT count(*) AS stores FROM retail.stores';
    const { environment } = await modelWith({ status: 'answer', sql, interpretation: 'All stores.' });
    const { code, stdout, stderr } = await run(['ask', 'How many stores?'], environment);
    expect(code).toBe(0);
    expect(stdout).toMatch(/stores\n-+\n\s*12\n\(1 row\)/);
    for (const told of ['All stores.', `SQL: ${sql}`, 'Confidence: medium', '1 model calls'])
      expect(stderr).toContain(told);
  });

  it.each([
    ['prints the statement alone', ['--sql'], /^SELECT 1 AS one\n$/],
    ['prints everything as JSON', ['--json'], /"attempts"[\s\S]*"kind": "answered"/],
  ])('%s', async (_, flags, expected) => {
    const { environment } = await modelWith({ status: 'answer', sql: 'SELECT 1 AS one' });
    const { code, stdout } = await run(['ask', 'One?', ...flags], environment);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(expected) });
  });

  it.each([
    [
      3,
      { status: 'clarify', clarification: { question: 'Which date?', options: ['a.b', 'a.c'] } },
      /Which date\?[\s\S]*- a.b/,
    ],
    [4, { status: 'unanswerable', reason: 'There is no weather.', missing: ['weather'] }, /no weather/],
  ])('ends with %i when there is no answer', async (expected, reply, message) => {
    const { environment } = await modelWith(reply);
    const { code, stderr } = await run(['ask', 'What?'], environment);
    expect({ code, stderr }).toEqual({ code: expected, stderr: expect.stringMatching(message) });
  });

  it('hands the question over when no model is configured, and fails with cause and cure when the model is wrong', async () => {
    const handed = await run(['ask', 'How many stores?'], {});
    expect(handed).toMatchObject({ code: 5, stdout: expect.stringContaining('retail.stores') });
    expect(handed.stderr).toContain('name a model: PG_MCP_OPENAI_MODEL');
    const { environment } = await modelWith(
      { status: 'answer', sql: 'DROP TABLE retail.stores' },
      { status: 'answer', sql: 'DROP TABLE retail.stores' },
    );
    expect(await run(['ask', 'Drop the stores'], environment)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('UNSAFE_SQL'),
    });
  });

  it('does not remember where nothing would last', async () => {
    const { environment } = await modelWith({ status: 'answer', sql: 'SELECT 1' });
    const { code, stderr } = await run(['ask', 'One?', '--remember'], environment);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('PG_MCP_STORE_URL') });
  });
});

describe('examples', () => {
  let store: Readonly<Record<string, string>>;
  beforeAll(async () => {
    const role = await database.createRole('records');
    const owner = await database.connect();
    await owner.query(`GRANT CREATE ON DATABASE ${database.name} TO ${role.name}`);
    store = { PG_MCP_STORE_URL: role.url, PG_MCP_STORE_AUTO_MIGRATE: 'true' };
  });

  it('that are confirmed answer without the model in the next process, also with another value', async () => {
    const sql = "SELECT count(*) AS n FROM retail.payments WHERE status = 'refunded'";
    const { model, environment } = await modelWith({ status: 'answer', sql });
    const question = 'How many refunded payments?';
    const first = await run(['ask', question, '--remember'], { ...environment, ...store });
    expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining('Remembered') });
    const again = await run(['ask', question], { ...environment, ...store });
    expect(again.stderr).toContain('By a verified statement.');
    const other = await run(['ask', 'How many captured payments?', '--sql'], { ...environment, ...store });
    expect(other.stdout).toContain("status = 'captured'");
    expect(model.requests).toHaveLength(1);
    expect((await run(['examples', 'remove', question], store)).code).toBe(0);
    expect((await run(['examples', 'remove', question], store)).code).toBe(3);
  });

  it('are shown to the model with questions like theirs', async () => {
    await run(
      [
        'examples',
        'add',
        'Names of the stores by size?',
        'SELECT name FROM retail.stores ORDER BY floor_area_m2',
        '--shared',
      ],
      store,
    );
    const { model, environment } = await modelWith({ status: 'answer', sql: 'SELECT 1' });
    await run(['ask', 'Names of the stores by city?'], { ...environment, ...store });
    expect(JSON.stringify(model.requests[0]?.body)).toContain('ORDER BY floor_area_m2');
    const off = await modelWith({ status: 'answer', sql: 'SELECT 1' });
    await run(['ask', 'Names of the stores by city?'], {
      ...off.environment,
      ...store,
      PG_MCP_QUESTIONS_EXAMPLES: 'false',
    });
    expect(JSON.stringify(off.model.requests[0]?.body)).not.toContain('ORDER BY floor_area_m2');
  });

  it.each([
    ['does not parse', 'SELEC 1', /cannot read the text.*line 1/],
    ['may not run', 'DELETE FROM retail.stores', /UNSAFE_SQL/],
    ['does not bind', 'SELECT nonsense FROM retail.stores', /nonsense/],
  ])('are not added when the statement %s', async (_, sql, message) => {
    const { code, stderr } = await run(['examples', 'add', 'Why?', sql], store);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(message) });
  });

  it('go out as a file and come in again; those that no longer bind are set aside until they do', async () => {
    const owner = await database.connect();
    await owner.query('CREATE TABLE retail.shelf (a int)');
    await run(['examples', 'add', 'How full is the shelf?', 'SELECT count(*) FROM retail.shelf', '--shared'], store);
    const exported = await run(['examples', 'export', '--shared'], store);
    expect(JSON.parse(exported.stdout)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ question: 'How full is the shelf?', verifiedBy: expect.any(String) }),
      ]),
    );
    await owner.query('DROP TABLE retail.shelf');
    const checked = await run(['examples', 'check', '--shared'], store);
    expect(checked).toMatchObject({ code: 3, stderr: expect.stringContaining('1 are set aside') });
    expect((await run(['examples', 'list', '--shared'], store)).stdout).toContain('[set aside] How full is the shelf?');
    const handed = await run(['ask', 'How full is the shelf?'], store);
    expect(handed.code).toBe(5);
    await owner.query('CREATE TABLE retail.shelf (a int)');
    const imported = await run(['examples', 'import', file(exported.stdout), '--shared'], store);
    expect(imported).toMatchObject({ code: 0, stderr: expect.stringContaining('0 are set aside') });
    expect((await run(['ask', 'How full is the shelf?'], store)).code).toBe(0);
  });

  it('are set aside when their question comes after the structure changed', async () => {
    const owner = await database.connect();
    await owner.query('CREATE TABLE retail.bin (a int)');
    await run(['examples', 'add', 'How full is the bin?', 'SELECT count(*) FROM retail.bin'], store);
    await run(['ask', 'How full is the bin?'], store);
    await owner.query('DROP TABLE retail.bin');
    expect((await run(['ask', 'How full is the bin?'], store)).code).toBe(5);
    expect((await run(['examples', 'list'], store)).stdout).toContain('[set aside] How full is the bin?');
  });

  it('of a wrong file are refused with the place', async () => {
    const { code, stderr } = await run(['examples', 'import', file('[{"question": 1}]')], store);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('examples[0].question must be a string'),
    });
  });
});
