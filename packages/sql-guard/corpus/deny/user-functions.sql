--> function FuncCall 1:8
SELECT app.f(1)
--> function FuncCall 1:8
SELECT public.lower('x')
--> function FuncCall 1:8
SELECT purge_customers()
--> function FuncCall 1:15
SELECT * FROM get_all_customers()
--> function FuncCall 1:8
SELECT evil(name) FROM customers
--> function FuncCall 1:8
SELECT app.total(id) OVER (ORDER BY id) FROM customers
--> function FuncCall 1:8
SELECT "App"."Purge"(1)
--> function FuncCall 1:18
SELECT array_agg(app.f(id)) FROM customers
--> function FuncCall 1:34
SELECT * FROM customers ORDER BY app.f(id)
--> function FuncCall 1:49
SELECT * FROM ROWS FROM (generate_series(1, 2), app.f(1)) AS t
--> function FuncCall 1:14
SELECT lower(app.f('x'))
--> function FuncCall 1:8
SELECT st_asgeojson(geom) FROM places
--> function FuncCall 1:8
SELECT gen_salt('bf')
--> function FuncCall 1:8
SELECT crypt('x', gen_salt('bf'))
--> function FuncCall 1:8
SELECT pgp_sym_decrypt(secret, 'k') FROM customers
--> function FuncCall 1:8
SELECT uuid_generate_v4()
--> function FuncCall 1:8
SELECT year(now())
--> function FuncCall 1:8
SELECT strftime('%Y', name) FROM customers
--> function FuncCall 1:8
SELECT pg_catalog.no_such_function(1)
--> function FuncCall 1:8
SELECT auth.uid()
--> function FuncCall 1:8
SELECT vault.create_secret('x')
--> function FuncCall 1:8
SELECT graphql.resolve('{}')
