--> select
SELECT NOT NULL::boolean, true AND NULL, 1 <> ALL (ARRAY[2, 3]), 'a' BETWEEN SYMMETRIC 'c' AND 'a', 2 NOT BETWEEN 1 AND 1
--> select
SELECT 1 IS DISTINCT FROM NULL, NULL IS NOT DISTINCT FROM NULL, true IS UNKNOWN, 7 ISNULL, 7 NOTNULL, num_nulls(1, NULL, 2), num_nonnulls(VARIADIC ARRAY[1, NULL])
--> select
SELECT 2 + 3, 5.0 / 2, -5 / 2, 5 % 4, 2 ^ 3, |/ 25.0, ||/ 64.0, @ -5.0, 91 & 15, 32 | 3, 17 # 5, ~1, 1 << 4, 8 >> 2
--> select
SELECT abs(-17.4), cbrt(64.0), ceil(42.2), ceiling(95.3), degrees(0.5), div(9, 4), exp(1.0), factorial(5), floor(-42.8), gcd(1071, 462), lcm(1071, 462), ln(2.0), log(100), log10(1000), log(2.0, 64.0), min_scale(8.4100), mod(9, 4), pi(), power(9, 3), radians(45.0), round(42.4382, 2), round(1234.56, -1), scale(8.4100), sign(-8.4), sqrt(2), trim_scale(8.4100), trunc(42.4382, 2), width_bucket(5.35, 0.024, 10.06, 5)
--> select
SELECT random(), random_normal(0, 1), acos(1), acosd(0.5), asin(1), atan(1), atan2(1, 0), atan2d(1, 0), cos(0), cosd(60), cot(0.5), cotd(45), sin(1), sind(30), tan(1), tand(45), sinh(1), cosh(0), tanh(1), asinh(1), acosh(1), atanh(0.5)
--> select
SELECT 'Post' || 'greSQL', 'Value: ' || 42, btrim('xyxtrimyyx', 'xyz'), U&'\0061\0308bc' IS NFD NORMALIZED, bit_length('jose'), char_length('josé'), lower('TOM'), lpad('hi', 5, 'xy'), ltrim('zzzytest', 'xyz'), normalize(U&'\0061\0308bc', NFC), octet_length('josé'), overlay('Txxxxas' PLACING 'hom' FROM 2 FOR 4), position('om' IN 'Thomas'), rpad('hi', 5, 'xy'), rtrim('testxxzx', 'xyz'), substring('Thomas' FROM 2 FOR 3), substring('Thomas' FROM '...$'), substring('Thomas' SIMILAR '%#"o_a#"_' ESCAPE '#'), trim(BOTH 'xyz' FROM 'yxTomxx'), unicode_assigned('a'), upper('tom')
--> select
SELECT ascii('x'), chr(65), concat('abcde', 2, NULL, 22), concat_ws(',', 'abcde', 2, NULL, 22), format('Hello %s, %1$s', 'World'), initcap('hi THOMAS'), casefold('ß'), left('abcde', 2), length('jose'), md5('abc'), parse_ident('"SomeSchema".someTable'), quote_ident('Foo bar'), quote_literal(E'O\'Reilly'), quote_nullable(NULL), regexp_count('123456789012', '\d\d\d', 2), regexp_instr('ABCDEF', 'c(.)(..)', 1, 1, 0, 'i'), regexp_like('Hello World', 'world$', 'i'), regexp_match('foobarbequebaz', '(bar)(beque)'), regexp_replace('Thomas', '.[mN]a.', 'M'), regexp_split_to_array('hello world', '\s+'), regexp_substr('ABCDEF', 'c(.)(..)', 1, 1, 'i', 2), repeat('Pg', 4), replace('abcdefabcdef', 'cd', 'XX'), reverse('abcde'), right('abcde', 2), split_part('abc~@~def~@~ghi', '~@~', 2), starts_with('alphabet', 'alph'), string_to_array('xx~~yy~~zz', '~~', 'yy'), strpos('high', 'ig'), substr('alphabet', 3, 2), to_ascii('Karel'), to_hex(2147483647), to_oct(20), to_bin(20), translate('12345', '143', 'ax'), unistr('d\0061t\+000061')
--> select
SELECT regexp_matches('foobarbequebazilbarfbonk', '(b[^b]+)(b[^b]+)', 'g')
--> select
SELECT string_to_table('xx~^~yy~^~zz', '~^~', 'yy')
--> select
SELECT format('Testing %s, %s, %s, %%', 'one', 'two', 'three'), format('|%10s|%-10s|', 'foo', 'bar'), format('Testing %3$s, %2$s, %s', 'one', 'two', 'three'), format('INSERT INTO %I VALUES(%L)', 'locations', E'C:\\Program Files')
--> select
SELECT '\x123456'::bytea || '\x789a00bcde'::bytea, bit_count('\x1234567890'::bytea), get_bit('\x1234567890'::bytea, 30), get_byte('\x1234567890'::bytea, 4), set_byte('\x1234567890'::bytea, 4, 64), sha224('abc'::bytea), sha256('abc'::bytea), crc32('abc'::bytea), crc32c('abc'::bytea), encode('123\000\001', 'base64'), decode('MTIzAAE=', 'base64'), convert_from('text_in_utf8', 'UTF8'), convert_to('some_text', 'UTF8'), convert('text_in_utf8', 'UTF8', 'LATIN1'), substring('\x1234567890'::bytea FROM 3 FOR 2), trim('\x9012'::bytea FROM '\x1234567890'::bytea), overlay('\x1234567890'::bytea PLACING '\002\003'::bytea FROM 2 FOR 3), reverse('\xabcd'::bytea)
--> select
SELECT B'10001' || B'011', B'10001' & B'01101', B'10001' | B'01101', B'10001' # B'01101', ~ B'10001', B'10001' << 3, B'10001' >> 2, bit_count(B'10111'), length(B'10111'), overlay(B'01010101010101010' PLACING B'11111' FROM 2 FOR 3), position(B'010' IN B'000001101011'), substring(B'110010111111' FROM 3 FOR 2), get_bit(B'101010101010101010', 6), set_bit(B'101010101010101010', 6, 0), 44::bit(10), cast(-44 AS bit(12)), '1110'::bit(4)::integer
--> select
SELECT 'abc' LIKE 'a%', 'abc' NOT LIKE '_b_', 'abc' ILIKE 'A%', 'abc' ~~ 'a%', 'abc' !~~* 'B%', 'abc' SIMILAR TO '%(b|d)%', 'thomas' ~ 't.*ma', 'thomas' ~* 'T.*ma', 'thomas' !~ 't.*max', 'a\%b' LIKE 'a\%b' ESCAPE '\', 'a%b' LIKE 'a#%b' ESCAPE '#', 'abc' ^@ 'a'
--> select
SELECT to_char(timestamp '2002-04-20 17:31:12.66', 'HH12:MI:SS'), to_char(interval '15h 2m 12s', 'HH24:MI:SS'), to_char(125, '999'), to_char(125.8::real, '999D9'), to_char(-125.8, '999D99S'), to_date('05 Dec 2000', 'DD Mon YYYY'), to_number('12,454.8-', '99G999D9S'), to_timestamp('05 Dec 2000', 'DD Mon YYYY'), to_timestamp(1284352323), to_char(current_timestamp, 'FMDay, FMDD  HH12:MI:SS'), to_char(-0.1, 'FM9.99'), to_char(12, '9990999.9'), to_char(485, 'RN'), to_char(3.14159, 'FM999.999999'), to_char(148.5, '9.999EEEE'), to_char(482, '999th'), to_char(482, '"Good number:"999'), to_number('MMXXVI', 'RN')
--> select
SELECT date '2001-09-28' + 7, date '2001-09-28' + interval '1 hour', date '2001-09-28' + time '03:00', interval '1 day' + interval '1 hour', - interval '23 hours', date '2001-10-01' - date '2001-09-28', time '05:00' - time '03:00', interval '1 second' * 900, 21 * interval '1 day', interval '1 hour' / 1.5
--> select
SELECT age(timestamp '2001-04-10', timestamp '1957-06-13'), clock_timestamp(), current_date, current_time(2), current_timestamp(0), date_add('2021-10-31 00:00:00+02'::timestamptz, '1 day'::interval, 'Europe/Warsaw'), date_bin('15 minutes', timestamp '2001-02-16 20:38:40', timestamp '2001-02-16 20:05:00'), date_part('hour', timestamp '2001-02-16 20:38:40'), date_subtract('2021-11-01 00:00:00+01'::timestamptz, '1 day'::interval, 'Europe/Warsaw'), date_trunc('day', timestamptz '2001-02-16 20:38:40+00', 'Australia/Sydney'), extract(hour FROM timestamp '2001-02-16 20:38:40'), isfinite(date '2001-02-16'), justify_days(interval '1 year 65 days'), justify_hours(interval '50 hours 10 minutes'), justify_interval(interval '1 mon -1 hour'), localtime, localtimestamp, make_date(2013, 7, 15), make_interval(days => 10), make_time(8, 15, 23.5), make_timestamp(2013, 7, 15, 8, 15, 23.5), make_timestamptz(2013, 7, 15, 8, 15, 23.5, 'America/New_York'), now(), statement_timestamp(), timeofday(), transaction_timestamp()
--> select
SELECT (DATE '2001-02-16', DATE '2001-12-21') OVERLAPS (DATE '2001-10-30', DATE '2002-10-30'), (DATE '2001-02-16', INTERVAL '100 days') OVERLAPS (DATE '2001-10-30', DATE '2002-10-30')
--> select
SELECT EXTRACT(CENTURY FROM TIMESTAMP '2000-12-16 12:21:13'), EXTRACT(DECADE FROM now()), EXTRACT(DOW FROM now()), EXTRACT(DOY FROM now()), EXTRACT(EPOCH FROM now()), EXTRACT(ISODOW FROM now()), EXTRACT(ISOYEAR FROM now()), EXTRACT(JULIAN FROM DATE '2006-01-01'), EXTRACT(MICROSECONDS FROM TIME '17:12:28.5'), EXTRACT(MILLENNIUM FROM now()), EXTRACT(MILLISECONDS FROM now()), EXTRACT(QUARTER FROM now()), EXTRACT(TIMEZONE FROM now()), EXTRACT(WEEK FROM now())
--> select
SELECT timestamp '2001-02-16 20:38:40' AT TIME ZONE 'America/Denver', timestamptz '2001-02-16 20:38:40-05' AT TIME ZONE 'Asia/Tokyo' AT TIME ZONE 'America/Chicago', time with time zone '20:38:40-05' AT LOCAL, timestamptz '2001-02-16 20:38:40-05' AT TIME ZONE interval '-08:00'
--> select
SELECT 'now'::timestamp, 'today'::date, 'tomorrow'::date, 'epoch'::timestamptz, '-infinity'::timestamp, 'allballs'::time, '04:05:06.789-8'::timetz, 'J2451187'::date, 'January 8, 99 BC'::date, '2024-W05-3' ~ '^\d{4}-W', interval 'P1Y2M3DT4H5M6S', interval '1 12:59:10', interval '200-10', interval '1 year 2 mons' day, interval '3 4:05' day to minute
--> select
SELECT enum_first(NULL::"char") WHERE false
--> select
SELECT box '((0,0),(1,1))' + point '(2,0)', path '((0,0),(1,0),(1,1))' - point '(2,0)', @-@ path '[(0,0),(1,0),(1,1)]', @@ box '((2,2),(0,0))', # path '((1,0),(0,1),(-1,0))', lseg '((0,0),(1,1))' # lseg '((1,0),(0,1))', point '(0,0)' ## lseg '((2,0),(0,2))', circle '<(0,0),1>' <-> circle '<(5,0),1>', circle '<(0,0),2>' @> point '(1,1)', point '(1,1)' <@ circle '<(0,0),2>', box '((1,1),(0,0))' && box '((2,2),(0,0))', circle '<(0,0),1>' << circle '<(5,0),1>', box '((3,3),(0,0))' |>> box '((5,5),(3,4))', ?- lseg '((-1,0),(1,0))', point '(1,0)' ?- point '(0,0)', ?| lseg '((-1,0),(1,0))', lseg '((0,0),(0,1))' ?-| lseg '((0,0),(1,0))', lseg '((-1,0),(1,0))' ?|| lseg '((-1,2),(1,2))', polygon '((0,0),(1,1))' ~= polygon '((1,1),(0,0))'
--> select
SELECT area(box '(2,2),(0,0)'), center(box '(1,2),(0,0)'), diagonal(box '(1,2),(0,0)'), diameter(circle '<(0,0),2>'), height(box '(1,2),(0,0)'), isclosed(path '((0,0),(1,1),(2,0))'), isopen(path '[(0,0),(1,1),(2,0)]'), length(path '((-1,0),(1,0))'), npoints(path '[(0,0),(1,1),(2,0)]'), pclose(path '[(0,0),(1,1),(2,0)]'), popen(path '((0,0),(1,1),(2,0))'), radius(circle '<(0,0),2>'), slope(point '(0,0)', point '(2,1)'), width(box '(1,2),(0,0)'), box(circle '<(0,0),2>'), box(point '(1,0)', point '(2,3)'), bound_box(box '(1,1),(0,0)', box '(4,4),(3,3)'), circle(point '(0,0)', 2.0), line(point '(-1,0)', point '(1,0)'), lseg(box '(1,0),(-1,0)'), path(polygon '((0,0),(1,1),(2,0))'), point(23.4, -44.5), polygon(box '(1,1),(0,0)'), polygon(4, circle '<(3,0),1>')
--> select
SELECT inet '192.168.1.5' << inet '192.168.1/24', inet '192.168.1/24' <<= inet '192.168.1/24', inet '192.168.1/24' >> inet '192.168.1.5', inet '192.168.1/24' && inet '192.168.1.80/28', ~ inet '192.168.1.6', inet '192.168.1.6' & inet '0.0.0.255', inet '192.168.1.6' + 25, inet '192.168.1.43' - inet '192.168.1.19', abbrev(cidr '10.1.0.0/16'), broadcast(inet '192.168.1.5/24'), family(inet '::1'), host(inet '192.168.1.0/24'), hostmask(inet '192.168.23.20/30'), inet_merge(inet '192.168.1.5/24', inet '192.168.2.5/24'), inet_same_family(inet '192.168.1.5/24', inet '::1'), masklen(inet '192.168.1.5/24'), netmask(inet '192.168.1.5/24'), network(inet '192.168.1.5/24'), set_masklen(cidr '192.168.1.0/24', 16), text(inet '192.168.1.5'), trunc(macaddr '12:34:56:78:90:ab'), macaddr8_set7bit(macaddr8 '00:34:56:ab:cd:ef:ab:cd'), macaddr '08:00:2b:01:02:03' | macaddr '00:00:00:00:00:01'
--> select
SELECT to_tsvector('fat cats ate rats') @@ to_tsquery('cat & rat'), 'a:1 b:2'::tsvector || 'c:1 d:2 b:3'::tsvector, 'fat | rat'::tsquery && 'cat'::tsquery, !! 'cat'::tsquery, to_tsquery('fat') <-> to_tsquery('rat'), 'cat'::tsquery @> 'cat & rat'::tsquery, 'cat'::tsquery <@ '!cat & rat'::tsquery
--> select
SELECT array_to_tsvector('{fat,cat,rat}'::text[]), get_current_ts_config(), length('fat:2,4 cat:3 rat:5A'::tsvector), numnode('(fat & rat) | cat'::tsquery), plainto_tsquery('english', 'The Fat Rats'), phraseto_tsquery('english', 'The Cat and Rats'), websearch_to_tsquery('english', '"fat rat" or cat -dog'), querytree('foo & ! bar'::tsquery), setweight('fat:2,4 cat:3 rat:5B'::tsvector, 'A', '{cat,rat}'), strip('fat:2,4 cat:3 rat:5A'::tsvector), to_tsquery('english', 'The & Fat & Rats'), to_tsvector('english', '{"a": "The Fat Rats", "b": "dog"}'::json), json_to_tsvector('english', '{"a": "The Fat Rats", "b": 123}'::json, '["string", "numeric"]'), jsonb_to_tsvector('english', '{"a": "The Fat Rats", "b": 123}'::jsonb, '"all"'), ts_delete('fat:2,4 cat:3 rat:5A'::tsvector, ARRAY['fat', 'rat']), ts_filter('fat:2,4 cat:3b,7c rat:5A'::tsvector, '{a,b}'), ts_headline('The fat cat ate the rat.', 'cat'), ts_rank(to_tsvector('raining cats and dogs'), 'cat'), ts_rank_cd('{0.1, 0.2, 0.4, 1.0}', 'cat:1'::tsvector, 'cat'), tsquery_phrase(to_tsquery('fat'), to_tsquery('cat'), 10), tsvector_to_array('fat:2,4 cat:3 rat:5A'::tsvector)
--> select
SELECT * FROM unnest('cat:3 fat:2,4 rat:5A'::tsvector)
--> select
SELECT * FROM ts_debug('english', 'The Brightest supernovaes')
--> select
SELECT ts_lexize('english_stem', 'stars')
--> select
SELECT * FROM ts_parse('default', 'foo - bar')
--> select
SELECT * FROM ts_token_type('default')
--> select
SELECT xmlcomment('hello'), xmlconcat('<abc/>', '<bar>foo</bar>'), xmlelement(name foo, xmlattributes('xyz' AS bar), 'cont', 'ent'), xmlforest('abc' AS foo, 123 AS bar), xmlpi(name php, 'echo "hello world";'), xmlroot(xmlparse(document '<?xml version="1.1"?><content>abc</content>'), version '1.0', standalone yes), xmltext('< foo & bar >'), xml_is_well_formed('<a/>'), xml_is_well_formed_document('<a/>'), xml_is_well_formed_content('abc'), '<a/>'::xml IS DOCUMENT
--> select
SELECT xmlagg(x ORDER BY x::text DESC) FROM (VALUES ('<foo>abc</foo>'::xml), ('<bar/>')) AS t(x)
--> select
SELECT xmlexists('//town[text() = ''Toronto'']' PASSING BY VALUE '<towns><town>Toronto</town></towns>'), xpath('/my:a/text()', '<my:a xmlns:my="http://example.com">test</my:a>', ARRAY[ARRAY['my', 'http://example.com']]), xpath_exists('/a/text()', '<a>x</a>')
--> select
SELECT xmltable.* FROM (SELECT '<ROWS><ROW id="1"><COUNTRY_ID>AU</COUNTRY_ID></ROW></ROWS>'::xml AS data) d, XMLTABLE('//ROWS/ROW' PASSING data COLUMNS id int PATH '@id', ordinality FOR ORDINALITY, "COUNTRY_ID" text, premier_name text PATH 'PREMIER_NAME' DEFAULT 'not specified')
--> select
SELECT '[{"a":"foo"},{"b":"bar"}]'::json -> 2, '{"a": {"b":"foo"}}'::json -> 'a', '[1,2,3]'::json ->> 2, '{"a": {"b": ["foo","bar"]}}'::json #> '{a,b,1}', '{"a": {"b": ["foo","bar"]}}'::json #>> '{a,b,1}', '{"a":1, "b":2}'::jsonb @> '{"b":2}'::jsonb, '{"a":1, "b":2}'::jsonb ? 'b', '{"a":1}'::jsonb ?| array['b', 'd'], '["a", "b", "c"]'::jsonb ?& array['a', 'b'], '["a", "b"]'::jsonb || '["a", "d"]'::jsonb, '{"a": "b", "c": "d"}'::jsonb - 'a', '["a", {"b":1}]'::jsonb #- '{1,b}', '{"a":[1,2,3,4,5]}'::jsonb @? '$.a[*] ? (@ > 2)', '{"a":[1,2,3,4,5]}'::jsonb @@ '$.a[*] > 2', ('{"a": {"b": [1]}}'::jsonb)['a']['b'][0]
--> select
SELECT to_json('Fred said "Hi."'::text), array_to_json('{{1,5},{99,100}}'::int[]), json_array(1, true, json '{"a":null}'), json_array(SELECT * FROM (VALUES (1), (2)) t), row_to_json(row(1, 'foo')), json_build_array(1, 2, 'foo', 4, 5), json_build_object('foo', 1, 2, row(3, 'bar')), json_object('code' VALUE 'P123', 'title': 'Jaws'), json_object('{a, 1, b, "def", c, 3.5}'), json_object('{a,b}', '{1,2}'), json('{"a":123, "b":[true,"foo"], "a":"bar"}'), json_scalar(123.45), json_serialize('{ "a" : 1 } ' RETURNING bytea)
--> select
SELECT js, js IS JSON "json?", js IS JSON SCALAR "scalar?", js IS JSON OBJECT "object?", js IS JSON ARRAY WITH UNIQUE KEYS "array?" FROM (VALUES ('123'), ('"abc"'), ('{"a": "b"}'), ('[1,2]'), ('abc')) foo(js)
--> select
SELECT json_array_elements('[1,true, [2,false]]'), jsonb_array_elements_text('["foo", "bar"]'), json_array_length('[1,2,3]'), jsonb_extract_path('{"f2":{"f3":1}}', 'f2', 'f3'), json_extract_path_text('{"f4":"foo"}', 'f4'), json_object_keys('{"f1":"abc"}'), jsonb_set('[{"f1":1,"f2":null},2]', '{0,f1}', '[2,3,4]', false), jsonb_set_lax('[{"f1":1}]', '{0,f1}', null, true, 'return_target'), jsonb_insert('{"a": [0,1,2]}', '{a, 1}', '"new_value"', true), json_strip_nulls('[{"f1":1, "f2":null}]'), jsonb_pretty('[{"f1":1}]'), jsonb_typeof('-123.4')
--> select
SELECT * FROM json_each('{"a":"foo", "b":"bar"}') JOIN jsonb_each_text('{"a":"foo"}') USING (key)
--> select
SELECT * FROM json_to_record('{"a":1,"b":[1,2,3],"c":[1,2,3],"e":"bar","r": {"a": 123}}') AS x(a int, b text, c int[], d text)
--> select
SELECT * FROM jsonb_to_recordset('[{"a":1,"b":"foo"}, {"a":"2","c":"bar"}]') AS x(a int, b text)
--> select
SELECT jsonb_path_exists('{"a":[1,2,3,4,5]}', '$.a[*] ? (@ >= $min && @ <= $max)', '{"min":2, "max":4}'), jsonb_path_match('{"a":[1,2]}', 'exists($.a[*] ? (@ >= 2))'), jsonb_path_query_first('{"a":[1,2]}', '$.a[last]'), jsonb_path_query_array('[1, 2.5]', '$[*].floor()'), jsonb_path_exists_tz('["2015-08-01 12:00:00-05"]', '$[*] ? (@.datetime() < "2015-08-02".datetime())')
--> select
SELECT jsonb_path_query('{"x": [1, {"y": "abcd"}]}', 'strict $.**.y'), jsonb_path_query('[1, "2", true]', '$[*].type()'), jsonb_path_query('{"a": "abc"}', '$.a ? (@ like_regex "^ab" flag "i")'), jsonb_path_query('{"x": "20", "y": 32}', '$.keyvalue()'), jsonb_path_query('["2023-08-15"]', '$[*].date().string()'), jsonb_path_query('{"len": 1.9}', '$.len.bigint()'), jsonb_path_query('[2]', '- $[0] % 3')
--> select
SELECT JSON_EXISTS(jsonb '{"key1": [1,2,3]}', 'strict $.key1[*] ? (@ > $x)' PASSING 2 AS x), JSON_QUERY(jsonb '[1,[2,3],null]', 'lax $[*][$off]' PASSING 1 AS off WITH CONDITIONAL WRAPPER), JSON_QUERY(jsonb '{"a": "[1, 2]"}', 'lax $.a' OMIT QUOTES), JSON_VALUE(jsonb '"123.45"', '$' RETURNING float), JSON_VALUE(jsonb '[1,2]', 'strict $[*]' DEFAULT 9 ON ERROR)
--> select
SELECT jt.* FROM (SELECT '{"favorites": [{"kind": "comedy", "films": [{"title": "Bananas", "director": "Woody Allen"}]}]}'::jsonb AS js) my_films, JSON_TABLE(js, '$.favorites[*] ? (@.films[*].director == $filter)' PASSING 'Woody Allen' AS filter COLUMNS (id FOR ORDINALITY, kind text PATH '$.kind', NESTED PATH '$.films[*]' COLUMNS (title text FORMAT JSON PATH '$.title' OMIT QUOTES, has_director boolean EXISTS PATH '$.director'))) AS jt
--> select
SELECT JSON_OBJECTAGG(k: v ABSENT ON NULL WITH UNIQUE KEYS), JSON_ARRAYAGG(v ORDER BY v DESC NULL ON NULL RETURNING jsonb) FROM (VALUES ('a', 1), ('b', NULL)) AS t(k, v)
--> select
SELECT a, CASE a WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'other' END, CASE WHEN a <> 0 THEN 10 / a > 1.5 ELSE false END, coalesce(a, 0), nullif(a, 1), greatest(a, 2, NULL), least(a, 2) FROM (VALUES (1), (2), (3)) t(a)
--> select
SELECT ARRAY[1.1,2.1,3.1]::int[] = ARRAY[1,2,3], ARRAY[1,4,3] @> ARRAY[3,1,3], ARRAY[2,2,7] <@ ARRAY[1,7,4,2,6], ARRAY[1,4,3] && ARRAY[2,1], ARRAY[1,2,3] || ARRAY[[4,5,6],[7,8,9.9]], 3 || ARRAY[4,5,6], array_append(ARRAY[1,2], 3), array_cat(ARRAY[1,2,3], ARRAY[4,5]), array_dims(ARRAY[[1,2,3], [4,5,6]]), array_fill(11, ARRAY[2,3]), array_length(ARRAY[1,2,3], 1), array_lower('[0:2]={1,2,3}'::integer[], 1), array_ndims(ARRAY[[1,2,3], [4,5,6]]), array_position(ARRAY['sun', 'mon', 'tue'], 'mon'), array_positions(ARRAY['A','A','B','A'], 'A'), array_prepend(1, ARRAY[2,3]), array_remove(ARRAY[1,2,3,2], 2), array_replace(ARRAY[1,2,5,4], 5, 3), array_sample(ARRAY[1,2,3,4,5,6], 3), array_shuffle(ARRAY[[1,2],[3,4],[5,6]]), array_to_string(ARRAY[1, 2, 3, NULL, 5], ',', '*'), array_upper(ARRAY[1,8,3,7], 1), cardinality(ARRAY[[1,2],[3,4]]), trim_array(ARRAY[1,2,3,4,5,6], 2)
--> select
SELECT * FROM unnest(ARRAY[1,2], ARRAY['foo','bar','baz']) AS x(a, b)
--> select
SELECT (ARRAY[1,2,3,4])[2:3], (ARRAY[[1,2],[3,4]])[:1][2:], '{{meeting,lunch},{training,presentation}}'::text[], '[1:1][-2:-1][3:5]={{{1,2,3},{4,5,6}}}'::int[]
--> select
SELECT int4range(10, 20) @> 3, numrange(11.1, 22.2) && numrange(20.0, 30.0), upper(int8range(15, 25)), int4range(10, 20) * int4range(15, 25), isempty(numrange(1, 5)), '[3,7)'::int4range -|- '[7,9)'::int4range, int8range(1, 10) << int8range(100, 110), numrange(5, 15) + numrange(10, 20), int8range(5, 15) - int8range(10, 20), lower_inc(numrange(1.1, 2.2)), upper_inf('(,)'::daterange), range_merge('[1,2)'::int4range, '[3,4)'::int4range), '{[1,7), [8,9)}'::int4multirange @> 4, '{[3,7), [8,9)}'::int4multirange * '{[4,8)}'::int4multirange, lower('{[1,2), [8,9)}'::int4multirange), range_merge('{[1,2), [3,4)}'::int4multirange), multirange('[1,2)'::int4range), unnest('{[1,2), [3,4)}'::int4multirange)
--> select
SELECT any_value(x), array_agg(x ORDER BY x DESC), avg(x), bit_and(x), bit_or(x), bit_xor(x), bool_and(x > 0), bool_or(x > 4), count(*), count(DISTINCT x), every(x > 0), json_agg(x), max(x), min(x), sum(x), corr(x, x * 2), covar_pop(x, x), covar_samp(x, x), regr_avgx(x, x), regr_count(x, x), regr_intercept(x, x), regr_r2(x, x), regr_sxy(x, x), stddev_pop(x), stddev_samp(x), var_pop(x), variance(x), string_agg(x::text, ',' ORDER BY x) FROM generate_series(1, 5) AS x
--> select
SELECT mode() WITHIN GROUP (ORDER BY x), percentile_cont(0.5) WITHIN GROUP (ORDER BY x), percentile_disc(ARRAY[0.25, 0.75]) WITHIN GROUP (ORDER BY x DESC), rank(3) WITHIN GROUP (ORDER BY x), dense_rank(3) WITHIN GROUP (ORDER BY x), percent_rank(3) WITHIN GROUP (ORDER BY x), cume_dist(3) WITHIN GROUP (ORDER BY x) FROM generate_series(1, 9) AS x
--> select
SELECT department, name, sum(salary), grouping(department, name) FROM employees GROUP BY GROUPING SETS ((department, name), ROLLUP (department), ()) HAVING count(*) > 0
--> select
SELECT name, salary, row_number() OVER w, rank() OVER w, dense_rank() OVER w, percent_rank() OVER w, cume_dist() OVER w, ntile(4) OVER w, lag(salary, 1, 0) OVER w, lead(salary) OVER w, first_value(name) OVER w, last_value(name) OVER (w RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), nth_value(name, 2) OVER (w GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM employees WINDOW w AS (PARTITION BY department ORDER BY salary DESC)
--> select
SELECT merge_action IS NULL FROM (SELECT NULL::text AS merge_action) x
--> select
SELECT 1 WHERE EXISTS (SELECT 1 FROM orders WHERE customer_id = 1) AND 5 IN (SELECT id FROM customers) AND 5 > ANY (SELECT id FROM customers) AND 0 < ALL (SELECT id FROM customers) AND ROW(1, 'x') NOT IN (SELECT id, name FROM customers)
--> select
SELECT ROW(1,2.5,'this is a test') = ROW(1, 3, 'not the same'), ROW(1, NULL) IS NULL, ROW(1,2) < ROW(1,3), ROW(1,2) *= ROW(1,3), ROW(1,2) IS DISTINCT FROM ROW(1,2), (1, 2) >= (1, 1)
--> select
SELECT * FROM generate_series(2, 4) UNION ALL SELECT * FROM generate_series(5, 1, -2)
--> select
SELECT current_date + s.a AS dates FROM generate_series(0, 14, 7) AS s(a)
--> select
SELECT * FROM generate_series('2008-03-01 00:00'::timestamp, '2008-03-04 12:00', '10 hours')
--> select
SELECT * FROM generate_series('2001-10-22 00:00 -04:00'::timestamptz, '2001-11-01 00:00 -05:00'::timestamptz, '1 day'::interval, 'America/New_York')
--> select
SELECT a AS array, s AS subscript, a[s] AS value FROM (SELECT '{1,NULL,7}'::int[] AS a) x, generate_subscripts(a, 1) AS s
--> select
SELECT current_catalog, current_database(), current_role, current_schema, current_schema(), current_schemas(true), current_user, session_user, user, version(), pg_postmaster_start_time() < now(), unicode_version(), icu_unicode_version()
--> select
SELECT pg_typeof(33), pg_typeof(1.5) = 'numeric'::regtype, collation for ('foo' COLLATE "de_DE"), format_type('numeric'::regtype, 655366), to_regclass('orders'), to_regtype('int4'), to_regnamespace('public'), 'orders'::regclass::oid, pg_collation_for('x'), to_regtypemod('numeric(10,2)')
--> select
SELECT col_description('orders'::regclass, 1), obj_description('orders'::regclass, 'pg_class'), shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()
--> select
SELECT pg_size_pretty(pg_relation_size('orders')), pg_size_pretty(pg_total_relation_size('orders')), pg_size_pretty(pg_table_size('orders')), pg_size_pretty(pg_indexes_size('orders')), pg_size_bytes('10 GB'), pg_column_size(ROW(1, 'x')), pg_size_pretty(pg_database_size(current_database()))
--> select
SELECT name(n), text(n), pg_get_viewdef('sales'::regclass, true) <> '', pg_get_indexdef('orders_pkey'::regclass), pg_get_constraintdef(c.oid, true), pg_get_expr(NULL, 0), pg_get_serial_sequence('orders', 'id') FROM (SELECT 'x'::name AS n) x, pg_constraint c LIMIT 1
--> select
SELECT 10 AS "Result", +1, - -1, 'a'::"char", 1::bit(3), 'f'::boolean, 'yes'::bool, 'off'::bool, 1.5::money, '1,000.00'::money::numeric, 12.34::float4, 'NaN'::float8, 'Infinity'::numeric, 1e10, 0x1F, 0o17, 0b101, 1_500_000, .5, 4., 5e-2
--> select
SELECT 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid, '{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}'::uuid, gen_random_uuid(), uuidv4(), uuidv7(), uuid_extract_version(gen_random_uuid()), uuid_extract_timestamp('019535d9-3df7-79fb-b466-fa907fa17f9e'::uuid)
