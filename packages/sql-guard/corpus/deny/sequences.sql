--> function FuncCall 1:8
SELECT nextval('s')
--> function FuncCall 1:8
SELECT nextval('public.s'::regclass)
--> function FuncCall 1:8
SELECT setval('s', 1)
--> function FuncCall 1:8
SELECT setval('s', 1, true)
--> function FuncCall 1:8
SELECT currval('s')
--> function FuncCall 1:8
SELECT lastval()
--> function FuncCall 1:12
SELECT id, nextval('s') FROM customers
--> function FuncCall 1:8
SELECT setseed(0.5)
--> function FuncCall 1:8
SELECT pg_sequence_last_value('s')
--> function FuncCall 1:9
VALUES (nextval('s'))
