import { INSTANT_FUNCTION_BODY } from './instant.ts';
import { quoteIdentifier } from './sql-text.ts';

/** A step of the schema that all collections share. Released steps never change: their checksum is kept in the database. */
export interface Migration {
  readonly id: number;
  readonly name: string;
  /** Whether a program that does not know this step must refuse the schema. */
  readonly breaking: boolean;
  /** One statement per text; a driver may refuse several. */
  statements(schema: string): readonly string[];
}

/** The steps of this version, in order. Tables of collections are not here: they follow from their declarations. */
export const MIGRATIONS: readonly Migration[] = [
  {
    id: 1,
    name: 'instant and collections',
    breaking: true,
    statements: (schema) => {
      const quoted = quoteIdentifier(schema);
      return [
        `create function ${quoted}.instant(jsonb) returns timestamp language plpgsql immutable parallel safe as $body$${INSTANT_FUNCTION_BODY}$body$`,
        `create table ${quoted}.collections (
          name text collate "C" primary key,
          shape jsonb not null,
          created_at timestamptz not null default now())`,
      ];
    },
  },
];
