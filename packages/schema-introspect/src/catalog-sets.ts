import type { CatalogRows, SetName } from './catalog-row.ts';

/** One set of facts: plain SQL over the system catalogs and the columns of it that are read. */
export interface CatalogSet<Name extends SetName> {
  readonly columns: readonly (keyof CatalogRows[Name] & string)[];
  readonly sql: string;
}

/**
 * Common table expressions that every set may use: `namespace`, `relation` and `partition`. Partitions are no relations
 * of their own, except where the root of the tree lies outside the chosen schemas: nothing may vanish.
 *
 * `$1` is a JSON array of schema names or NULL for all. Text, so that every driver passes it alike.
 */
export const COMMON_TABLES = `
  namespace as materialized (
    select n.oid, n.nspname, n.nspowner, pg_catalog.has_schema_privilege(n.oid, 'USAGE') as usable
      from pg_catalog.pg_namespace n
     where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
       and ($1::text is null or n.nspname in (select pg_catalog.jsonb_array_elements_text($1::jsonb)))
  ),
  relation as materialized (
    select c.oid, n.nspname, c.relname, c.relkind, c.relowner, c.relrowsecurity, c.relforcerowsecurity, c.relpersistence,
           c.reltuples, c.relpages, c.reltoastrelid, c.reloptions,
           case when not n.usable then 'none'
                when pg_catalog.has_table_privilege(c.oid, 'SELECT') then 'all'
                when pg_catalog.has_any_column_privilege(c.oid, 'SELECT') then 'some'
                else 'none' end as selectable
      from pg_catalog.pg_class c
      join namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'f')
       and (not c.relispartition
            or (select r.relnamespace from pg_catalog.pg_class r where r.oid = pg_catalog.pg_partition_root(c.oid))
               not in (select oid from namespace))
  ),
  partition as materialized (
    with recursive tree as (
      select i.inhrelid as oid, i.inhparent as parent, i.inhparent as root
        from pg_catalog.pg_inherits i join relation r on r.oid = i.inhparent and r.relkind = 'p'
      union all
      select i.inhrelid, i.inhparent, tree.root
        from tree join pg_catalog.pg_inherits i on i.inhparent = tree.oid
    )
    select tree.oid, tree.parent, tree.root, c.relname, c.relkind, c.reltuples, c.relpages, c.relpartbound, n.nspname,
           pg_catalog.has_schema_privilege(n.oid, 'USAGE') and pg_catalog.has_table_privilege(c.oid, 'SELECT') as selectable
      from tree
      join pg_catalog.pg_class c on c.oid = tree.oid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  )`;

