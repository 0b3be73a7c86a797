import { describe, expect, it } from 'vitest';
import { createAsk } from '../src/index.ts';
import { parsePort } from './parse-port.ts';
import { answerWith, scriptedModel, scriptedPorts } from './scripted-ports.ts';
import { shop } from './shop.ts';

describe('a function that the check does not know', () => {
  const check = {
    check: async (sql: string) => {
      const at = sql.indexOf('year(');
      const position = { line: 1, column: at + 1, length: 4 };
      const message = 'year is not a function of PostgreSQL itself';
      return at === -1
        ? { allowed: true as const }
        : { allowed: false as const, violations: [{ code: 'function', name: 'year', message, position }] };
    },
  };

  it('is written as PostgreSQL has it, and the new text is checked', async () => {
    const { schema, runner } = scriptedPorts();
    const model = scriptedModel(answerWith('SELECT year(placed) FROM orders'));
    const ports = { schema, check, runner, model, parse: parsePort, catalog: { snapshot: () => shop } };
    expect(await createAsk(ports)('Years?')).toMatchObject({
      kind: 'answered',
      sql: 'SELECT EXTRACT(YEAR FROM placed) FROM orders',
      usage: { modelCalls: 1 },
      attempts: [{ repairs: [{ rule: 'function' }] }],
    });
  });

  it('is told to the model when there is nothing to parse with', async () => {
    const { schema, runner } = scriptedPorts();
    const model = scriptedModel(answerWith('SELECT year(placed) FROM orders'), answerWith('SELECT 1'));
    await createAsk({ schema, check, runner, model })('Years?');
    expect(model.requests[1]!.messages.at(-1)!.content).toContain("Use only PostgreSQL's own functions.");
  });
});

describe('what the check refuses as not PostgreSQL’s own', () => {
  const refusing = (code: string, name: string) => ({
    check: async (sql: string) => {
      const before = sql.slice(0, sql.indexOf(name)).split('\n');
      const position = { line: before.length, column: [...before.at(-1)!].length + 1 };
      return sql.includes(name)
        ? { allowed: false as const, violations: [{ code, name, message: `${name} is not known`, position }] }
        : { allowed: true as const };
    },
  });
  const askWith = (code: string, name: string, sql: string) => {
    const { schema, runner, ran, explained } = scriptedPorts();
    const model = scriptedModel(answerWith(sql));
    const ports = {
      schema,
      check: refusing(code, name),
      runner,
      model,
      parse: parsePort,
      catalog: { snapshot: () => shop },
    };
    return { outcome: createAsk(ports, { maxRepairs: 0 })('Which?'), ran, explained };
  };

  it.each([
    ['type', 'signed', 'SELECT CAST(code AS signed) FROM stores', 'SELECT CAST(code AS bigint) FROM stores'],
    ['type', 'datetime', "SELECT 'ä'\n, name::datetime FROM stores", "SELECT 'ä'\n, name::timestamp FROM stores"],
    ['operator', '==', 'SELECT 1 FROM stores WHERE code == name', 'SELECT 1 FROM stores WHERE code = name'],
    [
      'operator',
      '<=>',
      'SELECT 1 FROM stores WHERE code <=> NULL',
      'SELECT 1 FROM stores WHERE code IS NOT DISTINCT FROM NULL',
    ],
  ])('is written as PostgreSQL has it: a %s %s', async (code, name, sql, expected) => {
    expect(await askWith(code, name, sql).outcome).toMatchObject({ kind: 'answered', sql: expected });
  });

  it.each([
    ['operator', '+', 'SELECT code + name FROM stores'],
    ['operator', '~', "SELECT 1 FROM stores WHERE name ~ 'a'"],
    ['operator', '||', 'SELECT code || name FROM stores'],
    ['type', 'secret', 'SELECT code::secret FROM stores'],
    ['function', 'pg_sleep', 'SELECT pg_sleep(60) FROM stores'],
    ['statement', 'SELECT', 'SELECT 1'],
  ])('stays refused when another spelling would only get around it: a %s %s', async (code, name, sql) => {
    const { outcome, ran, explained } = askWith(code, name, sql);
    expect(await outcome).toMatchObject({ kind: 'refused', violations: [{ code }] });
    expect([...ran, ...explained]).toEqual([]);
  });

  it('is a syntax error with its place and hint when it cannot be read', async () => {
    const { schema, runner } = scriptedPorts();
    const violation = {
      code: 'syntax',
      message: 'syntax error at "WHRE"',
      hint: 'Write WHERE.',
      position: { line: 2, column: 1 },
    };
    const check = {
      check: async (sql: string) =>
        sql.includes('WHRE') ? { allowed: false as const, violations: [violation] } : { allowed: true as const },
    };
    const model = scriptedModel(answerWith('SELECT 1 FROM stores\nWHRE code = 1'), answerWith('SELECT 1'));
    const outcome = await createAsk({ schema, check, runner, model })('Which?');
    expect(outcome.attempts[0]).toMatchObject({
      error: { sqlState: '42601', message: violation.message, hint: violation.hint, position: 22 },
    });
    expect(model.requests[1]!.messages.at(-1)!.content).toContain('Write WHERE.');
  });
});

it('a check that is busy ends the question as retryable, without another call', async () => {
  const { schema, runner } = scriptedPorts();
  const violations = [{ code: 'parser', message: 'The queue is full.' }];
  const check = { check: async () => ({ allowed: false as const, violations, retryable: true }) };
  const model = scriptedModel(answerWith('SELECT 1'), answerWith('SELECT 2'));
  const outcome = await createAsk({ schema, check, runner, model })('Which?');
  expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'CONTEXT_ERROR', retryable: true } });
  expect(model.requests).toHaveLength(1);
});

it('a check that breaks ends the question, and nothing reaches the database', async () => {
  const { schema, runner, explained } = scriptedPorts();
  const check = { check: () => Promise.reject(new Error('worker lost')) };
  const outcome = await createAsk({ schema, check, runner, model: scriptedModel(answerWith('SELECT 1')) })('Which?');
  expect(outcome).toMatchObject({
    kind: 'failed',
    error: { code: 'CONTEXT_ERROR', message: expect.stringContaining('worker lost') },
  });
  expect(explained).toEqual([]);
});
