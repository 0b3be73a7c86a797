--> function RangeTableSample 1:37
SELECT * FROM customers TABLESAMPLE evil (1)
--> function RangeTableSample 1:37
SELECT * FROM customers TABLESAMPLE app.system (1)
--> function RangeTableSample 1:37
SELECT * FROM customers TABLESAMPLE system_rows (100)
--> function RangeTableSample 1:37
SELECT * FROM customers TABLESAMPLE system_time (60000)
--> function FuncCall 1:48
SELECT * FROM customers TABLESAMPLE BERNOULLI (pg_sleep(1)::text::float4)
