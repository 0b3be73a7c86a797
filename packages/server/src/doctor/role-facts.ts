import type { Database } from '@pgmcp/pool';

/** What the role that logs in may do. */
export interface RoleFacts {
  readonly superuser: boolean;
  readonly bypassesRowSecurity: boolean;
  /** Attributes that a reader has no use for. */
  readonly attributes: readonly string[];
  readonly memberships: readonly string[];
  /** Memberships that reach the server's files, or all data. */
  readonly dangerous: readonly string[];
  readonly seesStatistics: boolean;
  readonly ownedTables: number;
  readonly writableTables: number;
  readonly readableTables: number;
  readonly unreadableTables: number;
  readonly creatableSchemas: readonly string[];
  readonly temporary: boolean;
  /** Tables with row security that their owner passes by. */
  readonly notForced: readonly string[];
  /** Readable tables without row security. */
  readonly unprotected: readonly string[];
  /** Tables with row security and no policy: nobody sees a row. */
  readonly withoutPolicy: readonly string[];
  /** Views that read protected tables with their owner's rights. */
  readonly openViews: readonly string[];
  readonly definerFunctions: readonly string[];
  readonly untrustedFunctions: readonly string[];
  /** Policies that believe a setting. */
  readonly settingPolicies: readonly string[];
  readonly settings: readonly string[];
  readonly extensions: readonly string[];
}

const USER_SCHEMA = `n.nspname NOT IN ('pg_catalog', 'information_schema', 'pgmcp_identity') AND n.nspname NOT LIKE 'pg\\_%'`;
const NAME = `pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)`;
const NOT_OF_EXTENSION = (catalog: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;

const SQL = `
WITH me AS (SELECT * FROM pg_catalog.pg_roles WHERE rolname = session_user),
tables AS (
  SELECT c.oid, c.relowner, c.relrowsecurity, c.relforcerowsecurity, ${NAME} AS name,
         pg_catalog.has_schema_privilege(session_user, n.oid, 'USAGE')
           AND pg_catalog.has_any_column_privilege(session_user, c.oid, 'SELECT') AS readable,
         pg_catalog.has_table_privilege(session_user, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') AS writable
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition AND ${USER_SCHEMA} AND ${NOT_OF_EXTENSION('pg_class', 'c.oid')}
)
SELECT me.rolsuper AS superuser, me.rolbypassrls AS "bypassesRowSecurity",
       ARRAY(SELECT a FROM (VALUES (me.rolcreatedb, 'CREATEDB'), (me.rolcreaterole, 'CREATEROLE'), (me.rolreplication, 'REPLICATION')) x(has, a)
              WHERE x.has) AS attributes,
       ARRAY(SELECT r.rolname::text FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles r ON r.oid = m.roleid
              WHERE m.member = me.oid ORDER BY 1) AS memberships,
       ARRAY(SELECT r.rolname::text FROM pg_catalog.pg_roles r
              WHERE r.rolname IN ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program', 'pg_write_all_data', 'pg_read_all_data')
                AND pg_catalog.pg_has_role(me.oid, r.oid, 'MEMBER') ORDER BY 1) AS dangerous,
       pg_catalog.pg_has_role(me.oid, 'pg_read_all_stats', 'USAGE') AS "seesStatistics",
       (SELECT count(*)::int FROM tables WHERE pg_catalog.pg_has_role(me.oid, relowner, 'USAGE')) AS "ownedTables",
       (SELECT count(*)::int FROM tables WHERE writable) AS "writableTables",
       (SELECT count(*)::int FROM tables WHERE readable) AS "readableTables",
       (SELECT count(*)::int FROM tables WHERE NOT readable) AS "unreadableTables",
       ARRAY(SELECT pg_catalog.quote_ident(n.nspname) FROM pg_catalog.pg_namespace n
              WHERE ${USER_SCHEMA} AND pg_catalog.has_schema_privilege(session_user, n.oid, 'CREATE') ORDER BY 1) AS "creatableSchemas",
       pg_catalog.has_database_privilege(session_user, pg_catalog.current_database(), 'TEMPORARY') AS temporary,
       ARRAY(SELECT name FROM tables WHERE relrowsecurity AND NOT relforcerowsecurity AND readable ORDER BY 1) AS "notForced",
       ARRAY(SELECT name FROM tables WHERE NOT relrowsecurity AND readable ORDER BY 1) AS unprotected,
       ARRAY(SELECT name FROM tables t WHERE relrowsecurity AND readable
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_policy p WHERE p.polrelid = t.oid) ORDER BY 1) AS "withoutPolicy",
       ARRAY(SELECT DISTINCT ${NAME} FROM pg_catalog.pg_class c
               JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
               JOIN pg_catalog.pg_rewrite w ON w.ev_class = c.oid
               JOIN pg_catalog.pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
               JOIN tables t ON t.oid = d.refobjid AND t.relrowsecurity
              WHERE c.relkind IN ('v', 'm') AND pg_catalog.has_table_privilege(session_user, c.oid, 'SELECT')
                AND (c.relkind = 'm' OR NOT coalesce(c.reloptions::text ~ 'security_invoker=(true|on|1|yes)', false)) ORDER BY 1) AS "openViews",
       ARRAY(SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname) FROM pg_catalog.pg_proc p
               JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
              WHERE p.prosecdef AND ${USER_SCHEMA} AND p.proowner <> me.oid AND p.prorettype <> 'trigger'::regtype
                AND pg_catalog.has_function_privilege(session_user, p.oid, 'EXECUTE')
                AND pg_catalog.has_schema_privilege(session_user, n.oid, 'USAGE')
                AND ${NOT_OF_EXTENSION('pg_proc', 'p.oid')} ORDER BY 1) AS "definerFunctions",
       ARRAY(SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname) FROM pg_catalog.pg_proc p
               JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
               JOIN pg_catalog.pg_language l ON l.oid = p.prolang
              WHERE NOT l.lanpltrusted AND l.lanname NOT IN ('internal', 'c') AND ${USER_SCHEMA}
                AND pg_catalog.has_function_privilege(session_user, p.oid, 'EXECUTE') ORDER BY 1) AS "untrustedFunctions",
       ARRAY(SELECT pg_catalog.quote_ident(p.policyname) || ' on ' || pg_catalog.quote_ident(p.schemaname) || '.' || pg_catalog.quote_ident(p.tablename)
               FROM pg_catalog.pg_policies p
              WHERE coalesce(p.qual, '') || coalesce(p.with_check, '') LIKE '%current_setting(%' ORDER BY 1) AS "settingPolicies",
       ARRAY(SELECT s FROM pg_catalog.pg_db_role_setting r, unnest(r.setconfig) s
              WHERE r.setrole = me.oid AND r.setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))
              ORDER BY 1) AS settings,
       ARRAY(SELECT extname::text FROM pg_catalog.pg_extension ORDER BY 1) AS extensions
  FROM me`;

/** Asks what the role that logs in may do. */
export async function readRoleFacts(database: Database): Promise<RoleFacts> {
  const [facts] = (await database.query<RoleFacts>(SQL)).rows;
  if (facts === undefined) throw new Error('The role that logs in is not among the roles.');
  return facts;
}
