import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import { errorMessage, PoolError } from './errors.ts';
import { signClaims } from './sign-claims.ts';

/** One thing that was tried. */
export interface IdentityFinding {
  /** What was tried, in words. */
  readonly name: string;
  readonly passed: boolean;
  /** What was found, and what to do about it. */
  readonly detail?: string;
}

/** Whether callers who write SQL are kept apart on this database. */
export interface IdentityReport {
  /** Every finding has passed. */
  readonly passed: boolean;
  readonly findings: readonly IdentityFinding[];
}

const CANARY = 'pgmcp_identity.canary';

/**
 * Ways to read the row of another tenant with SQL of one's own. `$TOKEN` is a claim for that tenant signed with a key nobody knows. Each
 * selects `tenant` from the canary, where only `canary-a` may appear.
 */
const ATTACKS: readonly (readonly [name: string, sql: string])[] = [
  [
    'a forged claim set in a CTE',
    `WITH x AS MATERIALIZED (SELECT set_config('app.identity', '$TOKEN', true)) SELECT c.tenant FROM x, ${CANARY} c`,
  ],
  [
    'a forged claim set in a lateral join',
    `SELECT c.tenant FROM (SELECT set_config('app.identity', '$TOKEN', true) AS s) x, LATERAL (SELECT tenant FROM ${CANARY} WHERE x.s <> '') c`,
  ],
  [
    'a forged claim set in a text that is run',
    `SELECT c.tenant FROM (SELECT query_to_xml('select set_config(''app.identity'', ''$TOKEN'', true)', true, true, '') AS s OFFSET 0) x, ${CANARY} c WHERE x.s IS NOT NULL`,
  ],
  [
    'a forged claim set by a quoted name',
    `WITH x AS MATERIALIZED (SELECT "pg_catalog"."set_config"('app.identity', '$TOKEN', true)) SELECT c.tenant FROM x, ${CANARY} c`,
  ],
  [
    'a forged claim set by an escaped name',
    `WITH x AS MATERIALIZED (SELECT U&"set\\005Fconfig"('app.identity', '$TOKEN', true)) SELECT c.tenant FROM x, ${CANARY} c`,
  ],
  [
    'a claim of garbage',
    `WITH x AS MATERIALIZED (SELECT set_config('app.identity', 'canary-b', true)) SELECT c.tenant FROM x, ${CANARY} c`,
  ],
  [
    'the claim taken away',
    `WITH x AS MATERIALIZED (SELECT set_config('app.identity', '', true)) SELECT c.tenant FROM x, ${CANARY} c WHERE c.tenant <> 'canary-a'`,
  ],
  [
    'the role taken away',
    `WITH x AS MATERIALIZED (SELECT set_config('role', 'none', true)) SELECT c.tenant FROM x, ${CANARY} c WHERE c.tenant <> 'canary-a'`,
  ],
  [
    'row security switched off',
    `WITH x AS MATERIALIZED (SELECT set_config('row_security', 'off', true)) SELECT c.tenant FROM x, ${CANARY} c`,
  ],
  ['the keys read', 'SELECT encode(inner_pad, $$hex$$) AS tenant FROM pgmcp_identity.key'],
  ['the canary emptied', `DELETE FROM ${CANARY} RETURNING 'gone' AS tenant`],
];

/** Roles that the login is a member of, through others too: each of them can be taken with `set_config('role', ...)`. */
const LOGIN = `
  SELECT r.rolsuper OR r.rolbypassrls AS strong,
         ARRAY(SELECT pg_catalog.quote_ident(g.rolname) FROM pg_catalog.pg_roles g
               WHERE g.oid <> r.oid AND pg_catalog.pg_has_role(r.oid, g.oid, 'MEMBER') ORDER BY 1) AS roles,
         ARRAY(SELECT g.rolname::text FROM pg_catalog.pg_roles g
               WHERE g.rolname IN ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program', 'pg_read_all_data', 'pg_write_all_data')
                 AND pg_catalog.pg_has_role(r.oid, g.oid, 'MEMBER') ORDER BY 1) AS dangerous,
         (SELECT pg_catalog.quote_ident($1)) AS wanted
  FROM pg_catalog.pg_roles r WHERE r.rolname = session_user`;

const VERIFIER = `
  SELECT NOT o.rolcanlogin AND NOT o.rolsuper AND p.prosecdef AND 'search_path=pg_catalog, pg_temp' = ANY (p.proconfig) AS sound
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_roles o ON o.oid = p.proowner
  WHERE p.oid = pg_catalog.to_regprocedure('pgmcp_identity.claims()')`;

/** Policies of `c` for reading that hold for the data role. */
const POLICIES = `pg_catalog.pg_policy p WHERE p.polrelid = c.oid AND p.polcmd IN ('r', '*')
                AND EXISTS (SELECT FROM unnest(p.polroles) AS r(oid) WHERE r.oid = 0 OR pg_catalog.pg_has_role($1, r.oid, 'USAGE'))`;
/** A policy that calls no function of the database and looks at no other table cannot know who asks: `true`, `1 = 1`, a plain setting. */
const ASKS = `EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_policy'::regclass AND d.objid = p.oid
                AND (d.refclassid = 'pg_proc'::regclass OR (d.refclassid = 'pg_class'::regclass AND d.refobjid <> c.oid)))`;
