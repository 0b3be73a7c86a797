--> type TypeName 1:13
SELECT 'x'::app.dom
--> type TypeName 1:13
SELECT 'x'::dom
--> type TypeName 1:20
SELECT CAST('x' AS app.dom)
--> type TypeName 1:8
SELECT app.dom 'x'
--> type TypeName 1:20
SELECT ARRAY['x']::app.dom[]
--> type TypeName 1:43
SELECT * FROM json_to_record('{}') AS t(a app.dom)
--> type TypeName 1:47
SELECT * FROM jsonb_to_recordset('[]') AS t(a dom)
--> type TypeName 1:42
SELECT * FROM json_populate_record(NULL::app.row, '{}')
--> syntax ParseResult 1:43
SELECT x FROM xmltable('/a' PASSING '<a/>'::xml COLUMNS x app.dom)
--> type TypeName 1:47
SELECT * FROM json_table('{}', '$' COLUMNS (a app.dom PATH '$.a'))
--> type TypeName 1:41
SELECT json_value('{}', '$.a' RETURNING app.dom)
--> type TypeName 1:44
SELECT xmlserialize(content '<a/>'::xml AS app.dom)
--> type TypeName 1:14
SELECT NULL::app.unknown_row
--> type TypeName 1:14
SELECT NULL::pg_authid
--> type TypeName 1:13
SELECT 'x'::cstring
--> type TypeName 1:13
SELECT 'x'::internal
--> type TypeName 1:14
SELECT NULL::trigger
--> type TypeName 1:11
SELECT 1::"Dom"
--> type TypeName 1:13
SELECT 'x'::otherdb.public.dom
--> type TypeName 1:11
SELECT a::customers.name%TYPE FROM customers
--> function FuncCall 1:15
SELECT * FROM app.f() AS t(a app.dom)
--> type TypeName 1:38
SELECT json_serialize('{}' RETURNING app.dom)
--> type TypeName 1:53
SELECT * FROM ROWS FROM (json_to_record('{}') AS (a dom)) AS t
--> type TypeName 1:13
SELECT 'x'::geometry
--> type TypeName 1:13
SELECT '1'::evil.int4
--> type TypeName 1:14
SELECT '{}'::__text
--> type TypeName 1:14
SELECT '{}'::public._text
