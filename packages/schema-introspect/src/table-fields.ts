import type { Field } from './bm25.ts';
import type { Table } from './schema.ts';
import { wordsOf } from './words.ts';

/** Where a word stands in a table. */
export type FieldKind = 'name' | 'column' | 'comment' | 'label' | 'schema';

/** Words of one kind, with what a hit in them counts. */
export interface TableField extends Field {
  readonly kind: FieldKind;
}

const WEIGHTS: Readonly<Record<FieldKind, number>> = { name: 4, column: 1, comment: 0.4, label: 0.5, schema: 0.5 };

/** The words by which a table is found. */
export function fieldsOf(table: Table): readonly TableField[] {
  const field = (kind: FieldKind, texts: readonly (string | undefined)[]): TableField => ({
    kind,
    weight: WEIGHTS[kind],
    words: texts.flatMap((text) => (text === undefined ? [] : wordsOf(text))),
  });
  return [
    field('name', [table.name]),
    field(
      'column',
      table.columns.map(({ name }) => name),
    ),
    field('comment', [table.comment, ...table.columns.map(({ comment }) => comment)]),
    field(
      'label',
      table.columns.flatMap(({ enumLabels, statistics }) => [
        ...(enumLabels ?? []),
        ...(statistics?.commonValues ?? []),
      ]),
    ),
    field('schema', [table.schema]),
  ];
}
