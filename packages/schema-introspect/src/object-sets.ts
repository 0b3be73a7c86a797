import type { CatalogSets } from './catalog-set.ts';

/** What stands beside relations: types, functions, sequences, operators, casts, extensions, comments. */
export const OBJECT_SETS = {
  types: {
    // Of every schema: a column in a chosen schema may have a type from another one.
    columns: [
      'oid',
      'schema',
      'name',
      'kind',
      'arrayOid',
      'baseOid',
      'underlyingType',
      'userSchema',
      'userName',
      'multirange',
      'notNull',
      'default',
    ],
    sql: `select t.oid::int8 as "oid", n.nspname as "schema", t.typname as "name", t.typtype as "kind",
                 t.typarray::int8 as "arrayOid", t.typbasetype::int8 as "baseOid",
                 case t.typtype when 'd' then pg_catalog.format_type(t.typbasetype, t.typtypmod)
                                when 'r' then pg_catalog.format_type(g.rngsubtype, null) end as "underlyingType",
                 u.schema as "userSchema", u.name as "userName",
                 (select m.typname from pg_catalog.pg_type m where m.oid = g.rngmultitypid) as "multirange",
                 t.typnotnull as "notNull", t.typdefault as "default"
            from pg_catalog.pg_type t
            join pg_catalog.pg_namespace n on n.oid = t.typnamespace
            left join pg_catalog.pg_class c on c.oid = t.typrelid
            left join pg_catalog.pg_range g on g.rngtypid = t.oid
            left join user_type u on u.oid = coalesce(nullif(t.typbasetype, 0), g.rngsubtype)
           where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
             and (t.typtype in ('e', 'd', 'r')
                  or (t.typtype = 'b' and t.typcategory <> 'A')
                  or (t.typtype = 'c' and c.relkind = 'c'))
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
    columns: ['type', 'name', 'attributeType', 'userSchema', 'userName'],
    sql: `select c.reltype::int8 as "type", a.attname as "name",
                 pg_catalog.format_type(a.atttypid, a.atttypmod) as "attributeType",
                 u.schema as "userSchema", u.name as "userName"
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join pg_catalog.pg_attribute a on a.attrelid = c.oid
            left join user_type u on u.oid = a.atttypid
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
    columns: [
      'oid',
      'source',
      'sourceUserSchema',
      'sourceUserName',
      'target',
      'targetUserSchema',
      'targetUserName',
      'context',
      'method',
      'functionSchema',
      'functionName',
    ],
    sql: `select k.oid::int8 as "oid", pg_catalog.format_type(k.castsource, null) as "source",
                 pg_catalog.format_type(k.casttarget, null) as "target",
                 s.schema as "sourceUserSchema", s.name as "sourceUserName",
                 t.schema as "targetUserSchema", t.name as "targetUserName", k.castcontext as "context",
                 k.castmethod as "method", n.nspname as "functionSchema", p.proname as "functionName"
            from pg_catalog.pg_cast k
            left join pg_catalog.pg_proc p on p.oid = k.castfunc
            left join pg_catalog.pg_namespace n on n.oid = p.pronamespace
            left join user_type s on s.oid = k.castsource
            left join user_type t on t.oid = k.casttarget
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
    // Cut, so that one comment of megabytes does not hide the whole catalog behind a limit on the size of answers.
    columns: ['catalog', 'object', 'column', 'comment'],
    sql: `select k.relname as "catalog", d.objoid::int8 as "object", d.objsubid as "column", pg_catalog.left(d.description, 4000) as "comment"
            from pg_catalog.pg_description d join pg_catalog.pg_class k on k.oid = d.classoid
           where d.objoid >= 16384`,
  },
} satisfies Partial<CatalogSets>;
