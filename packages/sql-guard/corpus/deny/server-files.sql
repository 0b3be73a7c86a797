--> function FuncCall 1:8
SELECT pg_read_file('/etc/passwd')
--> function FuncCall 1:8
SELECT pg_read_file('postgresql.conf', 0, 100)
--> function FuncCall 1:8
SELECT pg_read_binary_file('x')
--> function FuncCall 1:8
SELECT pg_ls_dir('.')
--> function FuncCall 1:15
SELECT * FROM pg_ls_dir('/')
--> function FuncCall 1:15
SELECT * FROM pg_ls_logdir()
--> function FuncCall 1:15
SELECT * FROM pg_ls_waldir()
--> function FuncCall 1:15
SELECT * FROM pg_ls_tmpdir()
--> function FuncCall 1:15
SELECT * FROM pg_ls_archive_statusdir()
--> function A_Indirection 1:9
SELECT (pg_stat_file('x')).size
--> function FuncCall 1:8
SELECT pg_stat_file('x')
--> function FuncCall 1:8
SELECT pg_current_logfile()
--> function FuncCall 1:8
SELECT pg_relation_filepath('customers')
--> function FuncCall 1:8
SELECT pg_relation_filenode('customers')
--> function FuncCall 1:8
SELECT pg_filenode_relation(0, 1)
--> function FuncCall 1:8
SELECT pg_tablespace_location(1)
--> function FuncCall 1:8
SELECT pg_hba_file_rules()
--> relation RangeVar 1:15
SELECT * FROM pg_hba_file_rules
--> relation RangeVar 1:15
SELECT * FROM pg_ident_file_mappings
--> function FuncCall 1:8
SELECT pg_file_write('x', 'y', true)
--> function FuncCall 1:8
SELECT pg_catalog.pg_read_file('x')
--> function FuncCall 1:8
SELECT lo_import('/etc/passwd')
--> function FuncCall 1:8
SELECT lo_export(1, '/tmp/x')
--> function FuncCall 1:26
SELECT xmlparse(document pg_read_file('x'))
