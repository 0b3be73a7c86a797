--> function FuncCall 1:8
SELECT lo_create(0)
--> function FuncCall 1:8
SELECT lo_creat(-1)
--> function FuncCall 1:8
SELECT lo_from_bytea(0, 'x')
--> function FuncCall 1:8
SELECT lo_put(1, 0, 'x')
--> function FuncCall 1:8
SELECT lo_get(1)
--> function FuncCall 1:8
SELECT lo_unlink(1)
--> function FuncCall 1:8
SELECT lo_open(1, 131072)
--> function FuncCall 1:8
SELECT lowrite(0, 'x')
--> function FuncCall 1:8
SELECT loread(0, 10)
--> function FuncCall 1:8
SELECT lo_close(0)
--> function FuncCall 1:8
SELECT lo_truncate(0, 0)
--> function FuncCall 1:8
SELECT lo_lseek(0, 0, 0)
--> function FuncCall 1:8
SELECT lo_tell64(0)
--> function FuncCall 1:8
SELECT lo_unlink(oid) FROM pg_largeobject_metadata
--> relation RangeVar 1:15
SELECT * FROM pg_largeobject
--> relation RangeVar 1:18
SELECT data FROM pg_catalog.pg_largeobject
--> statement CommentStmt 1:1
COMMENT ON LARGE OBJECT 1 IS 'x'
--> node AlterOwnerStmt 1:1
ALTER LARGE OBJECT 1 OWNER TO evil
--> statement GrantStmt 1:1
GRANT SELECT ON LARGE OBJECT 1 TO PUBLIC
