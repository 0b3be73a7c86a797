import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startScriptedModel } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from './run-command.ts';

const database = useDatabase({ template: 'retail' });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgmcp-eval-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function evaluation(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return runCommand(['eval', ...words], {
    PG_MCP_DATABASE_URL: database.url,
    PG_MCP_DATABASE_NAME: 'retail',
    ...environment,
  });
}

const cases = `
cases:
  - id: stores
    question: How many stores are there?
    gold: SELECT count(*) FROM retail.stores
  - id: refunded
    question: How many refunded payments are there?
    gold:
      - SELECT count(*) FROM retail.payments WHERE status = 'refunded'
      - SELECT sum(1) FROM retail.payments WHERE status = 'refunded'
  - id: weather
    question: Did the volcano erupt in Pompeii?
    answerable: false
`;

const predictions = (statements: Readonly<Record<string, string>>): string =>
  Object.entries(statements)
    .map(([id, sql]) => JSON.stringify({ id, sql }))
    .join('\n');

const weak = () =>
  file(
    'weak.jsonl',
    predictions({ stores: 'SELECT count(*) FROM retail.store', refunded: 'SELECT nonsense FROM retail.payments' }),
  );
const strong = () =>
  file(
    'strong.jsonl',
    predictions({
      stores: 'SELECT count(store_id) FROM retail.stores',
      refunded: "SELECT count(*) FROM retail.payments WHERE status = 'refunded'",
    }),
  );

