import { readFileSync } from 'node:fs';
import { Nl2sqlError } from '@pgmcp/nl2sql';
import { PoolError } from '@pgmcp/pool';
import { describe, expect, it } from 'vitest';
import { toPgmcpError } from '../src/classify-error.ts';
import { connectionCure } from '../src/connection-cure.ts';
import { type ConnectedDatabase, createDatabases } from '../src/databases.ts';
import { ERROR_CODES, PgmcpError } from '../src/errors.ts';
import { isPostgresError, postgresFailure } from '../src/postgres-error.ts';
import { refusal } from '../src/refusal.ts';
import { positionOf } from '../src/text-position.ts';

const call = { requestId: 'request-7', signal: new AbortController().signal };

function serverError(code: string, fields: Record<string, string> = {}) {
  return Object.assign(new Error(`message of ${code}`), { severity: 'ERROR', code, ...fields });
}

describe('an error for the caller', () => {
  it.each([
    ['42601', 'SYNTAX_ERROR'],
    ['42P01', 'SYNTAX_ERROR'],
    ['42501', 'EXECUTION_ERROR'],
    ['57014', 'EXECUTION_TIMEOUT'],
    ['25006', 'UNSAFE_SQL'],
    ['22012', 'EXECUTION_ERROR'],
    ['28P01', 'CONNECTION_ERROR'],
    ['3D000', 'CONNECTION_ERROR'],
    ['53300', 'CONNECTION_ERROR'],
    ['57P01', 'CONNECTION_ERROR'],
  ])('of SQLSTATE %s has the code %s and keeps the SQLSTATE', (sqlState, code) => {
    const error = toPgmcpError(serverError(sqlState), call);
    expect(error).toMatchObject({ code, details: { sqlstate: sqlState } });
  });

  it.each(['40001', '40P01', '55P03'])('of SQLSTATE %s may be tried again', (sqlState) => {
    expect(toPgmcpError(serverError(sqlState), call)).toMatchObject({ code: 'EXECUTION_ERROR', retryable: true });
    expect(toPgmcpError(serverError('22012'), call)).toMatchObject({ retryable: false });
  });

  it('says line and column, counting characters as PostgreSQL does, and leaves DETAIL out', () => {
    const sql = "SELECT '😀',\n  nme FROM t";
    const error = postgresFailure(
      serverError('42703', { position: '15', hint: 'Perhaps "name".', detail: 'row (1, secret)' }),
      sql,
    );
    expect(error.details).toEqual({ sqlstate: '42703', position: { line: 2, column: 3 }, hint: 'Perhaps "name".' });
    expect(JSON.stringify(error)).not.toContain('secret');
  });

  it.each([
    ['CONNECT_FAILED', 'CONNECTION_ERROR'],
    ['BUSY', 'CONNECTION_ERROR'],
    ['TIMEOUT', 'EXECUTION_TIMEOUT'],
    ['RESULT_TOO_LARGE', 'RESULT_TOO_LARGE'],
    ['COPY_REFUSED', 'UNSAFE_SQL'],
    ['CANCELLED', 'CANCELLED'],
  ] as const)('of the pool with %s has the code %s', (poolCode, code) => {
    const thrown = new PoolError(poolCode, 'at postgresql://user:hunter2@host/db', {
      retryable: true,
      retryAfterMs: 50,
    });
    const error = toPgmcpError(thrown, call);
    expect(error).toMatchObject({ code, retryable: true, retryAfterMs: 50 });
    expect(error.message).not.toContain('hunter2');
  });

  it('of the model says so, and a limit in front of the model speaks for itself', () => {
    expect(toPgmcpError(new Nl2sqlError('MODEL_ERROR', 'down', { status: 503, retryable: true }), call)).toMatchObject({
      code: 'OPENAI_ERROR',
      details: { status: 503 },
      retryable: true,
    });
    const limit = new PgmcpError('RATE_LIMIT_EXCEEDED', 'slow down');
    expect(toPgmcpError(new Nl2sqlError('MODEL_ERROR', 'limit', { cause: limit }), call)).toBe(limit);
  });

  it('that nobody foresaw gives nothing away but the request id', () => {
    const error = toPgmcpError(new TypeError("Cannot read 'hunter2'"), call);
    expect(error.code).toBe('INTERNAL_ERROR');
    expect(error.message).toContain('request-7');
    expect(error.message).not.toContain('hunter2');
  });

  it('of a call that was aborted is CANCELLED, whatever broke because of it', () => {
    const aborted = { requestId: 'r', signal: AbortSignal.abort() };
    expect(toPgmcpError(new Error('socket closed'), aborted).code).toBe('CANCELLED');
  });

  it('of the guard names the reason, the place and the option', () => {
    const error = refusal([
      {
        code: 'function',
        node: 'FuncCall',
        name: 'pg_sleep',
        message: 'pg_sleep keeps a connection waiting',
        position: { line: 1, column: 8 },
        option: 'functions.allow',
      },
    ]);
    expect(error.code).toBe('UNSAFE_SQL');
    expect(error.message).toBe('The statement was refused: pg_sleep keeps a connection waiting (line 1, column 8).');
    expect(error.details).toEqual({
      violations: [
        {
          code: 'function',
          node: 'FuncCall',
          name: 'pg_sleep',
          message: 'pg_sleep keeps a connection waiting',
          position: { line: 1, column: 8 },
          option: 'PG_MCP_SECURITY_ALLOWED_FUNCTIONS',
        },
      ],
    });
  });
});

