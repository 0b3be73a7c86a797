--> relation RangeVar 1:15
SELECT * FROM pg_temp.customers
--> relation RangeVar 1:15
SELECT * FROM pg_temp_3.customers
--> relation RangeVar 1:15
SELECT * FROM pg_toast.pg_toast_1234
--> relation RangeVar 1:15
SELECT * FROM pg_toast_temp_1.x
--> field RangeVar.catalogname 1:15
SELECT * FROM otherdb.public.customers
--> field RangeVar.catalogname 1:15
SELECT * FROM app.public.customers
--> relation RangeVar 1:7
TABLE pg_temp.x
--> function FuncCall 1:8
SELECT "pg_temp".lower('x')
--> function FuncCall 1:8
SELECT pg_temp.f()
--> function FuncCall 1:8
SELECT app.public.f(1)
--> function FuncCall 1:8
SELECT pg_toast.f(1)
--> function FuncCall 1:8
SELECT information_schema._pg_truetypid(NULL, NULL)
--> relation RangeVar 1:15
SELECT * FROM pg_catalog.no_such_catalog
--> relation RangeVar 1:15
SELECT * FROM information_schema.no_such_view
