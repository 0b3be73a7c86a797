import type { CatalogSets } from './catalog-set.ts';

/** What hangs on relations: constraints, indexes, triggers, policies. */
export const CONSTRAINT_SETS = {
  constraints: {
    columns: [
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
    // A foreign key to a partitioned table has a second row for each partition of the target (`conparentid`). `not in`
    // is looked up in one hash table, where `not exists` beside an OR would run once per row.
    sql: `select k.conrelid::int8 as "relation", k.conname as "name", k.contype as "kind",
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
             and k.oid not in (
                   select child.oid
                     from pg_catalog.pg_constraint child
                     join pg_catalog.pg_constraint parent
                       on parent.oid = child.conparentid and parent.conrelid = child.conrelid)`,
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
    // `indnullsnotdistinct` came with PostgreSQL 15; see `constraints` for the lateral query. Printing a definition costs
    // more than all else of an index, so plain ones are left to `plainIndexDefinition`, which prints them alike.
    sql: `select i.indexrelid::int8 as "oid", i.indrelid::int8 as "relation", c.relname as "name", m.amname as "method",
                 i.indisunique as "unique", i.indisprimary as "primary", i.indisvalid as "valid",
                 i.nulls_not_distinct as "nullsNotDistinct", i.indnkeyatts as "keyCount", i.indkey::int2[] as "columns",
                 i.indoption::int2[] as "options",
                 case when i.indexprs is not null then (
                   select pg_catalog.json_agg(
                            case when k.position = 0 then pg_catalog.pg_get_indexdef(i.indexrelid, k.place::int, false) end
                            order by k.place)
                     from pg_catalog.unnest(i.indkey::int2[]) with ordinality as k(position, place)
                    where k.place <= i.indnkeyatts) end as "expressions",
                 pg_catalog.pg_get_expr(i.indpred, i.indrelid) as "predicate",
                 case when c.relkind <> 'i' or m.amname <> 'btree' or i.indexprs is not null or i.indpred is not null
                        or c.reloptions is not null or i.nulls_not_distinct or i.indclass::oid[] && unusual.oids
                        or not i.indcollation::oid[] <@ array[0, 'pg_catalog."default"'::regcollation]::oid[]
                      then pg_catalog.pg_get_indexdef(i.indexrelid) end as "definition",
                 c.relpages as "pages"
            from (select false as indnullsnotdistinct) as older_server
            cross join lateral (
              select indexrelid, indrelid, indisunique, indisprimary, indisvalid, indnkeyatts, indkey, indoption,
                     indexprs, indpred, indclass, indcollation, indnullsnotdistinct as nulls_not_distinct
                from pg_catalog.pg_index) as i
            join relation r on r.oid = i.indrelid
            join pg_catalog.pg_class c on c.oid = i.indexrelid
            join pg_catalog.pg_am m on m.oid = c.relam
            cross join (select pg_catalog.array_agg(oid) as oids from pg_catalog.pg_opclass where not opcdefault) as unusual`,
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
} satisfies Partial<CatalogSets>;
