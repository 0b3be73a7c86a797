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
--> size CommonTableExpr 1:16
WITH RECURSIVE w AS (SELECT * FROM (VALUES ('x'::text)) v(t) JOIN pg_am a ON a.amname = 'heap' UNION ALL SELECT t || t, oid, amname, amhandler, amtype FROM w) SELECT max(length(t)) FROM w
--> size CommonTableExpr 1:16
WITH RECURSIVE w AS (SELECT amname::text FROM pg_am UNION ALL SELECT (w::text)::text FROM w) SELECT max(length(w.amname)) FROM w
--> size CommonTableExpr 1:16
WITH RECURSIVE w AS (SELECT 'x' || 'x' UNION ALL SELECT "?column?" || "?column?" FROM w) SELECT max(length("?column?")) FROM w
--> size CommonTableExpr 1:16
WITH RECURSIVE r(x, n) AS (SELECT 'a'::text, 1 UNION ALL SELECT r::text, n+1 FROM r WHERE n < 45) SELECT max(length(x)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(x, n) AS (SELECT 'a'::text, 1 UNION ALL SELECT v, n+1 FROM r, LATERAL (SELECT r::text AS v) l WHERE n < 45) SELECT max(length(x)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(x, n) AS (SELECT 'a'::text, 1 UNION ALL SELECT row_to_json(r)::text, n+1 FROM r WHERE n < 45) SELECT max(length(x)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(x, n) AS (SELECT 'a'::text, 1 UNION ALL SELECT '' || row_to_json(r), n+1 FROM r WHERE n < 45) SELECT max(length(x)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(x, n) AS (SELECT 'a'::text, 1 UNION ALL SELECT concat(r), n+1 FROM r WHERE n < 45) SELECT max(length(x)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(x, n) AS (SELECT 'a'::text, 1 UNION ALL SELECT concat(to_jsonb(x)), n+1 FROM r WHERE n < 45) SELECT max(length(x)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(x, n) AS (SELECT 'a'::text, 1 UNION ALL SELECT '"'::text || to_jsonb(x), n+1 FROM r WHERE n < 45) SELECT max(length(x)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(x, n) AS (SELECT 'ß'::text, 1 UNION ALL SELECT convert_to(x, 'UTF8')::text, n+1 FROM r WHERE n < 30) SELECT max(length(x)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(x, n) AS (SELECT 'ß'::text, 1 UNION ALL SELECT x::bytea::text, n+1 FROM r WHERE n < 30) SELECT max(length(x)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(x, n) AS (SELECT 'a'::text, 1 UNION ALL SELECT array_to_string(array_fill(x, ARRAY[2]), ''), n+1 FROM r WHERE n < 30) SELECT max(length(x)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(x, n) AS (SELECT 'a'::text, 1 UNION ALL SELECT array_to_string(string_to_array(x, NULL), 'bb'), n+1 FROM r WHERE n < 30) SELECT max(length(x)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(x, n) AS (SELECT 'a'::text, 1 UNION ALL SELECT replace('aa', 'a', x), n+1 FROM r WHERE n < 30) SELECT max(length(x)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(x, n) AS (SELECT 'a'::text, 1 UNION ALL SELECT regexp_replace('aa', 'a', x, 'g'), n+1 FROM r WHERE n < 30) SELECT max(length(x)) FROM r
--> size A_Expr 1:1
WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + i FROM r WHERE i < 500000000) SELECT array_fill(1, ARRAY[i]) FROM r
