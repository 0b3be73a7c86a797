import { quoteIdentifier, type Table } from '@pgmcp/schema-introspect';

/** What a script has to know of a table. */
type GrantTable = Pick<Table, 'schema' | 'name' | 'selectable'> & {
  readonly columns: readonly Pick<Table['columns'][number], 'name' | 'selectable'>[];
};

/** Whom and what a script is for. */
export interface GrantQuestion {
  readonly role: string;
  /** The role logged in is not one to go on with, such as a superuser: the script makes another. */
  readonly replaces?: boolean;
  readonly database: string;
  /** Every table and view, with what the role may read of it now. */
  readonly tables: readonly GrantTable[];
  readonly mode: 'read-only' | 'standard' | 'admin';
  readonly statementTimeoutMs: number;
  readonly maxConnections: number;
}

/** The role that a script makes in the place of one that may do too much. */
const NEW_ROLE = 'pgmcp_assistant';

/** SQL that gives a role what a mode needs and nothing more, for the owner of the database to read and run. */
export function grantScript(question: GrantQuestion): string {
  const { database, mode, statementTimeoutMs, maxConnections } = question;
  // Limits of a superuser would hobble its owner, and its privileges hold without any GRANT.
  const { replaces = false } = question;
  const role = quoteIdentifier(replaces ? NEW_ROLE : question.role);
  const { whole, chosen } = readableSchemas(question.tables);
  const schemas = [...whole, ...chosen.keys()].sort().map(quoteIdentifier).join(', ');
  const open = whole.map(quoteIdentifier).join(', ');
  const tables = mode === 'read-only' ? 'SELECT' : 'SELECT, INSERT, UPDATE, DELETE';
  return [
    `-- What ${role} needs in mode ${mode}, and nothing more. Read it, then run it as the owner of the tables.`,
    `${replaces ? '' : '-- '}CREATE ROLE ${role} LOGIN PASSWORD '...' NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;`,
    `GRANT CONNECT ON DATABASE ${quoteIdentifier(database)} TO ${role};`,
    `REVOKE TEMPORARY ON DATABASE ${quoteIdentifier(database)} FROM PUBLIC;`,
    `GRANT USAGE ON SCHEMA ${schemas} TO ${role};`,
    ...(mode === 'admin'
      ? [`GRANT CREATE ON SCHEMA ${schemas} TO ${role};`]
      : [`REVOKE CREATE ON SCHEMA ${schemas} FROM PUBLIC;`]),
    ...(whole.length === 0
      ? []
      : [
          `GRANT ${tables} ON ALL TABLES IN SCHEMA ${open} TO ${role};`,
          `ALTER DEFAULT PRIVILEGES IN SCHEMA ${open} GRANT ${tables} ON TABLES TO ${role};`,
        ]),
    ...[...chosen].flatMap(([schema, members]) => [
      `-- Of ${quoteIdentifier(schema)} what ${role} may read now: the rest stays closed, and so do tables to come.`,
      ...members.flatMap((table) => grantTable(table, tables, role)),
    ]),
    ...(mode === 'read-only'
      ? []
      : [
          `GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schemas} TO ${role};`,
          `ALTER DEFAULT PRIVILEGES IN SCHEMA ${schemas} GRANT USAGE ON SEQUENCES TO ${role};`,
        ]),
    `-- Limits that hold on the server, also when this process is gone.`,
    ...(mode === 'read-only' ? [`ALTER ROLE ${role} SET default_transaction_read_only = on;`] : []),
    `ALTER ROLE ${role} SET statement_timeout = '${statementTimeoutMs}ms';`,
    `ALTER ROLE ${role} SET lock_timeout = '5s';`,
    `ALTER ROLE ${role} SET idle_in_transaction_session_timeout = '60s';`,
    `ALTER ROLE ${role} SET client_connection_check_interval = '5s';`,
    `ALTER ROLE ${role} CONNECTION LIMIT ${maxConnections * 2};`,
    '',
  ].join('\n');
}

/** Schemas that may be opened as they are, and those of which somebody has chosen what is open: to grant them whole would undo the choice. */
function readableSchemas(tables: readonly GrantTable[]): {
  readonly whole: readonly string[];
  readonly chosen: ReadonlyMap<string, readonly GrantTable[]>;
} {
  const bySchema = Map.groupBy(tables, ({ schema }) => schema);
  const isClosed = ({ selectable }: { readonly selectable?: boolean }) => selectable === false;
  if (tables.length === 0) return { whole: ['public'], chosen: new Map() };
  // A role that may read nothing yet: nobody has chosen.
  if (tables.every(isClosed)) return { whole: [...bySchema.keys()].sort(), chosen: new Map() };
  const isChosen = (table: GrantTable) => isClosed(table) || table.columns.some(isClosed);
  const whole = [...bySchema].filter(([, members]) => !members.some(isChosen)).map(([schema]) => schema);
  const chosen = [...bySchema].flatMap(([schema, members]): [string, readonly GrantTable[]][] => {
    const readable = members.filter((table) => !isClosed(table));
    return whole.includes(schema) || readable.length === 0 ? [] : [[schema, readable]];
  });
  return { whole: whole.sort(), chosen: new Map(chosen) };
}

function grantTable({ schema, name, columns }: GrantTable, privileges: string, role: string): readonly string[] {
  const table = `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
  const readable = columns.filter(({ selectable }) => selectable !== false);
  if (readable.length === columns.length) return [`GRANT ${privileges} ON ${table} TO ${role};`];
  if (readable.length === 0) return [];
  return [
    `GRANT SELECT (${readable.map((column) => quoteIdentifier(column.name)).join(', ')}) ON ${table} TO ${role};`,
  ];
}
