import type { Span } from './operand-span.ts';
import type { RepairRule, RepairStep } from './repair-step.ts';
import type { Edit } from './source-text.ts';

/** Text before and behind a stretch of the statement. */
export const enclose = (rule: RepairRule, span: Span, sql: string, before: string, after: string): RepairStep => {
  const edits: Edit[] = [
    { start: span.start, end: span.start, text: before },
    { start: span.end, end: span.end, text: after },
  ];
  const from = sql.slice(span.start, span.end);
  return { rule, from, to: `${before}${from}${after}`, edits };
};

/** A stretch of the statement with a cast. */
export const cast = (sql: string, span: Span, type: string): RepairStep =>
  /^[\w."]+$/.test(sql.slice(span.start, span.end))
    ? enclose('type', span, sql, '', `::${type}`)
    : enclose('type', span, sql, '(', `)::${type}`);
