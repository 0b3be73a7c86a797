import { parse as parseSql } from 'libpg-query';
import pg from 'pg';
import type { TypedTable } from '../../src/eval/index.ts';
import {
  type AskPorts,
  type CatalogSnapshot,
  type ParseTree,
  type SqlCheck,
  type SqlParse,
  withoutPrefix,
} from '../../src/index.ts';

const catalogQuery = `
SELECT n.nspname AS schema, c.relname AS name,
  (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
      'comment', col_description(c.oid, a.attnum)) ORDER BY attnum)
   FROM pg_attribute a WHERE a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped) AS columns,
  coalesce((SELECT json_agg(json_build_object(
      'columns', (SELECT json_agg(attname ORDER BY o) FROM unnest(k.conkey) WITH ORDINALITY u(x, o)
                  JOIN pg_attribute ON attrelid = k.conrelid AND attnum = x),
      'references', json_build_object('schema', fn.nspname, 'table', fc.relname,
        'columns', (SELECT json_agg(attname ORDER BY o) FROM unnest(k.confkey) WITH ORDINALITY u(x, o)
                    JOIN pg_attribute ON attrelid = k.confrelid AND attnum = x))))
   FROM pg_constraint k JOIN pg_class fc ON fc.oid = k.confrelid JOIN pg_namespace fn ON fn.oid = fc.relnamespace
   WHERE k.conrelid = c.oid AND contype = 'f'), '[]') AS "foreignKeys",
  pg_table_is_visible(c.oid) AS "inSearchPath"
FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
WHERE relkind IN ('r', 'v', 'm', 'p') AND nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2`;

export const parse: SqlParse = {
  parse: async (sql) => {
    try {
      return { parsed: true, tree: (await parseSql(sql)) as unknown as ParseTree };
    } catch {
      return { parsed: false };
    }
  },
};

/** Lets pass what is one SELECT by PostgreSQL's grammar: the statements measured here are recorded, not hostile. */
export const check: SqlCheck = {
  check: async (sql) => {
    try {
      const { stmts } = (await parseSql(sql)) as unknown as ParseTree;
      return stmts.length === 1 && stmts[0]?.stmt['SelectStmt'] !== undefined
        ? { allowed: true }
        : { allowed: false, violations: [{ code: 'statement', message: 'Only one SELECT may run' }] };
    } catch (error) {
      const { message } = error as Error;
      return { allowed: false, violations: [{ code: 'syntax', message }] };
    }
  },
};

/** One of the evaluation databases, read-only. */
export interface EvaluationDatabase {
  readonly snapshot: CatalogSnapshot;
  readonly ports: Omit<AskPorts, 'model'>;
  query<Row>(sql: string): Promise<Row[]>;
  /** Runs a statement and keeps types and text of the cells. */
  table(sql: string): Promise<TypedTable>;
  close(): Promise<void>;
}

/** Connects to `eval_<name>` on the server of PGMCP_EVAL_URL. */
export async function openDatabase(serverUrl: string, name: string): Promise<EvaluationDatabase> {
  const url = new URL(serverUrl);
  url.pathname = `/eval_${name}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(
    "SET statement_timeout = '20s'; SET TimeZone = 'UTC'; SET DateStyle = 'ISO, MDY'; SET default_transaction_read_only = on",
  );
  const { rows: tables } = await client.query(catalogQuery);
  const snapshot = { tables } as CatalogSnapshot;
  const explain = 'EXPLAIN ';
  const table = async (sql: string): Promise<TypedTable> => {
    const query = {
      text: sql.trim().replace(/;\s*$/, ''),
      rowMode: 'array',
      types: { getTypeParser: () => (cell: string) => cell },
    };
    const { fields, rows } = await client.query<(string | null)[]>(query as unknown as pg.QueryArrayConfig);
    return { columns: fields.map((field) => ({ name: field.name, typeOid: field.dataTypeID })), rows };
  };
  return {
    snapshot,
    ports: {
      schema: { describe: async () => ({ text: '', tables: [], omitted: [], tokens: 0 }) },
      check,
      parse,
      catalog: { snapshot: () => snapshot },
      runner: {
        explain: async (sql) => {
          await client.query(`${explain}${sql}`).catch((error: unknown) => {
            throw withoutPrefix(error, explain);
          });
          return {};
        },
        run: table,
      },
    },
    query: async <Row>(sql: string) => (await client.query(sql)).rows as Row[],
    table,
    close: () => client.end(),
  };
}