describe('eval', () => {
  it('measures without a model: tables shown, right statements let through, values found, answerability, repair', async () => {
    const plot = join(folder, 'plot.svg');
    const words = [file('cases.yaml', cases), '--predictions', weak(), '--plot', plot];
    const { code, stdout } = await evaluation(words);
    expect(code).toBe(0);
    expect(stdout).toContain('|  | cases | 3 |');
    for (const row of [
      'M1 | tables of the right statement shown (all of them in a case) | 100.0 % (100.0 %)',
      'M3 | right statements stopped by check or EXPLAIN | 0 of 2',
      'M5 | right statements that bind, where necessary after repair | 2 of 2 (100.0 %)',
      'M4 | failing predictions that bind after repair | 1 of 2 (50.0 %)',
      'M4 | running predictions changed | 0',
      'M4 | right answers before and after repair | 0 and 1 of 1',
      'M4b | feedback on an unknown column names a missing one | 0 of 1 (0.0 %)',
      'M8 | answerable told from unanswerable (AUC) | 1.000',
    ]) {
      expect(stdout).toContain(`| ${row} |`);
    }
    expect(stdout).toContain('| M6 | texts of conditions found, hits per question | 100.0 %');
    expect(stdout).toMatch(
      /M2 \| tokens of the prompt by section, estimated, p50 \| rules \d+, schema \d+, values \d+, question \d+/,
    );
    expect(stdout).toMatch(
      /Share of each stage in the added time: linking \d+ %, values \d+ %, prompt \d+ %, check \d+ %/,
    );
    expect(stdout).toMatch(/\| 42703 \| 1 \| 0 \|/);
    expect(readFileSync(plot, 'utf8')).toMatch(/^<svg [\s\S]*tables shown[\s\S]*<\/svg>/);
  });

  it('doubts the results of recorded statements, of several models at once, and compares with a run before', async () => {
    const path = file('cases.yaml', cases);
    const before = join(folder, 'offline.json');
    await evaluation([path, '--predictions', weak(), '--json', before]);
    const odd = file(
      'odd.jsonl',
      predictions({ stores: 'SELECT count(*) FROM retail.stores WHERE false', refunded: 'SELECT 1 WHERE false' }),
    );
    const both = await evaluation([path, '--predictions', `${strong()},${odd}`, '--baseline', before]);
    expect(both.code).toBe(0);
    expect(both.stdout).toContain('| M7 | answers of predictions that ran | 2 wrong, 2 right |');
    expect(both.stdout).toContain('| M7 | of these implausible | 1 wrong, 0 right |');
    expect(both.stdout).toContain('| empty_result | 1 | 0 |');
    expect(both.stdout).toMatch(/\| M7 \| confidence: AUC \/ calibration error \| 0\.\d+ \/ 0\.\d+ \|/);
    expect(both.stdout).toMatch(
      /Against the run before, recorded statements that bind: 50\.0 points \(95 % interval [\d.]+ to [\d.]+, 2 questions\)/,
    );
    const kept = JSON.parse(readFileSync(before, 'utf8'));
    expect(kept).toMatchObject({
      mode: 'offline',
      cases: [{ predictions: [{ fate: 'repaired', right: true }] }, {}, {}],
    });
    const replay = ['--mode', 'replay', '--predictions', strong(), '--baseline', before];
    expect((await evaluation([path, ...replay])).stderr).toContain('is a run of another mode (offline)');
  });

  it('ends with 3 when a run without a model is significantly worse than before', async () => {
    const many = Array.from({ length: 12 }, (_, at) => ({ id: `q${at}`, question: 'Stores?' }));
    const path = file('many-offline.json', JSON.stringify(many));
    const all = (sql: string) =>
      file(`offline-${sql.length}.jsonl`, predictions(Object.fromEntries(many.map(({ id }) => [id, sql]))));
    const before = join(folder, 'good-offline.json');
    await evaluation([path, '--predictions', all('SELECT 1'), '--json', before]);
    const worse = await evaluation([path, '--predictions', all('SELECT nonsense FROM nowhere'), '--baseline', before]);
    expect(worse).toMatchObject({ code: 3, stdout: expect.stringContaining('that bind: -100.0 points') });
  });

  it('replays recorded statements in sequence, and compares with a run before', async () => {
    const path = file('cases.yaml', cases);
    const before = join(folder, 'before.json');
    const first = await evaluation([
      path,
      '--mode',
      'replay',
      '--predictions',
      weak(),
      '--json',
      before,
      '--without-rules',
    ]);
    expect(first.stdout).toContain('| exact | 0 of ');
    const sequence = `${weak()},${strong()}`;
    const second = await evaluation([path, '--mode', 'replay', '--predictions', sequence, '--baseline', before]);
    expect(second.code).toBe(0);
    expect(second.stdout).toContain('| exact | 2 of 2 (100.0 %) |');
    expect(second.stdout).toMatch(/Against the run before: [\d.]+ points of exact \(95 % interval/);
    expect(second.stdout).toContain('Gained: stores, refunded. Lost: none.');
    expect(second.stderr).toContain('3/3 weather');
    const kept = JSON.parse(readFileSync(before, 'utf8'));
    expect(kept).toMatchObject({ pgmcp: 'evaluation', mode: 'replay', cases: [{ id: 'stores' }, {}, {}] });
    expect(JSON.stringify(kept)).not.toContain(database.url);
  });

  it('ends with 3 when there are significantly fewer right answers than before', async () => {
    const many = Array.from({ length: 12 }, (_, at) => ({
      id: `q${at}`,
      question: 'Stores?',
      gold: 'SELECT count(*) FROM retail.stores',
    }));
    const path = file('many.json', JSON.stringify(many));
    const all = (sql: string) =>
      file(`${sql.length}.jsonl`, predictions(Object.fromEntries(many.map(({ id }) => [id, sql]))));
    const before = join(folder, 'right.json');
    await evaluation([
      path,
      '--mode',
      'replay',
      '--predictions',
      all('SELECT count(*) FROM retail.stores'),
      '--json',
      before,
    ]);
    const worse = await evaluation([path, '--mode', 'replay', '--predictions', all('SELECT 1'), '--baseline', before]);
    expect(worse).toMatchObject({ code: 3, stdout: expect.stringContaining('-100.0 points') });
  });

  it('asks the configured model, and knows a right refusal', async () => {
    const model = await startScriptedModel();
    onTestFinished(() => model.close());
    model.reply(
      JSON.stringify({ status: 'answer', sql: 'SELECT count(*) FROM retail.stores' }),
      JSON.stringify({ status: 'answer', sql: "SELECT sum(1) FROM retail.payments WHERE status = 'refunded'" }),
      JSON.stringify({ status: 'unanswerable', reason: 'No volcanoes.', missing: ['volcano'] }),
    );
    const environment = { PG_MCP_OPENAI_MODEL: 'scripted', PG_MCP_OPENAI_BASE_URL: model.baseUrl };
    const { code, stdout } = await evaluation([file('cases.yaml', cases), '--mode', 'live'], environment);
    expect(code).toBe(0);
    expect(stdout).toContain('| exact | 2 of 2');
    expect(stdout).toContain('| unanswerable, recognised | 1 of 1 |');
    expect(model.requests).toHaveLength(3);
  });

  it('reads CSV, and the files of BIRD and defog', async () => {
    const csv = file('cases.csv', 'id,question,gold\na,"How many, in all?",SELECT count(*) FROM retail.stores\n');
    expect((await evaluation([csv])).stdout).toContain(
      '| M3 | right statements stopped by check or EXPLAIN | 0 of 1 |',
    );
    const bird = file(
      'bird.json',
      JSON.stringify([
        { db_id: 'retail', question: 'How many?', evidence: '', SQL: 'SELECT count(*) FROM retail.stores' },
      ]),
    );
    expect((await evaluation([bird, '--case-format', 'bird'])).stdout).toContain('0 of 1');
    const defog = file(
      'defog.csv',
      'question,query,db_name\nHow many?,"SELECT count(*) FROM retail.stores; SELECT 12",retail\n',
    );
    expect((await evaluation([defog, '--case-format', 'defog'])).stdout).toContain('0 of 1');
  });

  it.each([
    ['cases that are not there', ['nowhere.yaml'], /is not there\. Correct the path/],
    ['an unknown key', ['{"cases": [{"question": "a", "golden": "b"}]}'], /cases\[0\] does not know "golden"/],
    ['an id twice', ['[{"id": "a", "question": "a"}, {"id": "a", "question": "b"}]'], /"a" is taken already/],
    ['no cases', ['[]'], /holds no cases/],
    ['a replay of nothing', ['[{"question": "a"}]', '--mode', 'replay'], /needs --predictions/],
    ['no model', ['[{"question": "a"}]', '--mode', 'live'], /PG_MCP_OPENAI_MODEL/],
    ['an unknown mode', ['[]', '--mode', 'dead'], /--mode/],
  ])('says what is wrong with %s', async (_, [content = '', ...flags], message) => {
    const path = content.startsWith('nowhere') ? content : file('wrong.json', content);
    const { code, stderr } = await evaluation([path, ...flags]);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toMatch(message);
  });

  it('refuses a baseline and predictions that are something else', async () => {
    const path = file('cases.yaml', cases);
    const other = file('other.json', '{}');
    const replay = ['--mode', 'replay', '--predictions', strong(), '--baseline', other];
    expect((await evaluation([path, ...replay])).stderr).toContain('is no run that eval --json has written');
    const broken = file('broken.jsonl', '{"id": 1}\n');
    expect((await evaluation([path, '--predictions', broken])).stderr).toContain('Line 1 of the predictions needs');
  });
});
