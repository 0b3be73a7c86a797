/**
 * Common table expressions that every set may use: `namespace`, `relation`, `partition` and `user_type`. Partitions are no relations
 * of their own, except where the root of the tree lies outside the chosen schemas: nothing may vanish. `user_type` names
 * types that did not come with the server, arrays by their elements.
 *
 * `$1` is a JSON array of schema names or NULL for all. Text, so that every driver passes it alike.
 */
export const COMMON_TABLES = `
  previous_path as materialized (select pg_catalog.current_setting('search_path') as path),
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
  ),
  user_type as (
    select t.oid, n.nspname as schema, coalesce(e.typname, t.typname) as name
      from pg_catalog.pg_type t
      left join pg_catalog.pg_type e on t.typcategory = 'A' and e.oid = t.typelem
      join pg_catalog.pg_namespace n on n.oid = coalesce(e.typnamespace, t.typnamespace)
     where n.nspname not in ('pg_catalog', 'information_schema')
  )`;
