--> function FuncCall 1:8
SELECT txid_current()
--> function FuncCall 1:8
SELECT txid_current_if_assigned()
--> function FuncCall 1:8
SELECT txid_current_snapshot()
--> function FuncCall 1:8
SELECT txid_status(1)
--> function FuncCall 1:8
SELECT pg_current_xact_id()
--> function FuncCall 1:8
SELECT pg_current_xact_id_if_assigned()
--> function FuncCall 1:8
SELECT pg_current_snapshot()
--> function FuncCall 1:8
SELECT pg_snapshot_xmin(pg_current_snapshot())
--> function FuncCall 1:8
SELECT pg_xact_commit_timestamp('1')
--> function FuncCall 1:8
SELECT pg_xact_status('1')
--> function FuncCall 1:8
SELECT pg_visible_in_snapshot('1', '1:1:')
--> function FuncCall 1:8
SELECT pg_last_committed_xact()
