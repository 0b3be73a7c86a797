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