export const CATALOG_SETS: { readonly [Name in SetName]: CatalogSet<Name> } = {
  settings: {
    columns: ['database', 'role', 'version', 'versionNum', 'searchPath', 'blockSize'],
    sql: `select pg_catalog.current_database() as "database", current_user as "role",
                 pg_catalog.current_setting('server_version') as "version",
                 pg_catalog.current_setting('server_version_num')::int as "versionNum",
                 pg_catalog.current_schemas(false) as "searchPath",
                 pg_catalog.current_setting('block_size')::int as "blockSize"`,
  },
  schemas: {
    columns: ['oid', 'name', 'owner', 'usable'],
    sql: `select oid::int8 as "oid", nspname as "name", pg_catalog.pg_get_userbyid(nspowner) as "owner", usable as "usable"
            from namespace order by nspname`,
  },
  relations: {
    columns: [
      'oid',
      'schema',
      'name',
      'kind',
      'owner',
      'visible',
      'selectable',
      'rowSecurity',
      'forceRowSecurity',
      'persistence',
      'rows',
      'pages',
      'options',
    ],
    sql: `select r.oid::int8 as "oid", r.nspname as "schema", r.relname as "name", r.relkind as "kind",
                 pg_catalog.pg_get_userbyid(r.relowner) as "owner", pg_catalog.pg_table_is_visible(r.oid) as "visible",
                 r.selectable as "selectable", r.relrowsecurity as "rowSecurity",
                 r.relforcerowsecurity as "forceRowSecurity", r.relpersistence as "persistence", r.reltuples as "rows",
                 r.relpages + coalesce(t.relpages, 0) as "pages", r.reloptions as "options"
            from relation r left join pg_catalog.pg_class t on t.oid = r.reltoastrelid
           order by r.nspname, r.relname`,
  },
  partitions: {
    columns: [
      'oid',
      'root',
      'parent',
      'parentSchema',
      'parentName',
      'schema',
      'name',
      'leaf',
      'bound',
      'selectable',
      'rows',
      'pages',
    ],
    sql: `select p.oid::int8 as "oid", p.root::int8 as "root", p.parent::int8 as "parent",
                 pn.nspname as "parentSchema", pc.relname as "parentName", p.nspname as "schema", p.relname as "name",
                 p.relkind <> 'p' as "leaf", pg_catalog.pg_get_expr(p.relpartbound, p.oid) as "bound",
                 p.selectable as "selectable", p.reltuples as "rows", p.relpages as "pages"
            from partition p
            join pg_catalog.pg_class pc on pc.oid = p.parent
            join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
           order by p.nspname, p.relname`,
  },
  partitionKeys: {
    columns: ['relation', 'key'],
    sql: `select oid::int8 as "relation", pg_catalog.pg_get_partkeydef(oid) as "key" from relation where relkind = 'p'`,
  },
  inheritance: {
    columns: ['relation', 'parentSchema', 'parentName'],
    sql: `select r.oid::int8 as "relation", n.nspname as "parentSchema", p.relname as "parentName"
            from pg_catalog.pg_inherits i
            join relation r on r.oid = i.inhrelid
            join pg_catalog.pg_class p on p.oid = i.inhparent and p.relkind <> 'p'
            join pg_catalog.pg_namespace n on n.oid = p.relnamespace
           order by i.inhrelid, i.inhseqno`,
  },
  columns: {
    columns: ['relation', 'position', 'name', 'typeOid', 'typeModifier', 'notNull', 'identity', 'generated'],
    sql: `select a.attrelid::int8 as "relation", a.attnum as "position", a.attname as "name",
                 a.atttypid::int8 as "typeOid", a.atttypmod as "typeModifier", a.attnotnull as "notNull",
                 a.attidentity as "identity", a.attgenerated as "generated"
            from relation r join pg_catalog.pg_attribute a on a.attrelid = r.oid
           where a.attnum > 0 and not a.attisdropped
           order by a.attrelid, a.attnum`,
  },
  columnTypes: {
    columns: ['typeOid', 'typeModifier', 'type', 'elementType'],
    sql: `select d.atttypid::int8 as "typeOid", d.atttypmod as "typeModifier",
                 pg_catalog.format_type(d.atttypid, d.atttypmod) as "type",
                 case when t.typcategory = 'A' and t.typelem <> 0
                      then pg_catalog.format_type(t.typelem, d.atttypmod) end as "elementType"
            from (select distinct a.atttypid, a.atttypmod
                    from relation r join pg_catalog.pg_attribute a on a.attrelid = r.oid
                   where a.attnum > 0 and not a.attisdropped) d
            join pg_catalog.pg_type t on t.oid = d.atttypid`,
  },
  hiddenColumns: {
    columns: ['relation', 'position'],
    sql: `select a.attrelid::int8 as "relation", a.attnum as "position"
            from relation r join pg_catalog.pg_attribute a on a.attrelid = r.oid
           where r.selectable = 'some' and a.attnum > 0 and not a.attisdropped
             and not pg_catalog.has_column_privilege(r.oid, a.attnum, 'SELECT')`,
  },
  defaults: {
    columns: ['relation', 'position', 'expression'],
    sql: `select d.adrelid::int8 as "relation", d.adnum as "position",
                 pg_catalog.pg_get_expr(d.adbin, d.adrelid) as "expression"
            from relation r join pg_catalog.pg_attrdef d on d.adrelid = r.oid`,
  },
  constraints: {
    columns: [
      'oid',
      'relation',
      'name',
      'kind',
      'columns',
      'target',
      'targetColumns',
      'onUpdate',
      'onDelete',
      'match',
      'deferrable',
      'deferred',
      'validated',
      'enforced',
      'period',
      'expression',
    ],
    // `conenforced` and `conperiod` came with PostgreSQL 18. Inside the lateral query the unqualified names mean the
    // catalog's columns where they exist and else the constants beside it, so one text serves every version.
    // A foreign key to a partitioned table has a second row for each partition of the target (`conparentid`).
    sql: `select k.oid::int8 as "oid", k.conrelid::int8 as "relation", k.conname as "name", k.contype as "kind",
                 k.conkey as "columns", k.confrelid::int8 as "target", k.confkey as "targetColumns",
                 k.confupdtype as "onUpdate", k.confdeltype as "onDelete", k.confmatchtype as "match",
                 k.condeferrable as "deferrable", k.condeferred as "deferred", k.convalidated as "validated",
                 k.enforced as "enforced", k.period as "period",
                 case k.contype when 'c' then pg_catalog.pg_get_expr(k.conbin, k.conrelid)
                                when 'x' then pg_catalog.pg_get_constraintdef(k.oid) end as "expression"
            from (select true as conenforced, false as conperiod) as older_server
            cross join lateral (
              select oid, conrelid, conname, contype, conkey, confrelid, confkey, confupdtype, confdeltype, confmatchtype,
                     condeferrable, condeferred, convalidated, conbin, conparentid,
                     conenforced as enforced, conperiod as period
                from pg_catalog.pg_constraint) as k
            join relation r on r.oid = k.conrelid
           where k.contype in ('p', 'u', 'f', 'c', 'x')
             and (k.conparentid = 0 or not exists (
                   select from pg_catalog.pg_constraint parent
                    where parent.oid = k.conparentid and parent.conrelid = k.conrelid))
           order by k.conrelid, k.conname`,
  },
  outsideColumns: {
    columns: ['relation', 'schema', 'table', 'position', 'name'],
    sql: `select a.attrelid::int8 as "relation", n.nspname as "schema", c.relname as "table", a.attnum as "position",
                 a.attname as "name"
            from (select distinct k.confrelid as oid
                    from pg_catalog.pg_constraint k join relation r on r.oid = k.conrelid
                   where k.contype = 'f' and not exists (select from relation t where t.oid = k.confrelid)) o
            join pg_catalog.pg_class c on c.oid = o.oid
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join pg_catalog.pg_attribute a on a.attrelid = o.oid
           where a.attnum > 0 and not a.attisdropped`,
  },
  indexes: {
    columns: [
      'oid',
      'relation',
      'name',
      'method',
      'unique',
      'primary',
      'valid',
      'nullsNotDistinct',
      'keyCount',
      'columns',
      'options',
      'expressions',
      'predicate',
      'definition',
      'pages',
    ],
    // `indnullsnotdistinct` came with PostgreSQL 15; see `constraints` for the lateral query.
    sql: `select i.indexrelid::int8 as "oid", i.indrelid::int8 as "relation", c.relname as "name", m.amname as "method",
                 i.indisunique as "unique", i.indisprimary as "primary", i.indisvalid as "valid",
                 i.nulls_not_distinct as "nullsNotDistinct", i.indnkeyatts as "keyCount", i.indkey::int2[] as "columns",
                 i.indoption::int2[] as "options",
                 case when i.indexprs is not null then (
                   select pg_catalog.json_agg(
                            case when i.indkey[k - 1] = 0 then pg_catalog.pg_get_indexdef(i.indexrelid, k, false) end order by k)
                     from pg_catalog.generate_series(1, i.indnkeyatts) k) end as "expressions",
                 pg_catalog.pg_get_expr(i.indpred, i.indrelid) as "predicate",
                 pg_catalog.pg_get_indexdef(i.indexrelid) as "definition", c.relpages as "pages"
            from (select false as indnullsnotdistinct) as older_server
            cross join lateral (
              select indexrelid, indrelid, indisunique, indisprimary, indisvalid, indnkeyatts, indkey, indoption,
                     indexprs, indpred, indnullsnotdistinct as nulls_not_distinct
                from pg_catalog.pg_index) as i
            join relation r on r.oid = i.indrelid
            join pg_catalog.pg_class c on c.oid = i.indexrelid
            join pg_catalog.pg_am m on m.oid = c.relam
           order by i.indrelid, c.relname`,
  },
  triggers: {
    columns: ['oid', 'relation', 'name', 'definition', 'enabled', 'functionSchema', 'functionName'],
    sql: `select t.oid::int8 as "oid", t.tgrelid::int8 as "relation", t.tgname as "name",
                 pg_catalog.pg_get_triggerdef(t.oid) as "definition", t.tgenabled <> 'D' as "enabled",
                 n.nspname as "functionSchema", p.proname as "functionName"
            from pg_catalog.pg_trigger t
            join relation r on r.oid = t.tgrelid
            join pg_catalog.pg_proc p on p.oid = t.tgfoid
            join pg_catalog.pg_namespace n on n.oid = p.pronamespace
           where not t.tgisinternal
           order by t.tgrelid, t.tgname`,
  },
  policies: {
    columns: ['oid', 'relation', 'name', 'command', 'permissive', 'roles', 'using', 'check'],
    sql: `select p.oid::int8 as "oid", p.polrelid::int8 as "relation", p.polname as "name", p.polcmd as "command",
                 p.polpermissive as "permissive",
                 array(select case when o.oid = 0 then 'public' else pg_catalog.pg_get_userbyid(o.oid)::text end
                         from pg_catalog.unnest(p.polroles) as o(oid) order by 1) as "roles",
                 pg_catalog.pg_get_expr(p.polqual, p.polrelid) as "using",
                 pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) as "check"
            from pg_catalog.pg_policy p join relation r on r.oid = p.polrelid
           order by p.polrelid, p.polname`,
  },
  definitions: {
    columns: ['relation', 'definition'],
    sql: `select oid::int8 as "relation", pg_catalog.pg_get_viewdef(oid) as "definition"
            from relation where relkind in ('v', 'm')`,
  },
  servers: {
    columns: ['relation', 'server'],
    sql: `select r.oid::int8 as "relation", s.srvname as "server"
            from relation r
            join pg_catalog.pg_foreign_table f on f.ftrelid = r.oid
            join pg_catalog.pg_foreign_server s on s.oid = f.ftserver`,
  },
  types: {
    // Of every schema: a column in a chosen schema may have a type from another one.
    columns: ['oid', 'schema', 'name', 'kind', 'arrayOid', 'baseOid', 'underlyingType', 'notNull', 'default'],
    sql: `select t.oid::int8 as "oid", n.nspname as "schema", t.typname as "name", t.typtype as "kind",
                 t.typarray::int8 as "arrayOid", t.typbasetype::int8 as "baseOid",
                 case t.typtype when 'd' then pg_catalog.format_type(t.typbasetype, t.typtypmod)
                                when 'r' then pg_catalog.format_type(g.rngsubtype, null) end as "underlyingType",
                 t.typnotnull as "notNull", t.typdefault as "default"
            from pg_catalog.pg_type t
            join pg_catalog.pg_namespace n on n.oid = t.typnamespace
            left join pg_catalog.pg_class c on c.oid = t.typrelid
            left join pg_catalog.pg_range g on g.rngtypid = t.oid
           where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
             and (t.typtype in ('e', 'd', 'r') or (t.typtype = 'c' and c.relkind = 'c'))
           order by n.nspname, t.typname`,
  },
  enumLabels: {
    columns: ['type', 'labels'],
    sql: `select enumtypid::int8 as "type", pg_catalog.array_agg(enumlabel order by enumsortorder) as "labels"
            from pg_catalog.pg_enum group by enumtypid`,
  },
  domainChecks: {
    columns: ['type', 'name', 'expression', 'validated'],
    sql: `select k.contypid::int8 as "type", k.conname as "name", pg_catalog.pg_get_expr(k.conbin, 0) as "expression",
                 k.convalidated as "validated"
            from pg_catalog.pg_constraint k
            join pg_catalog.pg_type t on t.oid = k.contypid
            join pg_catalog.pg_namespace n on n.oid = t.typnamespace
           where k.contype = 'c' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
           order by k.contypid, k.conname`,
  },
  attributes: {
    columns: ['type', 'name', 'attributeType'],
    sql: `select c.reltype::int8 as "type", a.attname as "name",
                 pg_catalog.format_type(a.atttypid, a.atttypmod) as "attributeType"
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join pg_catalog.pg_attribute a on a.attrelid = c.oid
           where c.relkind = 'c' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
             and a.attnum > 0 and not a.attisdropped
           order by a.attrelid, a.attnum`,
  },
  functions: {
    columns: [
      'oid',
      'schema',
      'name',
      'kind',
      'arguments',
      'argumentTypes',
      'result',
      'language',
      'volatility',
      'strict',
      'securityDefiner',
      'settings',
      'owner',
      'executable',
    ],
    sql: `select p.oid::int8 as "oid", n.nspname as "schema", p.proname as "name", p.prokind as "kind",
                 pg_catalog.pg_get_function_arguments(p.oid) as "arguments",
                 array(select pg_catalog.format_type(a.type, null)
                         from pg_catalog.unnest(p.proargtypes) with ordinality as a(type, place)
                        order by a.place) as "argumentTypes",
                 pg_catalog.pg_get_function_result(p.oid) as "result", l.lanname as "language",
                 p.provolatile as "volatility", p.proisstrict as "strict", p.prosecdef as "securityDefiner",
                 p.proconfig as "settings", pg_catalog.pg_get_userbyid(p.proowner) as "owner",
                 n.usable and pg_catalog.has_function_privilege(p.oid, 'EXECUTE') as "executable"
            from pg_catalog.pg_proc p
            join namespace n on n.oid = p.pronamespace
            join pg_catalog.pg_language l on l.oid = p.prolang
           order by n.nspname, p.proname, p.oid`,
  },
  sequences: {
    columns: [
      'oid',
      'schema',
      'name',
      'type',
      'start',
      'increment',
      'minimum',
      'maximum',
      'cycle',
      'ownerSchema',
      'ownerTable',
      'ownerColumn',
    ],
    sql: `select c.oid::int8 as "oid", n.nspname as "schema", c.relname as "name",
                 pg_catalog.format_type(s.seqtypid, null) as "type", s.seqstart::text as "start",
                 s.seqincrement::text as "increment", s.seqmin::text as "minimum", s.seqmax::text as "maximum",
                 s.seqcycle as "cycle", tn.nspname as "ownerSchema", t.relname as "ownerTable",
                 a.attname as "ownerColumn"
            from pg_catalog.pg_sequence s
            join pg_catalog.pg_class c on c.oid = s.seqrelid
            join namespace n on n.oid = c.relnamespace
            left join pg_catalog.pg_depend d
              on d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.objsubid = 0
             and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i')
            left join pg_catalog.pg_class t on t.oid = d.refobjid
            left join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
            left join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
           order by n.nspname, c.relname`,
  },
  operators: {
    columns: ['oid', 'schema', 'name', 'left', 'right', 'result', 'functionSchema', 'functionName'],
    sql: `select o.oid::int8 as "oid", n.nspname as "schema", o.oprname as "name",
                 case when o.oprleft <> 0 then pg_catalog.format_type(o.oprleft, null) end as "left",
                 pg_catalog.format_type(o.oprright, null) as "right",
                 pg_catalog.format_type(o.oprresult, null) as "result", pn.nspname as "functionSchema",
                 p.proname as "functionName"
            from pg_catalog.pg_operator o
            join namespace n on n.oid = o.oprnamespace
            join pg_catalog.pg_proc p on p.oid = o.oprcode::oid
            join pg_catalog.pg_namespace pn on pn.oid = p.pronamespace
           order by n.nspname, o.oprname, o.oid`,
  },
  casts: {
    // 16384 is FirstNormalObjectId: smaller ones came with the server.
    columns: ['oid', 'source', 'target', 'context', 'method', 'functionSchema', 'functionName'],
    sql: `select k.oid::int8 as "oid", pg_catalog.format_type(k.castsource, null) as "source",
                 pg_catalog.format_type(k.casttarget, null) as "target", k.castcontext as "context",
                 k.castmethod as "method", n.nspname as "functionSchema", p.proname as "functionName"
            from pg_catalog.pg_cast k
            left join pg_catalog.pg_proc p on p.oid = k.castfunc
            left join pg_catalog.pg_namespace n on n.oid = p.pronamespace
           where k.oid >= 16384
           order by 2, 3`,
  },
  extensions: {
    columns: ['oid', 'name', 'version', 'schema'],
    sql: `select e.oid::int8 as "oid", e.extname as "name", e.extversion as "version", n.nspname as "schema"
            from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
           order by e.extname`,
  },
  extensionMembers: {
    columns: ['catalog', 'object', 'extension'],
    sql: `select k.relname as "catalog", d.objid::int8 as "object", e.extname as "extension"
            from pg_catalog.pg_depend d
            join pg_catalog.pg_extension e on e.oid = d.refobjid
            join pg_catalog.pg_class k on k.oid = d.classid
           where d.deptype = 'e' and d.refclassid = 'pg_catalog.pg_extension'::regclass
             and k.relname in ('pg_class', 'pg_type', 'pg_proc', 'pg_operator', 'pg_cast')`,
  },
  comments: {
    columns: ['catalog', 'object', 'column', 'comment'],
    sql: `select k.relname as "catalog", d.objoid::int8 as "object", d.objsubid as "column", d.description as "comment"
            from pg_catalog.pg_description d join pg_catalog.pg_class k on k.oid = d.classoid
           where d.objoid >= 16384`,
  },
  statistics: {
    // `pg_stats` shows only columns that the role may read. `anyarray` has no cast to text[] but by its text.
    columns: ['relation', 'column', 'distinct', 'nullFraction', 'commonValues'],
    sql: `select r.oid::int8 as "relation", s.attname as "column", s.n_distinct as "distinct",
                 s.null_frac as "nullFraction",
                 (pg_catalog.array_to_json(s.most_common_vals)) as "commonValues"
            from relation r join pg_catalog.pg_stats s on s.schemaname = r.nspname and s.tablename = r.relname
           where $2::boolean`,
  },
};
