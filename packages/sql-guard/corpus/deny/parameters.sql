--> input ParamRef 1:1
SELECT $1
--> input ParamRef 1:1
SELECT * FROM customers WHERE id = $1
--> input ParamRef 1:1
SELECT $1, $3
--> input ParamRef 1:1
SELECT $0
--> input ParamRef 1:1
SELECT * FROM customers LIMIT $1
--> input ParamRef 1:1
SELECT $999
--> input ParamRef 1:1
SELECT $1a
--> input ParamRef 1:1
SELECT interval $1
