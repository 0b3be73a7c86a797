--> operator A_Expr 1:10
SELECT 1 OPERATOR(public.+) 2
--> operator A_Expr 1:10
SELECT 1 OPERATOR(app.===) 2
--> operator A_Expr 1:10
SELECT a === b FROM customers
--> operator A_Expr 1:10
SELECT a <~~> b FROM customers
--> operator A_Expr 1:21
SELECT name <-> 'x' OPERATOR(public.<->) 'y' FROM customers
--> operator SortBy 1:45
SELECT * FROM customers ORDER BY name USING OPERATOR(app.<)
--> operator SortBy 1:45
SELECT * FROM customers ORDER BY name USING <<<
--> operator SubLink 1:10
SELECT 1 OPERATOR(public.=) ANY (SELECT 1)
--> operator A_Expr 1:10
SELECT 1 ==> ALL (ARRAY[1, 2])
--> operator A_Expr 1:8
SELECT !!! 5
--> operator A_Expr 1:8
SELECT #~# 5
--> operator A_Expr 1:10
SELECT 1 OPERATOR(evil.schema.+) 2
--> operator A_Expr 1:15
SELECT (1, 2) OPERATOR(public.=) (1, 2)
--> operator SortBy 1:49
SELECT string_agg(name, ',' ORDER BY name USING OPERATOR(app.>)) FROM customers
