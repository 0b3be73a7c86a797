import { quoteIdentifier } from '@pgmcp/schema-introspect';

/** Whom and what a script is for. */
export interface GrantQuestion {
  readonly role: string;
  /** The role logged in is not one to go on with, such as a superuser: the script makes another. */
  readonly replaces?: boolean;
  readonly database: string;
  readonly schemas: readonly string[];
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
  const schemas = (question.schemas.length === 0 ? ['public'] : question.schemas).map(quoteIdentifier).join(', ');
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
    `GRANT ${tables} ON ALL TABLES IN SCHEMA ${schemas} TO ${role};`,
    `ALTER DEFAULT PRIVILEGES IN SCHEMA ${schemas} GRANT ${tables} ON TABLES TO ${role};`,
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
