--> function FuncCall 1:8
SELECT current_setting('app.secret')
--> function FuncCall 1:8
SELECT current_setting('data_directory')
--> function FuncCall 1:8
SELECT current_setting('app.user', true)
--> function FuncCall 1:8
SELECT pg_catalog.current_setting('config_file')
--> relation RangeVar 1:15
SELECT * FROM pg_settings
--> relation RangeVar 1:15
SELECT * FROM pg_catalog.pg_settings WHERE name = 'config_file'
--> relation RangeVar 1:21
SELECT setting FROM pg_file_settings
--> function FuncCall 1:8
SELECT pg_show_all_settings()
--> relation RangeVar 1:15
SELECT * FROM pg_db_role_setting
--> function FuncCall 1:8
SELECT pg_settings_get_flags('work_mem')
--> setting VariableShowStmt 1:1
SHOW ALL
--> setting VariableShowStmt 1:1
SHOW app.secret
--> setting VariableShowStmt 1:1
SHOW data_directory
--> setting VariableShowStmt 1:1
SHOW config_file
--> setting VariableShowStmt 1:1
SHOW hba_file
--> setting VariableShowStmt 1:1
SHOW ssl_key_file
--> setting VariableShowStmt 1:1
SHOW session_authorization
--> setting VariableShowStmt 1:1
SHOW role
--> setting VariableShowStmt 1:1
SHOW is_superuser
--> setting VariableShowStmt 1:1
SHOW primary_conninfo
--> setting VariableShowStmt 1:1
SHOW archive_command
--> setting VariableShowStmt 1:1
SHOW shared_preload_libraries
--> setting VariableShowStmt 1:1
SHOW log_directory
--> setting VariableShowStmt 1:1
SHOW "app.jwt.claims"
--> setting VariableShowStmt 1:1
SHOW krb_server_keyfile
--> setting VariableShowStmt 1:1
SHOW SESSION AUTHORIZATION
