import type { CatalogSets } from './catalog-set.ts';

/** What makes up relations: kinds, partitions, columns, view definitions. */
export const RELATION_SETS = {
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
      'foreign',
      'bound',
      'selectable',
      'rows',
      'pages',
    ],
    sql: `select p.oid::int8 as "oid", p.root::int8 as "root", p.parent::int8 as "parent",
                 pn.nspname as "parentSchema", pc.relname as "parentName", p.nspname as "schema", p.relname as "name",
                 p.relkind <> 'p' as "leaf", p.relkind = 'f' as "foreign", pg_catalog.pg_get_expr(p.relpartbound, p.oid) as "bound",
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
           where a.attnum > 0 and not a.attisdropped`,
  },
  columnTypes: {
    columns: ['typeOid', 'typeModifier', 'type', 'elementType', 'userSchema', 'userName'],
    sql: `select d.atttypid::int8 as "typeOid", d.atttypmod as "typeModifier",
                 pg_catalog.format_type(d.atttypid, d.atttypmod) as "type",
                 case when t.typcategory = 'A' and t.typelem <> 0
                      then pg_catalog.format_type(t.typelem, d.atttypmod) end as "elementType",
                 u.schema as "userSchema", u.name as "userName"
            from (select distinct a.atttypid, a.atttypmod
                    from relation r join pg_catalog.pg_attribute a on a.attrelid = r.oid
                   where a.attnum > 0 and not a.attisdropped) d
            join pg_catalog.pg_type t on t.oid = d.atttypid
            left join user_type u on u.oid = t.oid`,
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
  definitions: {
    columns: ['relation', 'definition'],
    // Printed under another search path, so that every name in them is qualified: what an unqualified name means
    // depends on who asks. See `restored_path` in the catalog query for the way back.
    sql: `select r.oid::int8 as "relation", pg_catalog.pg_get_viewdef(r.oid) as "definition"
            from (select pg_catalog.set_config('search_path', 'pg_catalog', true) as path
                    from previous_path where path is not null offset 0) as qualified
            cross join relation r
           where r.relkind in ('v', 'm') and qualified.path is not null`,
  },
  servers: {
    columns: ['relation', 'server'],
    sql: `select r.oid::int8 as "relation", s.srvname as "server"
            from relation r
            join pg_catalog.pg_foreign_table f on f.ftrelid = r.oid
            join pg_catalog.pg_foreign_server s on s.oid = f.ftserver`,
  },
  statistics: {
    // `pg_stats` shows only columns that the role may read. Each value as a text of its own: a number as it is written, and a document whole.
    columns: ['relation', 'column', 'distinct', 'nullFraction', 'commonValues'],
    sql: `select r.oid::int8 as "relation", s.attname as "column", s.n_distinct as "distinct",
                 s.null_frac as "nullFraction",
                 array(select pg_catalog.json_array_elements_text(pg_catalog.array_to_json(s.most_common_vals))) as "commonValues"
            from relation r join pg_catalog.pg_stats s on s.schemaname = r.nspname and s.tablename = r.relname
           where $2::boolean`,
  },
} satisfies Partial<CatalogSets>;
