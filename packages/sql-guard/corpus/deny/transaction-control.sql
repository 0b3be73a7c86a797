--> node TransactionStmt 1:1
BEGIN
--> node TransactionStmt 1:1
START TRANSACTION
--> node TransactionStmt 1:1
START TRANSACTION READ WRITE
--> node TransactionStmt 1:1
BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE
--> node TransactionStmt 1:1
COMMIT
--> node TransactionStmt 1:1
COMMIT AND CHAIN
--> node TransactionStmt 1:1
COMMIT WORK
--> node TransactionStmt 1:1
END
--> node TransactionStmt 1:1
END AND CHAIN
--> node TransactionStmt 1:1
ROLLBACK
--> node TransactionStmt 1:1
ROLLBACK AND CHAIN
--> node TransactionStmt 1:23
ROLLBACK TO SAVEPOINT a
--> node TransactionStmt 1:1
ABORT
--> node TransactionStmt 1:11
SAVEPOINT a
--> node TransactionStmt 1:19
RELEASE SAVEPOINT a
--> node TransactionStmt 1:9
RELEASE a
--> node TransactionStmt 1:21
PREPARE TRANSACTION 'x'
--> node TransactionStmt 1:17
COMMIT PREPARED 'x'
--> node TransactionStmt 1:19
ROLLBACK PREPARED 'x'
--> node VariableSetStmt 1:1
SET TRANSACTION READ WRITE
--> node VariableSetStmt 1:1
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE
--> node VariableSetStmt 1:26
SET TRANSACTION SNAPSHOT '00000003-0000001B-1'
--> node VariableSetStmt 1:1
SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE
--> node ConstraintsSetStmt 1:1
SET CONSTRAINTS ALL DEFERRED
