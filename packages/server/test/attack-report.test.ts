import { describe, expect, it } from 'vitest';
import { renderReport } from '../src/cli/attack/render-report.ts';

describe('the report of an attack', () => {
  it('shows what a server said in one cell, whatever that was', () => {
    const answer = 'a|b\\|c\r\n# x `y` \u001b[31m <script> ' + 'z'.repeat(500);
    const sql = 'SELECT a || b,\n `';
    const report = renderReport({
      tool: 'query',
      argument: 'sql',
      statements: 1,
      classes: { sleep: { refused: 0, executed: 1, crashed: 0, 'side effects': 0 } },
      findings: [{ attackClass: 'sleep', sql, outcome: 'executed', answer, sideEffects: [] }],
    });
    const row = report.split('\n').find((line) => line.startsWith('| sleep | executed |')) ?? '';
    expect(row).toContain(String.raw`| \`SELECT a \|\| b, '\` |`.replaceAll('\\`', '`'));
    expect(row).toContain(String.raw`a\|b\\\|c # x 'y' [31m &lt;script> zzz`);
    expect(row.length).toBeLessThan(300);
    expect(report).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
});
