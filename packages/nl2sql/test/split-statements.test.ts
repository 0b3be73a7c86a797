import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldLayout, splitStatements } from '../src/split-statements.ts';

describe('splitStatements', () => {
  it.each([
    ['SELECT 1', ['SELECT 1']],
    ['SELECT 1;', ['SELECT 1']],
    ['SELECT 1;;  ;-- done\n', ['SELECT 1']],
    ['SELECT 1; DROP TABLE t', ['SELECT 1', 'DROP TABLE t']],
    ["SELECT ';' AS a", ["SELECT ';' AS a"]],
    ["SELECT 'it''s;'; SELECT 2", ["SELECT 'it''s;'", 'SELECT 2']],
    ["SELECT E'\\';' ; SELECT 2", ["SELECT E'\\';'", 'SELECT 2']],
    ["SELECT '\\'; SELECT 2", ["SELECT '\\'", 'SELECT 2']],
    ['SELECT "a;""b"; SELECT 2', ['SELECT "a;""b"', 'SELECT 2']],
    ['SELECT $$;$$; SELECT 2', ['SELECT $$;$$', 'SELECT 2']],
    ['SELECT $x$;$$;$x$; SELECT 2', ['SELECT $x$;$$;$x$', 'SELECT 2']],
    ['SELECT $1; SELECT 2', ['SELECT $1', 'SELECT 2']],
    ['SELECT 1 -- ; not here\n; SELECT 2', ['SELECT 1 -- ; not here', 'SELECT 2']],
    ['SELECT /* ; /* ; */ ; */ 1; SELECT 2', ['SELECT /* ; /* ; */ ; */ 1', 'SELECT 2']],
    ['-- nothing', []],
    ['', []],
  ])('splits %j', (sql, expected) => {
    expect(splitStatements(sql)).toEqual(expected);
  });

  it('loses no character outside of the semicolons and the blanks around pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', ' ', ';', "'", '"', '$$', '--', '\n', '/*', '*/', "E'", '\\')),
        (parts) => {
          const sql = parts.join('');
          let at = 0;
          for (const piece of splitStatements(sql)) {
            const found = sql.indexOf(piece, at);
            expect(found).toBeGreaterThanOrEqual(at);
            at = found + piece.length;
          }
        },
      ),
    );
  });
});

describe('foldLayout', () => {
  it('sees the same statement behind different layout and comments', () => {
    expect(foldLayout('SELECT  a,\n\tb -- names\nFROM t ;')).toBe(foldLayout('SELECT a, b FROM t'));
  });

  it('keeps what is inside quotes apart', () => {
    expect(foldLayout("SELECT 'a  b'")).not.toBe(foldLayout("SELECT 'a b'"));
  });
});
