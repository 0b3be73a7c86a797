import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compilePolicy } from '../src/compiled-policy.ts';
import { judge } from '../src/judge.ts';
import { isParserError } from '../src/parser.ts';
import { compileParser } from '../src/parser-code.ts';
import { createParser } from '../src/parser-instance.ts';

/*
 * PostgreSQL's own regression suite as honest SQL: set PGMCP_POSTGRES_CHECKOUT to a checkout of its sources. It is not part of this
 * repository.
 */
const parser = await createParser(await compileParser());
const policy = compilePolicy({});
const semicolon = 59;

/** What psql sends to the server: without its own commands and the rows of COPY. A command behind a statement ends it. */
function sentText(script: string): string {
  let copying = false;
  const lines: string[] = [];
  for (const line of script.split('\n')) {
    if (copying) copying = line !== '\\.';
    else if (!line.startsWith('\\')) {
      lines.push(line.replace(/\\(?:g|gx|gset|gexec|gdesc|bind|watch|crosstabview)\b.*$/, ';'));
      copying = /^\s*copy\b.*\bfrom\s+stdin\b.*;\s*$/i.test(line);
    }
  }
  return lines.join('\n');
}

/** SELECT statements of a script of psql, split at the places that PostgreSQL's own scanner finds. */
function selectsOf(script: string): readonly string[] {
  const text = sentText(script);
  const bytes = Buffer.from(text);
  const selects: string[] = [];
  let from = 0;
  for (const { start, end, tokenType } of parser.scan(text)) {
    if (tokenType !== semicolon) continue;
    const sql = bytes.toString('utf8', from, start);
    from = end;
    const tree = parser.parse(sql);
    const select = isParserError(tree) ? undefined : tree.stmts[0]?.stmt['SelectStmt'];
    // INTO and locking clauses change something; variables of psql are not SQL.
    if (select && !/"(?:intoClause|lockingClause)":/.test(JSON.stringify(select))) selects.push(sql);
  }
  return selects;
}

/** Refusals that are not for a name on no list, and those that are. */
function judgeFolder(folder: string) {
  const other: string[] = [];
  let byName = 0;
  let total = 0;
  const unread: string[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.sql'))) {
    let selects: readonly string[] = [];
    try {
      selects = selectsOf(readFileSync(join(folder, file), 'utf8'));
    } catch {
      // Scripts about psql itself hold quotes that only psql closes.
      unread.push(file);
    }
    for (const sql of selects) {
      if (Buffer.byteLength(sql) > policy.limits.maxBytes) continue;
      total += 1;
      const tree = parser.parse(sql);
      if (isParserError(tree)) continue;
      const verdict = judge(tree, sql, Buffer.byteLength(sql), policy, {}, undefined, parser.scan);
      if (verdict.allowed) continue;
      const names = new Set(['function', 'relation', 'setting', 'operator', 'type']);
      if (verdict.violations.every(({ code }) => names.has(code))) byName += 1;
      else other.push(`${file}: ${sql.trim()}: ${verdict.violations.map(({ message }) => message).join(' | ')}`);
    }
  }
  return { total, byName, other, unread };
}

const checkout = process.env['PGMCP_POSTGRES_CHECKOUT'];
const suite = checkout === undefined ? undefined : join(checkout, 'src/test/regress/sql');
if (suite !== undefined && !existsSync(suite)) throw new Error(`PGMCP_POSTGRES_CHECKOUT: there is no ${suite}`);

describe("PostgreSQL's own regression suite", () => {
  it.skipIf(suite === undefined)(
    suite === undefined
      ? 'SKIPPED: set PGMCP_POSTGRES_CHECKOUT to a checkout of its sources'
      : 'is refused for names, and otherwise in at most one of two hundred statements',
    { timeout: 300_000 },
    () => {
      const { total, byName, other, unread } = judgeFolder(suite ?? '');
      expect(unread.length, unread.join(', ')).toBeLessThanOrEqual(5);
      expect(total).toBeGreaterThan(5_000);
      const share = `${total} SELECT statements, ${byName} refused for names`;
      expect(other.slice(0, other.length > total * 0.005 ? 50 : 0), share).toEqual([]);
    },
  );

  it('is split as psql would', () => {
    const folder = mkdtempSync(join(tmpdir(), 'regress-'));
    writeFileSync(
      join(folder, 'sample.sql'),
      [
        '-- a comment; with a semicolon',
        "SELECT ';' AS a, $x$;$x$ AS b;",
        '\\d t',
        '\\set x 1',
        'SELECT 1 FROM t WHERE a = "x;y"; SELECT pg_sleep(1);',
        'INSERT INTO t VALUES (1);',
        'SELECT * INTO x FROM t;',
        'SELECT broken FROM WHERE;',
        'COPY t FROM stdin;',
        "don't\t1",
        '\\.',
        'SELECT 3 AS three \\gset prefix_',
        'SELECT /* ; */ 2;',
      ].join('\n'),
    );
    expect(selectsOf(readFileSync(join(folder, 'sample.sql'), 'utf8')).map((sql) => sql.trim())).toEqual([
      "-- a comment; with a semicolon\nSELECT ';' AS a, $x$;$x$ AS b",
      'SELECT 1 FROM t WHERE a = "x;y"',
      'SELECT pg_sleep(1)',
      'SELECT 3 AS three',
      'SELECT /* ; */ 2',
    ]);
    writeFileSync(join(folder, 'unread.sql'), "SELECT 'open;");
    expect(judgeFolder(folder)).toEqual({ total: 5, byName: 1, other: [], unread: ['unread.sql'] });
    rmSync(folder, { recursive: true });
  });
});
