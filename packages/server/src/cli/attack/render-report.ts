import type { AttackReport } from './run-attack.ts';

const cell = (text: string): string =>
  text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .slice(0, 160)
    .replaceAll('|', '\\|');

/** What a server says is its own: it leaves neither its cell nor the page, and is no command of a terminal. */
const answerCell = (text: string): string =>
  cell(text.replaceAll('\\', '\\\\')).replaceAll('<', '&lt;').replaceAll('`', "'");

/** The report as Markdown. */
export function renderReport(report: AttackReport): string {
  const rows = Object.entries(report.classes).map(
    ([name, counts]) =>
      `| ${name} | ${counts.refused} | ${counts.executed} | ${counts.crashed} | ${counts['side effects']} |`,
  );
  const findings = report.findings.map(
    ({ attackClass, sql, outcome, sideEffects, answer }) =>
      `| ${attackClass} | ${outcome} | ${cell(sideEffects.join(', '))} | \`${cell(sql).replaceAll('`', "'")}\` | ${answerCell(answer)} |`,
  );
  return [
    `# Attack on the tool ${report.tool} (argument ${report.argument})`,
    '',
    `${report.statements} hostile statements, ${report.findings.length} findings.`,
    '',
    '| Class | Refused | Executed | Crashed | With side effects |',
    '|---|--:|--:|--:|--:|',
    ...rows,
    ...(findings.length === 0
      ? []
      : [
          '',
          '## Findings',
          '',
          '| Class | Outcome | Side effects | Statement | Answer |',
          '|---|---|---|---|---|',
          ...findings,
        ]),
    '',
  ].join('\n');
}
