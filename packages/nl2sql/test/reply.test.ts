import { describe, expect, it } from 'vitest';
import { readReply } from '../src/reply.ts';

const sql = 'SELECT name FROM stores';
const answer = JSON.stringify({
  status: 'answer',
  sql,
  interpretation: 'Names.',
  assumptions: ['all'],
  tables: ['stores'],
});

describe('readReply finds the one statement', () => {
  it.each([
    ['the object of the contract', answer],
    ['the object in a fence', `Here it is:\n\`\`\`json\n${answer}\n\`\`\`\nDone.`],
    ['the object between prose', `Sure. ${answer} Hope this helps.`],
    ['the object after a <think> block', `<think>{"sql": "DROP TABLE stores"}</think>${answer}`],
    ['the object after a block that began outside', `I drop ${'```sql\nDROP TABLE x\n```'} no</think>\n${answer}`],
    ['fenced SQL', `The query:\n\`\`\`sql\n${sql};\n\`\`\`\nIt lists names.`],
    ['a fence without language', `\`\`\`\n${sql}\n\`\`\``],
    ['a fence that is never closed', `\`\`\`sql\n${sql}`],
    ['the same fence twice', `\`\`\`sql\n${sql}\n\`\`\` again \`\`\`sql\n${sql}\n\`\`\``],
    ['SQL fenced inside the object', JSON.stringify({ status: 'answer', sql: `\`\`\`sql\n${sql}\n\`\`\`` })],
    ['bare SQL', `${sql};`],
    ['bare SQL and prose behind the semicolon', `${sql}; This lists the names of all stores.`],
    ['prose and SQL behind it', `You can use this:\n\n${sql};`],
    ['fences of other languages beside it', `\`\`\`python\nprint(1)\n\`\`\`\n\`\`\`sql\n${sql}\n\`\`\``],
    ['an object without status', JSON.stringify({ sql })],
  ])('in %s', (_, text) => {
    expect(readReply({ text })).toMatchObject({ kind: 'sql', sql });
  });

  it('with its interpretation, assumptions and tables', () => {
    expect(readReply({ text: answer })).toEqual({
      kind: 'sql',
      sql,
      interpretation: 'Names.',
      assumptions: ['all'],
      tables: ['stores'],
    });
  });

  it('and keeps a semicolon in a string and a brace in the SQL', () => {
    const text = "SELECT '{;}' AS a";
    expect(readReply({ text })).toMatchObject({ kind: 'sql', sql: text });
  });
});

describe('readReply does not use', () => {
  it.each([
    ['several statements', JSON.stringify({ status: 'answer', sql: 'SELECT 1; SELECT 2' }), /2 statements/],
    ['several statements without a fence', 'SELECT 1; DELETE FROM stores;', /2 statements/],
    ['several blocks', '```sql\nSELECT 1\n```\nor\n```sql\nSELECT 2\n```', /2 blocks/],
    ['no SQL at all', 'I cannot help with that.', /no SQL/],
    ['an answer without SQL', JSON.stringify({ status: 'answer', sql: null }), /no SQL/],
    ['nothing', '', /no answer/],
    ['only reasoning', '<think>SELECT 1</think>', /no answer/],
    ['reasoning that never ends', '<think>maybe\nSELECT 1', /no answer/],
    ['SQL of comments only', '```sql\n-- SELECT 1\n```', /no SQL/],
  ])('%s', (_, text, message) => {
    const reply = readReply({ text });
    expect(reply).toMatchObject({ kind: 'unusable', message: expect.stringMatching(message) });
  });

  it('a reply that was cut, even when its SQL looks whole', () => {
    expect(readReply({ text: answer, finishReason: 'length' })).toMatchObject({ kind: 'unusable' });
  });
});

describe('readReply reports', () => {
  it('the question the model asks back', () => {
    const text = JSON.stringify({
      status: 'clarify',
      sql: null,
      clarification: { question: 'Which?', options: ['a', 'b', 3] },
    });
    expect(readReply({ text })).toEqual({ kind: 'clarification', question: 'Which?', options: ['a', 'b'] });
  });

  it('that the question cannot be answered', () => {
    const text = JSON.stringify({
      status: 'unanswerable',
      sql: null,
      reason: 'No weather here.',
      missing: ['weather'],
    });
    expect(readReply({ text })).toEqual({ kind: 'unanswerable', reason: 'No weather here.', missing: ['weather'] });
  });
});

describe('what a model writes is bounded', () => {
  const long = 'x'.repeat(500_000);

  it('in length and number, without control characters', () => {
    const text = JSON.stringify({
      status: 'answer',
      sql,
      interpretation: `\u001b[31m${long}`,
      assumptions: Array.from({ length: 10_000 }, () => 'y'.repeat(5_000)),
      tables: Array.from({ length: 10_000 }, (_, at) => `t${at}\u0007`),
    });
    const reply = readReply({ text: text.slice(0, 190_000) });
    expect(reply.kind).toBe('unusable');
    const whole = readReply({
      text: JSON.stringify({
        status: 'answer',
        sql,
        interpretation: `\u001b[31m${long.slice(0, 50_000)}`,
        assumptions: Array.from({ length: 20 }, () => 'y'.repeat(5_000)),
        tables: Array.from({ length: 100 }, (_, at) => `t${at}\u0007`),
      }),
    });
    if (whole.kind !== 'sql') throw new Error(whole.kind);
    expect(whole.interpretation).toMatch(/^\[31mx+ \.\.\.$/);
    expect(whole.interpretation!.length).toBeLessThan(1_010);
    expect(whole.assumptions).toHaveLength(10);
    expect(whole.assumptions.every((assumption) => assumption.length < 1_010)).toBe(true);
    expect(whole.tables).toHaveLength(50);
    expect(whole.tables[0]).toBe('t0');
  });

  it('in a question back and in a reason', () => {
    const asked = readReply({
      text: JSON.stringify({
        status: 'clarify',
        clarification: { question: 'q'.repeat(5_000), options: Array.from({ length: 30 }, () => 'o'.repeat(5_000)) },
      }),
    });
    if (asked.kind !== 'clarification') throw new Error(asked.kind);
    expect([asked.question.length, asked.options.length, asked.options[0]!.length]).toEqual([1_004, 10, 1_004]);
    const none = readReply({
      text: JSON.stringify({
        status: 'unanswerable',
        reason: 'r'.repeat(5_000),
        missing: Array.from({ length: 30 }, () => 'm'),
      }),
    });
    if (none.kind !== 'unanswerable') throw new Error(none.kind);
    expect([none.reason.length, none.missing.length]).toEqual([1_004, 10]);
  });

  it('in its SQL, which is not even kept when it is longer than 32 KiB', () => {
    const reply = readReply({ text: JSON.stringify({ status: 'answer', sql: `SELECT '${'x'.repeat(40_000)}'` }) });
    expect(reply).toEqual({ kind: 'unusable', message: expect.stringContaining('32768') });
  });
});
