/**
 * The floor: one query as an experienced person writes it by hand, objects all the way, for the facts that `introspect`
 * reads of tables and sequences. The caller parses the text and has the same facts, in names of the catalogs.
 */
export const ONE_JSON_QUERY = `
with rel as materialized (
  select c.oid, n.nspname, c.relname, c.relkind, c.relowner, c.relrowsecurity, c.relforcerowsecurity, c.relpersistence,
         c.reltuples, c.relpages, c.reltoastrelid, c.reloptions,
         has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, 'SELECT') as selectable
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not c.relispartition
), descr as materialized (
  select objoid, objsubid, description from pg_description where classoid = 'pg_class'::regclass
), col as (
  select a.attrelid, json_agg(json_build_object('name', a.attname, 'position', a.attnum, 'type', format_type(a.atttypid, a.atttypmod),
           'typeOid', a.atttypid, 'notNull', a.attnotnull, 'default', pg_get_expr(d.adbin, d.adrelid), 'identity', a.attidentity,
           'generated', a.attgenerated, 'comment', t.description) order by a.attnum) as j
    from rel join pg_attribute a on a.attrelid = rel.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    left join descr t on t.objoid = a.attrelid and t.objsubid = a.attnum
   group by 1
), con as (
  select k.conrelid, json_agg(json_build_object('name', k.conname, 'kind', k.contype, 'columns', k.conkey,
           'schema', fn.nspname, 'table', f.relname, 'targetColumns', k.confkey, 'onUpdate', k.confupdtype, 'onDelete', k.confdeltype,
           'match', k.confmatchtype, 'deferrable', k.condeferrable, 'deferred', k.condeferred, 'validated', k.convalidated,
           'expression', case when k.contype = 'c' then pg_get_expr(k.conbin, k.conrelid) when k.contype = 'x' then pg_get_constraintdef(k.oid) end)
           order by k.conname) as j
    from rel join pg_constraint k on k.conrelid = rel.oid
    left join pg_class f on f.oid = k.confrelid left join pg_namespace fn on fn.oid = f.relnamespace
   where k.contype in ('p', 'f', 'u', 'c', 'x') group by 1
), idx as (
  select i.indrelid, sum(ic.relpages) as pages, json_agg(json_build_object('name', ic.relname, 'method', am.amname, 'unique', i.indisunique,
           'primary', i.indisprimary, 'valid', i.indisvalid, 'columns', i.indkey::int2[], 'options', i.indoption::int2[],
           'predicate', pg_get_expr(i.indpred, i.indrelid), 'definition', pg_get_indexdef(i.indexrelid)) order by ic.relname) as j
    from rel join pg_index i on i.indrelid = rel.oid join pg_class ic on ic.oid = i.indexrelid join pg_am am on am.oid = ic.relam group by 1
), trg as (
  select t.tgrelid, json_agg(json_build_object('name', t.tgname, 'definition', pg_get_triggerdef(t.oid))) as j
    from rel join pg_trigger t on t.tgrelid = rel.oid where not t.tgisinternal group by 1
), pol as (
  select p.polrelid, json_agg(json_build_object('name', p.polname, 'command', p.polcmd, 'using', pg_get_expr(p.polqual, p.polrelid))) as j
    from rel join pg_policy p on p.polrelid = rel.oid group by 1
)
select json_build_object(
  'tables', (select json_agg(json_build_object('oid', rel.oid, 'schema', rel.nspname, 'name', rel.relname, 'kind', rel.relkind,
      'owner', pg_get_userbyid(rel.relowner), 'visible', pg_table_is_visible(rel.oid), 'selectable', rel.selectable,
      'rowSecurity', rel.relrowsecurity, 'forced', rel.relforcerowsecurity, 'persistence', rel.relpersistence, 'rows', rel.reltuples,
      'pages', rel.relpages + coalesce(toast.relpages, 0) + coalesce(idx.pages, 0), 'options', rel.reloptions, 'comment', d.description,
      'columns', col.j, 'constraints', con.j, 'indexes', idx.j, 'triggers', trg.j, 'policies', pol.j,
      'definition', case when rel.relkind in ('v', 'm') then pg_get_viewdef(rel.oid) end) order by rel.nspname, rel.relname)
    from rel left join pg_class toast on toast.oid = rel.reltoastrelid left join col on col.attrelid = rel.oid
    left join con on con.conrelid = rel.oid left join idx on idx.indrelid = rel.oid left join trg on trg.tgrelid = rel.oid
    left join pol on pol.polrelid = rel.oid left join descr d on d.objoid = rel.oid and d.objsubid = 0),
  'sequences', (select json_agg(json_build_object('schema', n.nspname, 'name', c.relname, 'type', format_type(s.seqtypid, null),
      'start', s.seqstart::text, 'increment', s.seqincrement::text, 'min', s.seqmin::text, 'max', s.seqmax::text, 'cycle', s.seqcycle,
      'table', t.relname, 'column', a.attname))
    from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
    left join pg_depend dep on dep.classid = 'pg_class'::regclass and dep.objid = c.oid and dep.refobjsubid > 0 and dep.deptype in ('a', 'i')
    left join pg_class t on t.oid = dep.refobjid left join pg_attribute a on a.attrelid = dep.refobjid and a.attnum = dep.refobjsubid),
  'enums', (select json_agg(j) from (select json_build_object('type', format_type(enumtypid, null), 'labels', json_agg(enumlabel order by enumsortorder)) as j
    from pg_enum group by enumtypid) e)
)::text as "json"`;
