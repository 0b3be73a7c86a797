--> select
SELECT * FROM customers WHERE id = 1
--> select
SELECT * FROM customers WHERE id <> 1 AND id != 2 AND NOT id = 3
--> select
SELECT * FROM customers WHERE id IN (1, 2, 3)
--> select
SELECT * FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)
--> select
SELECT * FROM customers WHERE (id, country) IN ((1, 'DE'), (2, 'FR'))
--> select
SELECT * FROM customers WHERE id BETWEEN 1 AND 10
--> select
SELECT * FROM customers WHERE id NOT BETWEEN SYMMETRIC 10 AND 1
--> select
SELECT * FROM customers WHERE name LIKE 'C%'
--> select
SELECT * FROM customers WHERE name NOT LIKE 'C\_%' ESCAPE '\'
--> select
SELECT * FROM customers WHERE name ILIKE '%x%' OR name NOT ILIKE 'y%'
--> select
SELECT * FROM customers WHERE name SIMILAR TO '(A|C)%'
--> select
SELECT * FROM customers WHERE name ~ '^C' AND name ~* 'c' AND name !~ 'x' AND name !~* 'y'
--> select
SELECT * FROM customers WHERE name ^@ 'C'
--> select
SELECT * FROM customers WHERE email IS NULL OR email IS NOT NULL
--> select
SELECT * FROM customers WHERE email ISNULL OR email NOTNULL
--> select
SELECT * FROM customers WHERE active IS TRUE OR active IS NOT FALSE OR active IS UNKNOWN
--> select
SELECT * FROM customers WHERE name IS DISTINCT FROM 'x' AND name IS NOT DISTINCT FROM name
--> select
SELECT * FROM customers WHERE id = ANY (ARRAY[1, 2])
--> select
SELECT * FROM customers WHERE id = ANY ('{1,2}')
--> select
SELECT * FROM customers WHERE id > ALL (SELECT customer_id FROM orders WHERE false)
--> select
SELECT * FROM customers WHERE id = SOME (SELECT 1)
--> select
SELECT * FROM customers WHERE name LIKE ANY (ARRAY['A%', 'C%'])
--> select
SELECT * FROM customers WHERE tags @> ARRAY['a'] AND tags && ARRAY['b'] AND tags <@ ARRAY['a', 'b', 'c']
--> select
SELECT * FROM customers WHERE profile @> '{"age": 1}' AND profile ? 'age' AND profile ?| ARRAY['a'] OR profile ?& ARRAY['age']
--> select
SELECT * FROM customers WHERE profile @? '$.age ? (@ > 1)' OR profile @@ '$.age > 1'
--> select
SELECT * FROM customers WHERE profile ->> 'age' = '3' AND profile -> 'address' ->> 'city' = 'X' AND profile #>> '{address,city}' = 'X'
--> select
SELECT * FROM customers WHERE created_at >= now() - interval '30 years'
--> select
SELECT * FROM customers WHERE created_at::date = '2024-01-05'
--> select
SELECT * FROM customers WHERE created_at BETWEEN '2024-01-01' AND current_timestamp
--> select
SELECT * FROM customers WHERE lower(email) = lower('C1@EXAMPLE.COM')
--> select
SELECT * FROM products WHERE search @@ to_tsquery('english', 'fine & thing')
--> select
SELECT * FROM products WHERE search @@ websearch_to_tsquery('fine thing')
--> select
SELECT * FROM products WHERE valid @> '2024-05-01'::date
--> select
SELECT * FROM products WHERE valid && daterange('2024-01-01', '2024-02-01', '[]')
--> select
SELECT * FROM events WHERE host << '10.0.0.0/8' OR host = '10.0.0.1'
--> select
SELECT * FROM events WHERE (at, at + took) OVERLAPS ('2024-03-01'::timestamptz, interval '1 day')
--> select
SELECT * FROM events WHERE at AT TIME ZONE 'UTC' > '2024-01-01'
--> select
SELECT * FROM customers WHERE true
--> select
SELECT * FROM customers WHERE NOT (id > 5 OR id < 2)
--> select
SELECT * FROM orders WHERE total > (SELECT avg(total) FROM orders)
--> select
SELECT * FROM orders o WHERE total = (SELECT max(total) FROM orders i WHERE i.customer_id = o.customer_id)
--> select
SELECT * FROM orders WHERE (customer_id, total) = (SELECT 1, 2.0)
--> select
SELECT * FROM orders WHERE note COLLATE "C" > 'a'
--> select
SELECT * FROM orders WHERE status = 'paid' AND extract(year FROM placed_at) = 2024
--> select
SELECT * FROM orders WHERE CASE WHEN status = 'paid' THEN total > 5 ELSE false END
--> select
SELECT * FROM customers WHERE id::text LIKE '1%'
--> select
SELECT * FROM employees WHERE span @> 3 AND NOT isempty(span)
--> select
SELECT * FROM events WHERE flags & B'00001111' <> B'00000000'
--> select
SELECT * FROM customers WHERE ctid = '(0,1)'
--> select
SELECT tableoid::regclass, xmin, * FROM customers WHERE tableoid = 'customers'::regclass
