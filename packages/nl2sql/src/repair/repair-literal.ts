import type { CatalogSnapshot } from '../ports.ts';
import { clearlyNearest } from './find-names.ts';
import type { Failing, RepairStep } from './repair-step.ts';
import { positionOffset } from './source-text.ts';

const squashLabel = (label: string): string => label.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** A string that is no label of its enum becomes the label that differs only in case, blanks or punctuation, or a very similar one. */
export function repairLiteral({ sql, error }: Failing, { tables }: CatalogSnapshot): readonly RepairStep[] {
  const [, type = '', value = ''] = /^invalid input value for enum (.+?): "(.*)"$/s.exec(error.message) ?? [];
  const start = error.position === undefined ? undefined : positionOffset(sql, error.position);
  const literal = `'${value.replaceAll("'", "''")}'`;
  if (type === '' || start === undefined || !sql.startsWith(literal, start)) return [];
  const name = type.split('.').at(-1) ?? type;
  const labels = new Set(
    tables.flatMap(({ columns }) =>
      columns.flatMap((column) =>
        column.type.split('.').at(-1)?.replace('[]', '') === name ? (column.enumLabels ?? []) : [],
      ),
    ),
  );
  const same = [...labels].filter((label) => squashLabel(label) === squashLabel(value));
  const label = same.length === 1 ? same[0] : clearlyNearest(value, [...labels], 0.5);
  if (label === undefined) return [];
  const text = `'${label.replaceAll("'", "''")}'`;
  return [{ rule: 'literal', from: literal, to: text, edits: [{ start, end: start + literal.length, text }] }];
}
