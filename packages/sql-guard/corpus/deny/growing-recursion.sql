--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT lower(s || s) FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT coalesce(s || s, '') FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT CASE WHEN true THEN s || s END FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT repeat(s, 2) FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT replace(s, 'x', 'xx') FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT replace(s, 'x', s) || 'x' FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT regexp_replace(s, '(.*)', '\1\1') FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT regexp_replace(s, '.', '\&\&', 'g') FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT format('%1$s%1$s', s) FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(a, b) AS (SELECT 'x'::text, 'y'::text UNION ALL SELECT a || b, a FROM r) SELECT max(length(a)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(a, b) AS (SELECT 'x'::text, 'y'::text UNION ALL SELECT a || b, b || a FROM r) SELECT max(length(a)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT u || s FROM r, LATERAL (SELECT r.s) t(u)) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT t.d FROM (SELECT s || s AS d FROM r) t) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT lpad(s, length(s) * 2, s) FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT array_to_string(ARRAY[s, s], '') FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT concat(VARIADIC ARRAY[s, s]) FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT overlay(s placing s from 1 for 0) FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT '"'::text UNION ALL SELECT to_json(s)::text FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT ''''::text UNION ALL SELECT quote_literal(s) FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT '"'::text UNION ALL SELECT ROW(s)::text FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT '"'::text UNION ALL SELECT ARRAY[s]::text FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT encode(s::bytea, 'hex') FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(j) AS (SELECT '[1]'::jsonb UNION ALL SELECT j || j FROM r) SELECT max(jsonb_array_length(j)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(j) AS (SELECT '{"a":1}'::jsonb UNION ALL SELECT jsonb_build_object('a', j, 'b', j) FROM r) SELECT max(length(j::text)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(j) AS (SELECT '{"a":1}'::jsonb UNION ALL SELECT jsonb_set(j, '{b}', j) FROM r) SELECT max(length(j::text)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(j) AS (SELECT '{"a":1}'::jsonb UNION ALL SELECT jsonb_set(jsonb_set('{}', '{a}', j), '{b}', j) FROM r) SELECT max(length(j::text)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(j) AS (SELECT '[1]'::jsonb UNION ALL SELECT jsonb_insert(j, '{0}', j) FROM r) SELECT max(length(j::text)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(a) AS (SELECT ARRAY[1] UNION ALL SELECT a || a FROM r) SELECT max(cardinality(a)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(a) AS (SELECT ARRAY[1] UNION ALL SELECT array_cat(a, a || 1) FROM r) SELECT max(cardinality(a)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(a) AS (SELECT ARRAY[1] UNION ALL SELECT ARRAY(SELECT unnest(a || a)) FROM r) SELECT max(cardinality(a)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(a) AS (SELECT ARRAY[1] UNION ALL SELECT ARRAY(SELECT x FROM unnest(a) x, generate_series(1, 2)) FROM r) SELECT max(cardinality(a)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(a) AS (SELECT ARRAY[1] UNION ALL SELECT (SELECT array_agg(x) FROM unnest(a || a) x) FROM r) SELECT max(cardinality(a)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(x) AS (SELECT '<a/>'::xml UNION ALL SELECT xmlconcat(x, x) FROM r) SELECT max(length(x::text)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(x) AS (SELECT '<a/>'::xml UNION ALL SELECT xmlelement(name b, x, x) FROM r) SELECT max(length(x::text)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(b) AS (SELECT B'1'::varbit UNION ALL SELECT b || b FROM r) SELECT max(length(b)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(b) AS (SELECT '\x01'::bytea UNION ALL SELECT b || b FROM r) SELECT max(length(b)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL (WITH q AS (SELECT s || s AS t FROM r) SELECT t FROM q)) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT u FROM r, LATERAL concat(r.s, r.s) AS u) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT json_array(s, s)::text FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT textcat(s, s) FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT s OPERATOR(pg_catalog.||) s FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT s || upper(s) FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT concat_ws('', s, 'y', reverse(s)) FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT s || greatest(s, 'a') FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT xmlserialize(content xmlelement(name a, s) as text) FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT '&'::text UNION ALL SELECT xmlforest(s AS a)::text FROM r) SELECT max(length(s)) FROM r
