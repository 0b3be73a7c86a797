--> select
SELECT profile -> 'age', profile ->> 'age', profile -> 'langs' -> 0, profile #> '{address,city}', profile #>> '{address,city}' FROM customers
--> select
SELECT profile['age'], profile['address']['city'] FROM customers
--> select
SELECT profile - 'age', profile - ARRAY['age', 'x'], profile #- '{address,city}' FROM customers
--> select
SELECT jsonb_set(profile, '{age}', '5'), jsonb_insert(profile, '{x}', '1'), jsonb_strip_nulls(profile), jsonb_pretty(profile) FROM customers
--> select
SELECT jsonb_path_query(profile, '$.langs[*]'), jsonb_path_exists(profile, '$.age'), jsonb_path_query_array(profile, '$.langs[*]') FROM customers
--> select
SELECT jsonb_build_object('a', 1, 'b', ARRAY[1, 2]), json_build_array(1, 'x'), to_jsonb(now()), row_to_json(c) FROM customers c
--> select
SELECT jsonb_array_length(lines), jsonb_typeof(lines), jsonb_object_keys(lines -> 0) FROM orders
--> select
SELECT key, value FROM customers, jsonb_each_text(profile)
--> select
SELECT (jsonb_each(profile)).key, (jsonb_each(profile)).value FROM customers
--> select
SELECT (kv).key FROM (SELECT jsonb_each(profile) AS kv FROM customers) s
--> select
SELECT json_object('a': 1, 'b' VALUE 2), json_object('a': 1 ABSENT ON NULL WITH UNIQUE KEYS RETURNING jsonb), json_object()
--> select
SELECT json_array(1, 2, 3 NULL ON NULL), json_array(SELECT id FROM customers), json_array()
--> select
SELECT json_objectagg(name: id), json_arrayagg(name ORDER BY name) FILTER (WHERE active) FROM customers
--> select
SELECT '{}' IS JSON, '1' IS JSON SCALAR, '[]' IS NOT JSON ARRAY, '{}' IS JSON OBJECT WITH UNIQUE KEYS
--> select
SELECT json_value('{"a":1}', '$.a'), json_value('{"a":1}', '$.a' RETURNING int DEFAULT 0 ON EMPTY NULL ON ERROR)
--> select
SELECT json_query('{"a":[1]}', '$.a' WITH WRAPPER), json_query('{"a":"x"}', '$.a' OMIT QUOTES), json_exists('{"a":1}', '$.a' FALSE ON ERROR)
--> select
SELECT json_exists(profile, '$.age ? (@ > $min)' PASSING 5 AS min) FROM customers
--> select
SELECT * FROM json_table('[{"a":1,"b":[{"c":2}]}]', '$[*]' COLUMNS (n FOR ORDINALITY, a int PATH '$.a', e int EXISTS PATH '$.z', j jsonb FORMAT JSON PATH '$.b', NESTED PATH '$.b[*]' AS nb COLUMNS (c int PATH '$.c')))
--> select
SELECT jt.sku FROM orders, json_table(lines, '$[*]' AS root PASSING 1 AS x COLUMNS (sku text PATH '$.sku' DEFAULT 'none' ON EMPTY)) AS jt
--> select
SELECT json_scalar(1), json('{}'), json('{"a":1}' WITH UNIQUE KEYS), json_serialize('{}' RETURNING text)
--> select
SELECT jsonb_agg(x) FROM jsonb_array_elements('[1,2]') AS x
--> select
SELECT jsonb_path_query_first('{"a":"x"}', '$.a ? (@ like_regex "^x")')
--> select
SELECT value ->> 'sku' FROM orders, jsonb_array_elements(lines)
--> select
SELECT o.id, l.value ->> 'qty' FROM orders o CROSS JOIN LATERAL jsonb_array_elements(o.lines) AS l(value)
--> select
SELECT sum((l ->> 'qty')::int) FROM orders, jsonb_array_elements(lines) l
--> select
SELECT jsonb_object_agg(key, value) FROM jsonb_each('{"a":1}')
--> select
SELECT * FROM json_populate_record(NULL::record, '{}') AS t(a int)
--> select
SELECT jsonb_path_query_array(lines, '$[*] ? (@.qty > 1).sku'), jsonb_path_query(profile, '$.**.city'), jsonb_path_exists(profile, '$.address ? (@.city == "X")') FROM customers, orders
--> select
SELECT jsonb_path_query_array(profile, '$.langs[0, 1]'), jsonb_path_query_array(profile, '$.**.langs[0 to 1, last].**') FROM customers
--> select
SELECT jsonb_path_query_array(lines, '$[*] ? (@.sku == $[0].sku && @.qty >= 1)'), jsonb_path_exists(lines, '$[*] ? (@.sku like_regex "^[a,b]+$")') FROM orders
--> select
SELECT jsonb_path_query_array(profile, '$.langs[*] ? (@ == $.spoken[*])') FROM customers
--> select
SELECT jsonb_path_query_first(profile, ('$.' || kind)::jsonpath), jsonb_path_query(profile, format('$.%s[*]', kind)::jsonpath) FROM customers, events
--> select
SELECT json_value(profile, '$.age' RETURNING int), json_query(profile, '$.langs[*]' WITH WRAPPER), t.* FROM customers, json_table(profile, '$.langs[*]' COLUMNS (lang text PATH '$', n FOR ORDINALITY)) t
--> select
SELECT path '[(0,0),(1,1),(2,0)]' <-> path '[(5,5),(6,6)]', ARRAY['a', 'b'] && string_to_array('b,c', ','), '{"a": [1, 2]}'::jsonb @> '{"a": [1]}' FROM customers
