import type { CatalogAnswer } from './catalog-row.ts';
import { type Draft, frozenList, put, rowsOf } from './columnar.ts';
import { IntrospectionError } from './errors.ts';
import { createFacts } from './facts.ts';
import {
  parseCast,
  parseExtensions,
  parseFunction,
  parseOperator,
  parseSequence,
  parseTypes,
} from './parse-objects.ts';
import { createTableParser } from './parse-table.ts';
import type { DatabaseCatalog, Schema } from './schema.ts';

/** Puts the sets of facts together to the frozen value. Pure: no database, no clock. */
export function buildCatalog(answer: CatalogAnswer): DatabaseCatalog {
  const [settings] = rowsOf(answer.settings);
  if (!settings) throw new IntrospectionError('UNEXPECTED_ANSWER', 'The catalog query gave no settings.');
  const facts = createFacts(answer);
  const types = parseTypes(facts);
  const parseTable = createTableParser(facts);

  return Object.freeze({
    database: settings.database,
    role: settings.role,
    serverVersion: settings.version,
    serverVersionNum: settings.versionNum,
    searchPath: frozenList(settings.searchPath),
    schemas: frozenList(
      rowsOf(answer.schemas).map((row) => {
        const schema: Draft<Schema> = { name: row.name, owner: row.owner, usable: row.usable };
        put(schema, 'comment', facts.comment('pg_namespace', row.oid));
        return Object.freeze(schema);
      }),
    ),
    tables: frozenList(rowsOf(answer.relations).map(parseTable)),
    ...types,
    functions: frozenList(rowsOf(answer.functions).map((row) => parseFunction(facts, row))),
    sequences: frozenList(rowsOf(answer.sequences).map((row) => parseSequence(facts, row))),
    operators: frozenList(rowsOf(answer.operators).map((row) => parseOperator(facts, row))),
    casts: frozenList(rowsOf(answer.casts).map((row) => parseCast(facts, row))),
    extensions: parseExtensions(facts, answer),
  });
}
