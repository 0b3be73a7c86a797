--> node CopyStmt 1:1
COPY customers TO STDOUT
--> node CopyStmt 1:1
COPY customers FROM STDIN
--> node CopyStmt 1:1
COPY customers TO '/tmp/x'
--> node CopyStmt 1:1
COPY customers FROM '/etc/passwd'
--> node CopyStmt 1:1
COPY (SELECT * FROM customers) TO STDOUT WITH (FORMAT csv)
--> node CopyStmt 1:1
COPY customers TO PROGRAM 'id'
--> node CopyStmt 1:1
COPY customers FROM PROGRAM 'id'
--> node CopyStmt 1:1
COPY (DELETE FROM customers RETURNING *) TO STDOUT
--> node CopyStmt 1:1
COPY customers (name) TO STDOUT BINARY
--> node CopyStmt 1:1
COPY (SELECT pg_read_file('/etc/passwd')) TO STDOUT
