import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigurationError, loadConfiguration } from '../src/index.ts';

const url = 'postgresql://reader@db.example.com/shop';
const load = (more: Record<string, string>) => loadConfiguration({ environment: { DATABASE_URL: url, ...more } });

function problem(more: Record<string, string>): string {
  try {
    load(more);
  } catch (error) {
    if (error instanceof ConfigurationError)
      return error.problems.map(({ key, message }) => `${key}: ${message}`).join('\n');
    throw error;
  }
  throw new Error('It loaded.');
}

describe('the mode', () => {
  it('is read-only unless something else is said', () => {
    expect(load({}).security.mode).toBe('read-only');
    expect(load({ PG_MCP_SECURITY_READONLY_MODE: 'false' }).security.mode).toBe('standard');
    expect(load({ PG_MCP_SECURITY_READONLY_MODE: 'false', PG_MCP_SECURITY_MODE: 'admin' }).security.mode).toBe('admin');
  });

  it('is not said twice in two ways', () => {
    expect(problem({ PG_MCP_SECURITY_READONLY_MODE: 'true', PG_MCP_SECURITY_MODE: 'admin' })).toMatch(
      /PG_MCP_SECURITY_READONLY_MODE: It contradicts the mode, which is admin/,
    );
    expect(problem({ PG_MCP_SECURITY_MODE: 'standart' })).toMatch(
      /one of read-only, standard, admin.*Did you mean standard/,
    );
  });

  it('has to agree with what is said about READ ONLY transactions', () => {
    const key = 'PG_MCP_SERVER_USE_READONLY_TRANSACTIONS';
    expect(load({ [key]: 'true' }).security.mode).toBe('read-only');
    expect(load({ [key]: 'false', PG_MCP_SECURITY_MODE: 'standard' }).security.mode).toBe('standard');
    expect(problem({ [key]: 'false' })).toMatch(/Writing needs a mode as well/);
    expect(problem({ [key]: 'true', PG_MCP_SECURITY_MODE: 'standard' })).toMatch(
      /A mode that writes is configured as well/,
    );
    expect(
      problem({
        [key]: 'true',
        PG_MCP_DATABASE_SECURITY: '{"mode":"admin"}',
        PG_MCP_DATABASE_URL: url,
        DATABASE_URL: '',
      }),
    ).toMatch(/A mode that writes/);
  });
});

describe('blocked keywords', () => {
  const blocked = (words: string) => {
    const { blockedOperations, blockedFunctions } = load({ PG_MCP_SECURITY_BLOCKED_KEYWORDS: words }).security;
    return { blockedOperations, blockedFunctions };
  };

  it('mean kinds of statements and functions', () => {
    expect(blocked('Drop, vacuum, INTO')).toEqual({
      blockedOperations: ['drop', 'maintenance', 'select-into'],
      blockedFunctions: [],
    });
    expect(blocked('pg_sleep, upper(), geo.st_*').blockedFunctions).toEqual([
      'pg_sleep',
      'pg_catalog.pg_sleep',
      'upper',
      'pg_catalog.upper',
      'geo.st_*',
    ]);
  });

  it('are told to be of no use where no mode has such a statement', () => {
    const configuration = load({ PG_MCP_SECURITY_BLOCKED_KEYWORDS: 'COPY, EXEC' });
    expect(configuration.notices.join()).toMatch(/COPY.*nothing to block.*EXEC/);
  });

  it.each(['--', ';', 'UNION', 'upper', "';drop"])('are an error when they mean neither: %s', (word) => {
    expect(problem({ PG_MCP_SECURITY_BLOCKED_KEYWORDS: word })).toMatch(/parse tree.*upper\(\)/);
  });
});

describe('lists', () => {
  it.each([
    ['PG_MCP_SECURITY_ALLOWED_OPERATIONS', 'select, fly', /words separated by commas, of select/],
    ['PG_MCP_SECURITY_ALLOWED_TABLES', 'orders', /schema.table or schema.\*/],
    ['PG_MCP_SECURITY_DENIED_TABLES', '*', /schema.table or schema.\*/],
    ['PG_MCP_SECURITY_MASKED_COLUMNS', 'customers.email', /schema.table.column/],
    ['PG_MCP_SECURITY_HASHED_COLUMNS', 'a.b.*', /schema.table.column/],
    ['PG_MCP_SECURITY_MAX_QUERY_LENGTH', '70000', /from 1 to 65,536/],
    ['PG_MCP_SECURITY_MAX_PLAN_COST', '0', /from 1 to/],
    ['PG_MCP_SECURITY_CONFIRMATION_TTL', '1s', /from 10s to 1h/],
  ])('refuse what they cannot mean: %s=%s', (key, value, message) => {
    expect(problem({ [key]: value })).toMatch(message);
  });
});

describe('a policy of one database', () => {
  const inFile = (security: unknown) => {
    const folder = mkdtempSync(join(tmpdir(), 'pgmcp-policy-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'pgmcp.json');
    writeFileSync(
      file,
      JSON.stringify({ databases: [{ url, security }, { url: `${url}2` }], security: { mode: 'standard' } }),
    );
    return loadConfiguration({ environment: {}, file });
  };

  it('stands in the file beside the others', () => {
    const { databases, security } = inFile({ mode: 'read-only', deniedTables: ['a.b'] });
    expect(security.mode).toBe('standard');
    expect(databases.map((database) => database.security)).toEqual([
      { mode: 'read-only', deniedTables: ['a.b'] },
      undefined,
    ]);
  });

  it.each([
    [{ mod: 'standard' }, /no key mod here. Did you mean mode/],
    [{ mode: 'fast' }, /mode must be one of/],
    [{ blockedKeywords: ['--'] }, /blockedKeywords: Word 1 of the list is neither/],
    [{ blockedKeywords: ['drop', 'constructor'] }, /blockedKeywords: Word 2 of the list is neither/],
    [{ hashKey: 'x' }, /no key hashKey here/],
    ['not: [closed', /not valid YAML or JSON/],
    [['a'], /a mapping with keys/],
  ])('is checked as the section is: %j', (security, message) => {
    expect(() => inFile(security)).toThrow(expect.objectContaining({ message: expect.stringMatching(message) }));
  });
});