const OPEN = `EXISTS (SELECT FROM ${POLICIES} AND p.polpermissive AND NOT ${ASKS}
                AND pg_catalog.obj_description(p.oid, 'pg_policy') IS DISTINCT FROM 'pgmcp: shared')
                AND NOT EXISTS (SELECT FROM ${POLICIES} AND NOT p.polpermissive AND ${ASKS})`;

const EXPOSED = `
  SELECT c.oid::regclass::text AS relation,
         CASE WHEN c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity) THEN 'row security is not enabled and forced'
              WHEN c.relkind IN ('r', 'p') AND NOT EXISTS (SELECT FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid) THEN 'it has no policy'
              WHEN c.relkind IN ('r', 'p') AND ${OPEN} THEN 'a policy shows rows without asking who the caller is; where every tenant may see them, say so: COMMENT ON POLICY ... IS ''pgmcp: shared'''
              WHEN c.relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false) THEN 'the view is not security_invoker'
              WHEN c.relkind IN ('m', 'f') THEN 'policies do not hold for materialized views and foreign tables' END AS problem
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    AND pg_catalog.has_schema_privilege($1, n.oid, 'USAGE') AND pg_catalog.has_any_column_privilege($1, c.oid, 'SELECT')`;

type Check = () => Promise<string | undefined>;

async function finding(name: string, check: Check): Promise<IdentityFinding> {
  try {
    const problem = await check();
    return problem === undefined ? { name, passed: true } : { name, passed: false, detail: problem };
  } catch (error) {
    return { name, passed: false, detail: errorMessage(error) };
  }
}

/** Runs an attack; an error of PostgreSQL is as good as no row. */
async function rowsOf(caller: Database, sql: string): Promise<readonly (string | null)[]> {
  try {
    return (await caller.table(sql)).rows.map(([tenant]) => tenant ?? null);
  } catch (error) {
    if (error instanceof PoolError) throw error;
    return [];
  }
}

/**
 * Attacks the canary table of `identitySql` with every known way around row-level security, and looks at how the database is prepared.
 * Callers who write SQL may share the database only when it has passed; run it at the start, after a reload, and after the schema has
 * changed. Whatever cannot be found out counts as failed.
 *
 * @param options `role`: the one data role that callers' statements run as.
 */
export async function testIdentity(database: Database, { role }: { readonly role: string }): Promise<IdentityReport> {
  const claims = { subject: 'self-test', tenant: 'canary-a' };
  const caller = database.with({ session: { role, claims } });
  const token = signClaims(
    { id: 'unknown', secret: randomBytes(32) },
    { subject: 'self-test', tenant: 'canary-b' },
    { timeoutMs: 30_000, processId: undefined },
  );
  const own = `SELECT tenant FROM ${CANARY}`;

  const checks: readonly (readonly [string, Check])[] = [
    [
      'the login is weak and a member of the data role only',
      async () => {
        const [row] = (
          await database.query<{ strong: boolean; roles: string[]; dangerous: string[]; wanted: string }>(LOGIN, [role])
        ).rows;
        if (row === undefined || row.strong)
          return 'The login is a superuser or has BYPASSRLS. Log in as a role without both.';
        if (row.dangerous.length > 0) return `The login is a member of ${row.dangerous.join(', ')}.`;
        return row.roles.length === 1 && row.roles[0] === row.wanted
          ? undefined
          : `The login is a member of ${row.roles.join(', ') || 'no role'}, not of ${row.wanted} alone.`;
      },
    ],
    [
      'the function that verifies claims is sound',
      async () => {
        const [row] = (await database.query<{ sound: boolean }>(VERIFIER)).rows;
        if (row === undefined) return 'There is no function pgmcp_identity.claims(). Run the SQL of identitySql().';
        return row.sound
          ? undefined
          : 'pgmcp_identity.claims() does not belong to a NOLOGIN role, or its search_path is not fixed. Run the SQL of identitySql() again.';
      },
    ],
    [
      'our key is accepted',
      async () => {
        const { rows } = await caller.table(own);
        return JSON.stringify(rows) === '[["canary-a"]]'
          ? undefined
          : `A caller sees ${rows.length} rows of the canary instead of its own one.`;
      },
    ],
    [
      'without claims nothing is seen',
      async () => {
        const { rows } = await database.with({ session: { role } }).table(own);
        return rows.length === 0 ? undefined : `${rows.length} rows are seen.`;
      },
    ],
    ...ATTACKS.map(([name, sql]): readonly [string, Check] => [
      name,
      async () => {
        const seen = await rowsOf(caller, sql.replace('$TOKEN', token));
        return seen.every((tenant) => tenant === 'canary-a') ? undefined : `It showed ${seen.length} rows.`;
      },
    ]),
    [
      'everything the data role can read is protected',
      async () => {
        const { rows } = await database.query<{ relation: string; problem: string | null }>(EXPOSED, [role]);
        const open = rows.filter(({ problem }) => problem !== null);
        return open.length === 0
          ? undefined
          : open.map(({ relation, problem }) => `${relation}: ${problem}`).join('; ');
      },
    ],
  ];

  const findings: IdentityFinding[] = [];
  for (const [name, check] of checks) findings.push(await finding(name, check));
  return { passed: findings.every(({ passed }) => passed), findings };
}
