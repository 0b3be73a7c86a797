--> column ColumnRef 1:23
SELECT rolconfig FROM pg_roles
--> column ColumnRef 1:15
SELECT * FROM pg_roles
--> column ColumnRef 1:7
TABLE pg_roles
--> column ColumnRef 1:15
SELECT r FROM pg_roles r
--> column ColumnRef 1:17
SELECT r.* FROM pg_catalog.pg_roles AS r
--> column ColumnRef 1:25
SELECT to_jsonb(r) FROM pg_roles r
--> column ColumnRef 1:15
SELECT l FROM pg_roles AS r (a, b, c, d, e, f, g, h, i, j, k, l, m)
--> column ColumnRef 1:31
SELECT unnest(rolconfig) FROM pg_roles
--> column ColumnRef 1:21
SELECT rolname FROM pg_roles WHERE rolconfig::text LIKE '%secret%'
--> column ColumnRef 1:32
SELECT s.l FROM (SELECT * FROM pg_roles) AS s (a, b, c, d, e, f, g, h, i, j, k, l)
--> column ColumnRef 1:26
WITH x AS (SELECT * FROM pg_roles) SELECT rolname, rolconfig FROM x
--> column ColumnRef 1:42
SELECT 1 FROM pg_database d NATURAL JOIN pg_roles
--> column ColumnRef 1:59
SELECT x FROM (VALUES (ARRAY['a'])) AS v (rolconfig) JOIN pg_roles USING (rolconfig), unnest(rolconfig) AS x
