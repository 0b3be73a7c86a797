import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One question with the tables and columns its answer needs. */
export interface Question {
  readonly id: string;
  readonly db: string;
  readonly question: string;
  readonly evidence: string;
  readonly tables: readonly string[];
  /** `table.column`. */
  readonly columns: readonly string[];
}

/** A column of a schema file. */
export interface SchemaColumn {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
  readonly samples?: readonly unknown[];
}

/** Databases by name, as the schema files hold them. */
export type SchemaFile = Readonly<
  Record<
    string,
    {
      readonly tables: Readonly<
        Record<string, { readonly comment: string; readonly columns: readonly SchemaColumn[] }>
      >;
      /** Table, column, referenced table, referenced column. */
      readonly fks: readonly (readonly [string, string, string, string])[];
    }
  >
>;

/** Questions over a file of schemas. */
export interface QuestionSet {
  readonly name: string;
  readonly schema: SchemaFile;
  readonly questions: readonly Question[];
}

/** Sets that the data holds. */
export const SET_NAMES = ['defog', 'bird_minidev', 'spider1'] as const;

/** Reads one set; questions without a gold table are left out, as the metric says. */
export function readQuestionSet(folder: string, name: string): QuestionSet {
  const path = (file: string): string => join(folder, 'linking', `${name}.${file}`);
  const schema = JSON.parse(gunzipSync(readFileSync(path('schema.json.gz'))).toString('utf8')) as SchemaFile;
  const questions = JSON.parse(readFileSync(path('questions.json'), 'utf8')) as Question[];
  return { name, schema, questions: questions.filter(({ tables }) => tables.length > 0) };
}

/** The sets that are asked for, with all of them as one at the end; without names all. Throws for a name that is none. */
export function chooseSets(sets: readonly QuestionSet[], names: readonly string[] | undefined): readonly QuestionSet[] {
  const all = [...sets, unionOf(sets)];
  const unknown = names?.find((name) => all.every((set) => set.name !== name));
  if (unknown !== undefined) throw new Error(`--set ${unknown}: ${all.map(({ name }) => name).join(', ')}`);
  return all.filter(({ name }) => names === undefined || names.includes(name));
}

/** All sets as one, databases and ids with the name of their set before them. */
export function unionOf(sets: readonly QuestionSet[]): QuestionSet {
  const prefixOf = (name: string): string => (name === 'bird_minidev' ? 'bird' : name);
  return {
    name: 'union_dev',
    schema: Object.fromEntries(
      sets.flatMap(({ name, schema }) =>
        Object.entries(schema).map(([db, facts]) => [`${prefixOf(name)}_${db}`, facts]),
      ),
    ),
    questions: sets.flatMap(({ name, questions }) =>
      questions.map((each) => ({ ...each, id: `${name}:${each.id}`, db: `${prefixOf(name)}_${each.db}` })),
    ),
  };
}
