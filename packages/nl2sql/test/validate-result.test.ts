import { describe, expect, it } from 'vitest';
import { type Completion, createAsk, type ResultTable } from '../src/index.ts';
import { answerWith, scriptedModel, scriptedPorts } from './scripted-ports.ts';

const table: ResultTable = {
  columns: [{ name: 'name' }, { name: 'amount' }],
  rows: Array.from({ length: 9 }, (_, index) => [
    `row ${index} ${'x'.repeat(200)}`,
    index === 0 ? null : { deep: index },
  ]),
  truncated: 'rows',
};

const askWith = async (validation: string | Completion | Error, options: object = { validateResult: true }) => {
  const { schema, check, runner } = scriptedPorts();
  const model = scriptedModel(answerWith('SELECT 1'), validation);
  const ask = createAsk({ schema, check, runner: { ...runner, run: async () => table }, model }, options);
  return { outcome: await ask('Which?'), model };
};

describe('the check of a result by the model', () => {
  it('reports what the model thinks and counts its tokens', async () => {
    const usage = { promptTokens: 5, completionTokens: 2, totalTokens: 7 };
    const { outcome } = await askWith({ text: '{"ok": false, "remark": "No filter."}', usage });
    expect(outcome).toMatchObject({
      kind: 'answered',
      validation: { ok: false, remark: 'No filter.' },
      usage: { modelCalls: 2, totalTokens: 7 },
    });
  });

  it('shows five rows with short cells, fenced', async () => {
    const { model } = await askWith('{"ok": true, "remark": ""}');
    const shown = model.requests[1]!.messages[1]!.content;
    expect(shown).toContain('Rows in all: 9 (the result was cut). The first 5:');
    expect(shown).toContain('row 4');
    expect(shown).not.toContain('row 5');
    expect(shown).toContain('x... | NULL');
    expect(shown).toContain('{"deep":4}');
    expect(shown).toMatch(/<data-\w{32} of="rows">/);
  });

  it('takes whatever a driver puts into a cell', async () => {
    const { schema, check, runner } = scriptedPorts();
    const model = scriptedModel(answerWith('SELECT 1'), '{"ok": true, "remark": ""}');
    const cells = { columns: [{ name: 'n' }, { name: 'list' }], rows: [[7n, [8n]]] };
    const ports = { schema, check, runner: { ...runner, run: async () => cells }, model };
    expect(await createAsk(ports, { validateResult: true })('Which?')).toMatchObject({
      kind: 'answered',
      validation: { ok: true },
    });
    expect(model.requests[1]!.messages[1]!.content).toContain('"7" | ["8"]');
  });

  it.each([
    ['throws', new Error('down')],
    ['talks', 'It looks fine.'],
    ['is cut', { text: '{"ok": true, "remark": ""}', finishReason: 'length' as const }],
  ])('leaves the answer alone when the model %s', async (_, reply) => {
    const { outcome } = await askWith(reply);
    expect(outcome).toMatchObject({ kind: 'answered', result: table });
    expect(outcome).not.toHaveProperty('validation');
  });

  it('does not happen unless it is asked for: rows stay here', async () => {
    const { model } = await askWith('{"ok": true, "remark": ""}', {});
    expect(model.requests).toHaveLength(1);
  });
});
