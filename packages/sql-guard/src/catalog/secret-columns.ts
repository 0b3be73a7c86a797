import { builtins } from '../builtins.ts';
import { type Judgement, refuse } from '../judgement.ts';
import { untag } from '../tree.ts';
import { type FindRelation, type KnownRelation, traceQuery } from './lineage.ts';
import { UnsureLineage } from './ranges.ts';

/** Catalogs of which one column is secret: the relation, its columns where all of them are known, and the secret one. */
interface SecretColumn {
  readonly catalog: string;
  readonly column: string;
  /** All columns in order, the same in every version; otherwise a star shows what nobody can tell. */
  readonly columns: readonly string[] | undefined;
  readonly holds: string;
}

const rolesColumns =
  'rolname rolsuper rolinherit rolcreaterole rolcreatedb rolcanlogin rolreplication rolconnlimit rolpassword rolvaliduntil rolbypassrls rolconfig oid';

/** What `pg_user` and `pg_db_role_setting` are refused for, `pg_roles` shows in one column of many. */
const roleSettings: SecretColumn = {
  catalog: 'pg_roles',
  column: 'rolconfig',
  columns: rolesColumns.split(' '),
  holds: 'the settings of roles, which carry secrets and identities',
};

/** The value that rows older than a column show in it: data of a column that may be protected. */
const missingValues: SecretColumn = {
  catalog: 'pg_attribute',
  column: 'attmissingval',
  columns: undefined,
  holds: 'values of columns, which the policy may protect',
};

function secretsOf({ policy: { columns, tables } }: Judgement): readonly SecretColumn[] {
  const protects = columns.deny.size + columns.mask.size > 0 || tables.restricted || !tables.deny.empty;
  return protects ? [roleSettings, missingValues] : [roleSettings];
}

/** Judges the use of columns of PostgreSQL's own catalogs that hold secrets; called after the walk has seen all relations. */
export function inspectSecretColumns(root: unknown, judgement: Judgement): void {
  for (const secret of secretsOf(judgement)) {
    if (judgement.policy.catalogs.has(secret.catalog)) continue;
    const found = judgement.relations.find(
      ({ schema, name }) => name === secret.catalog && (schema === undefined || schema === 'pg_catalog'),
    );
    if (found === undefined || !uses(root, secret)) continue;
    refuse(judgement, {
      code: 'column',
      node: 'ColumnRef',
      name: `pg_catalog.${secret.catalog}.${secret.column}`,
      message: `${secret.catalog}.${secret.column} holds ${secret.holds}`,
      location: found.location,
      option: `catalogs.allow: ['${secret.catalog}']`,
      hint: `Name the columns that you need of ${secret.catalog}, without ${secret.column}.`,
    });
  }
}

/** Whether a statement uses the column, or it is not sure that it does not. */
function uses(root: unknown, { catalog, column, columns }: SecretColumn): boolean {
  const sources = [{ schema: 'pg_catalog', table: catalog, column, rule: 'deny' as const }];
  const known: KnownRelation = {
    schema: 'pg_catalog',
    columns: (columns ?? [column]).map((name) => ({ name, sources: name === column ? sources : [] })),
    complete: columns !== undefined,
  };
  const other: KnownRelation = { schema: '', columns: [], complete: false };
  const tagged = untag(root);
  const query = tagged?.tag === 'ExplainStmt' ? untag(tagged.fields['query']) : tagged;
  if (query?.tag !== 'SelectStmt') return true;
  try {
    const find: FindRelation = (schema, name) =>
      name === catalog && (schema === undefined || schema === 'pg_catalog')
        ? known
        : { ...other, schema: schema ?? (builtins.hasRelation('pg_catalog', name) ? 'pg_catalog' : '') };
    return traceQuery(query.fields, find, true).inner.size > 0;
  } catch (error) {
    if (error instanceof UnsureLineage) return true;
    throw error;
  }
}
