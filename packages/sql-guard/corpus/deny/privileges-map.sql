--> function FuncCall 1:8
SELECT has_table_privilege('customers', 'select')
--> function FuncCall 1:8
SELECT has_column_privilege('customers', 'name', 'select')
--> function FuncCall 1:8
SELECT has_database_privilege('app', 'connect')
--> function FuncCall 1:8
SELECT has_function_privilege('f()', 'execute')
--> function FuncCall 1:8
SELECT has_schema_privilege('public', 'create')
--> function FuncCall 1:8
SELECT pg_has_role('postgres', 'member')
--> function FuncCall 1:8
SELECT row_security_active('customers')
--> function FuncCall 1:8
SELECT aclexplode(relacl) FROM pg_class
--> function FuncCall 1:8
SELECT makeaclitem(1, 1, 'SELECT', true)
--> function FuncCall 1:8
SELECT acldefault('r', 10)
--> function FuncCall 1:8
SELECT has_parameter_privilege('work_mem', 'set')