describe('a connection that cannot be opened', () => {
  it.each([
    ['ECONNREFUSED', /PG_MCP_DATABASE_HOST/],
    ['28P01', /PG_MCP_DATABASE_PASSWORD/],
    ['3D000', /PG_MCP_DATABASE_DBNAME/],
    ['53300', /max_connections/],
  ])('with %s says what to check', (code, cure) => {
    const cause = Object.assign(new Error('inside'), { code });
    const error = toPgmcpError(new PoolError('CONNECT_FAILED', 'Database "x" cannot be reached.', { cause }), call);
    expect(error.message).toMatch(cure);
  });

  it('for want of a free one names the setting, not the option of the library', () => {
    const error = toPgmcpError(new PoolError('BUSY', 'all are in use; raise maxConnections'), call);
    expect(error.message).toContain('raise PG_MCP_DATABASE_MAX_POOL_SIZE');
  });
});

describe('docs/errors.md', () => {
  it('has every code', () => {
    const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
    for (const code of ERROR_CODES) expect(page).toContain(`| \`${code}\` |`);
  });
});

describe('what is told apart', () => {
  it('errors of PostgreSQL by their shape', () => {
    expect(isPostgresError(serverError('42P01'))).toBe(true);
    expect(isPostgresError(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))).toBe(false);
    expect(isPostgresError('42P01')).toBe(false);
  });

  it('places in a text', () => {
    expect(positionOf('abc', 0)).toEqual({ line: 1, column: 1 });
    expect(positionOf('a\nbc', 3)).toEqual({ line: 2, column: 2 });
  });

  it('databases by name, with all names in the refusal', () => {
    const sales = { name: 'sales' } as ConnectedDatabase;
    const stock = { name: 'stock' } as ConnectedDatabase;
    const both = createDatabases(() => [sales, stock]);
    expect(both.resolve('stock')).toBe(stock);
    expect(() => both.resolve('shop')).toThrow(/no database "shop".*Available: sales, stock/);
    expect(() => both.resolve(undefined)).toThrow(/one of sales, stock/);
    const none = createDatabases(() => []);
    for (const name of ['shop', undefined]) expect(() => none.resolve(name)).toThrow(/Ask the operator/);
  });
});

describe('the cure of a connection that fails', () => {
  const refused = new Error('h:5432 (sslMode verify-full, with TLS): The server does not support SSL connections.');

  it('is TLS where the server has none and it was asked for', () => {
    expect(connectionCure(refused)).toMatch(/ssl = on.*PG_MCP_DATABASE_SSL_MODE/);
  });

  it('is what the second try without TLS says, where that was tried', () => {
    const cause = Object.assign(new Error('password authentication failed'), { code: '28P01' });
    expect(connectionCure(new Error(refused.message, { cause }))).toMatch(/PG_MCP_DATABASE_PASSWORD/);
    expect(connectionCure(new Error('nothing known'))).toBeUndefined();
  });
});
