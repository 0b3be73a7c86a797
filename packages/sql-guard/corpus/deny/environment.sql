--> function FuncCall 1:8
SELECT inet_client_addr()
--> function FuncCall 1:8
SELECT inet_client_port()
--> function FuncCall 1:8
SELECT inet_server_addr()
--> function FuncCall 1:8
SELECT inet_server_port()
--> function FuncCall 1:8
SELECT pg_backend_pid()
--> function FuncCall 1:8
SELECT current_query()
--> function FuncCall 1:8
SELECT pg_my_temp_schema()
--> function FuncCall 1:8
SELECT pg_trigger_depth()
--> function FuncCall 1:15
SELECT * FROM pg_timezone_abbrevs()
