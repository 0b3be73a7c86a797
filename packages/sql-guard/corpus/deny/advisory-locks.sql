--> function FuncCall 1:8
SELECT pg_advisory_lock(1)
--> function FuncCall 1:8
SELECT pg_advisory_lock(1, 2)
--> function FuncCall 1:8
SELECT pg_advisory_lock_shared(1)
--> function FuncCall 1:8
SELECT pg_advisory_xact_lock(1)
--> function FuncCall 1:8
SELECT pg_advisory_xact_lock_shared(1)
--> function FuncCall 1:8
SELECT pg_try_advisory_lock(1)
--> function FuncCall 1:8
SELECT pg_try_advisory_lock_shared(1)
--> function FuncCall 1:8
SELECT pg_try_advisory_xact_lock(1)
--> function FuncCall 1:8
SELECT pg_try_advisory_xact_lock_shared(1)
--> function FuncCall 1:8
SELECT pg_advisory_unlock(1)
--> function FuncCall 1:8
SELECT pg_advisory_unlock_all()
--> function FuncCall 1:8
SELECT pg_advisory_unlock_shared(1)
--> function FuncCall 1:12
SELECT id, pg_advisory_lock(id) FROM customers
--> function FuncCall 1:31
SELECT * FROM customers WHERE pg_try_advisory_lock(id)
