import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PgmcpError } from '../src/errors.ts';
import type { Tool } from '../src/tools/define-tool.ts';
import { TOOLS } from '../src/tools/index.ts';
import { executeDdl } from '../src/tools/maintenance/execute-ddl.ts';
import { maintainTable } from '../src/tools/maintenance/maintain-table.ts';
import { healthCheck } from '../src/tools/monitoring/health-check.ts';
import { parseArguments } from '../src/tools/parse-arguments.ts';
import { executeQuery } from '../src/tools/query/execute-query.ts';
import { query } from '../src/tools/query/query.ts';
import { getTableSchema } from '../src/tools/schema/get-table-schema.ts';
import { batchExecute } from '../src/tools/write/batch-execute.ts';
import { executeTransaction } from '../src/tools/write/execute-transaction.ts';

function problemOf(work: () => unknown): PgmcpError {
  try {
    work();
  } catch (error) {
    if (error instanceof PgmcpError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('arguments of a tool', () => {
  it('are given back typed and trimmed when they are right', () => {
    expect(parseArguments(query, { question: '  How many?  ', limit: 10_000 })).toEqual({
      question: 'How many?',
      limit: 10_000,
    });
  });

  it('may be null where they are optional', () => {
    const given = { sql: 'SELECT 1', params: null, database: null, limit: null };
    expect(parseArguments(executeQuery, given)).toEqual({ sql: 'SELECT 1' });
    expect(problemOf(() => parseArguments(executeQuery, { sql: null })).message).toMatch(/sql/);
  });

  it('name the nearest known argument for an unknown one', () => {
    const error = problemOf(() => parseArguments(executeQuery, { sql: 'SELECT 1', Databse: 'x', zzz: 1 }));
    expect(error.code).toBe('VALIDATION_ERROR');
    expect(error.message).toContain('unknown argument "Databse" (did you mean "database"?)');
    expect(error.message).toContain('unknown argument "zzz" (known arguments: sql, params, database, limit, format)');
  });

  it.each([
    ['no arguments at all', undefined, /question/],
    ['an empty question', { question: ' \n ' }, /the question is empty/],
    ['a question that is too long', { question: 'x'.repeat(2001) }, /at most 2000 characters/],
    ['a limit of 0', { question: 'a', limit: 0 }, /limit/],
    ['a limit of 10001', { question: 'a', limit: 10_001 }, /limit/],
    ['a fractional limit', { question: 'a', limit: 1.5 }, /limit/],
    ['an unknown return type', { question: 'a', return_type: 'rows' }, /return_type/],
  ])('are refused for %s', (_why, given, message) => {
    expect(problemOf(() => parseArguments(query, given)).message).toMatch(message);
  });

  it.each([
    ['an array', [[1]], /params\[0\]: must be a text .*'\{1,2\}'/],
    ['half a character', ['\ud800'], /params\[0\]: .*lone surrogates/],
    ['a number that JSON has rounded', [2 ** 53], /params\[0\]: is a number beyond 2\^53.*as text/],
    ['a NUL', ['a\u0000b'], /params\[0\]: .*NUL/],
  ])('refuse %s as the value of a parameter', (_what, params, message) => {
    expect(problemOf(() => parseArguments(executeQuery, { sql: 'SELECT $1', params })).message).toMatch(message);
  });

  it.each([
    [executeQuery, {}, 'sql: is missing: it has to be a text'],
    [executeQuery, { sql: 1 }, 'sql: has to be a text, but is a number'],
    [executeQuery, { sql: 'SELECT 1', params: 'x' }, 'params: has to be a list, but is a text'],
    [executeQuery, { sql: 'SELECT 1', limit: '10' }, 'limit: has to be a number, but is a text'],
    [executeQuery, { sql: 'SELECT 1', limit: 1.5 }, 'limit: has to be a whole number'],
    [executeQuery, { sql: 'SELECT 1', limit: 0 }, 'limit: has to be at least 1'],
    [
      executeQuery,
      { sql: 'SELECT 1', format: 'CSVs' },
      'format: has to be one of rows, csv, markdown, json (did you mean "csv"?)',
    ],
    [executeTransaction, { queries: ['DELETE FROM t'] }, 'queries[0]: has to be an object, but is a text'],
    [getTableSchema, { tables: [] }, 'tables: has to be a list of at least 1'],
    [
      maintainTable,
      { table: 't' },
      'operation: is missing: it has to be one of vacuum, vacuum_analyze, analyze, reindex',
    ],
    [healthCheck, { deep: true }, 'unknown argument "deep" (there are none)'],
    [
      executeTransaction,
      { queries: [{ sql: 'DELETE FROM t', parms: [] }] },
      'queries[0]: unknown argument "parms" (did you mean "params"?)',
    ],
    [
      executeTransaction,
      { queries: [{ sql: 'DELETE FROM t', zzz: 1 }] },
      'queries[0]: unknown argument "zzz" (known arguments: sql, params)',
    ],
  ] as const)('are refused in words that name what has to be written: %#', (tool, given, problem) => {
    const error = problemOf(() => parseArguments<z.ZodType>(tool as unknown as Tool<z.ZodType>, given));
    expect(error.details?.['problems']).toEqual([problem]);
  });

  it.each([
    [batchExecute, 'sql', 'query'],
    [executeQuery, 'query', 'sql'],
    [executeQuery, 'max_rows', 'limit'],
    [executeTransaction, 'statements', 'queries'],
    [executeDdl, 'sql', 'statements'],
    [query, 'prompt', 'question'],
    [getTableSchema, 'table_name', 'tables'],
  ] as const)('name the argument of the same meaning: %#', (tool, given, meant) => {
    const error = problemOf(() => parseArguments<z.ZodType>(tool as unknown as Tool<z.ZodType>, { [given]: 'x' }));
    expect(error.message).toContain(`unknown argument "${given}" (did you mean "${meant}"?)`);
  });

  it('of a tool for questions are not taken for SQL', () => {
    const error = problemOf(() => parseArguments(query, { sql: 'SELECT 1' }));
    expect(error.message).toContain('unknown argument "sql" (known arguments: question, ');
  });

  it('tell a parameter of a wrong type by its place', () => {
    const error = problemOf(() => parseArguments(executeQuery, { sql: 'SELECT $1', params: [1, { deep: true }] }));
    expect(error.message).toContain('params[1]');
  });
});

describe('every text of every tool', () => {
  const texts = TOOLS.flatMap((tool) => {
    const shape = (tool.input as unknown as z.ZodObject).shape;
    return Object.entries(shape).flatMap(([name, member]) =>
      isText(member as z.ZodType) ? [[tool, name] as const] : [],
    );
  });

  it('is found', () => {
    expect(texts.length).toBeGreaterThan(20);
  });

  it('is freed of them where it is a question', () => {
    expect(parseArguments(query, { question: 'How\0 many \ud800?' })).toEqual({ question: 'How  many \ufffd?' });
  });

  it.each(texts.map(([tool, name]) => [tool.name, name, tool] as const))(
    'is bounded and takes no NUL and no half of a character: %s %s',
    (_tool, name, tool) => {
      const given = { ...Object.fromEntries(argumentsOf(tool)), [name]: undefined };
      for (const text of name === 'question' ? [] : ['a\0b', '\ud800']) {
        const { message } = problemOf(() => parseArguments(tool, { ...given, [name]: text }));
        expect(message).toMatch(new RegExp(`${name}: .*(?:NUL|character|has to|must be)`));
        expect(message.length).toBeLessThan(1_000);
      }
      const { message } = problemOf(() => parseArguments(tool, { ...given, [name]: 'x'.repeat(200_000) }));
      expect(message).toContain(name);
      expect(message.length).toBeLessThan(1_000);
    },
  );
});

/** Right values for what a tool needs. */
function argumentsOf(tool: Tool): [string, unknown][] {
  const right: Record<string, unknown> = {
    ...{ tables: ['t'], queries: [{ sql: 'SELECT 1' }], statements: ['SELECT 1'], params_list: [[]], kind: 'bar' },
    ...{ operation: 'analyze', host: '127.0.0.1', name: 'own' },
  };
  const shape = (tool.input as unknown as z.ZodObject).shape;
  return Object.entries(shape)
    .filter(([, member]) => !(member as z.ZodType).safeParse(undefined).success)
    .map(([name]) => [name, right[name] ?? 'x']);
}

function isText(schema: z.ZodType): boolean {
  return schema.safeParse('some_text').success && !schema.safeParse(1).success && !schema.safeParse(['x']).success;
}

describe('the tools', () => {
  it('have names that every client accepts, descriptions that none cuts, and schemas of plain JSON types', () => {
    for (const tool of TOOLS) {
      expect(tool.name).toMatch(/^[a-z][a-z0-9_]{0,40}$/);
      expect(tool.description.length).toBeLessThan(2048);
      // Throws for what JSON Schema cannot say, such as a date.
      const [input, output] = [tool.input, tool.output] as unknown as [z.ZodType, z.ZodType];
      expect(z.toJSONSchema(input, { io: 'input' }), tool.name).toMatchObject({ type: 'object' });
      expect(z.toJSONSchema(output, { io: 'output' }), tool.name).toMatchObject({ type: 'object' });
    }
  });
});
