--> node PrepareStmt 1:1
PREPARE q AS SELECT 1
--> node PrepareStmt 1:1
PREPARE q (int) AS DELETE FROM customers WHERE id = $1
--> node ExecuteStmt 1:1
EXECUTE q
--> node ExecuteStmt 1:1
EXECUTE q(1)
--> node DeallocateStmt 1:12
DEALLOCATE q
--> node DeallocateStmt 1:1
DEALLOCATE ALL
--> node DeallocateStmt 1:20
DEALLOCATE PREPARE q
--> node DeclareCursorStmt 1:1
DECLARE c CURSOR FOR SELECT 1
--> node DeclareCursorStmt 1:1
DECLARE c CURSOR WITH HOLD FOR SELECT * FROM customers
--> node DeclareCursorStmt 1:1
DECLARE c SCROLL CURSOR FOR SELECT pg_sleep(1)
--> node FetchStmt 1:1
FETCH ALL FROM c
--> node FetchStmt 1:1
FETCH NEXT c
--> node FetchStmt 1:1
MOVE FORWARD ALL IN c
--> node ClosePortalStmt 1:1
CLOSE c
--> node ClosePortalStmt 1:1
CLOSE ALL
--> statement CreateTableAsStmt 1:1
CREATE TABLE x AS EXECUTE q
--> statement UpdateStmt 1:1
UPDATE customers SET name = 'x' WHERE CURRENT OF c
--> statement DeleteStmt 1:1
DELETE FROM customers WHERE CURRENT OF c
