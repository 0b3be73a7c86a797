--> select
SELECT n FROM generate_series(2, 1000) n WHERE NOT EXISTS (SELECT 1 FROM generate_series(2, floor(sqrt(n))::int) d WHERE n % d = 0)
--> select
SELECT i, string_agg(lpad((i * j)::text, 4), ' ' ORDER BY j) FROM generate_series(1, 10) i, generate_series(1, 10) j GROUP BY i ORDER BY i
--> select
WITH RECURSIVE t(n, s) AS (SELECT 1, '1'::text UNION ALL SELECT n + 1, s || ',' || (n + 1)::text FROM t WHERE n < 20) SELECT * FROM t
--> select
SELECT string_agg(w, ' ' ORDER BY o DESC) FROM regexp_split_to_table('the quick brown fox', ' ') WITH ORDINALITY AS t(w, o)
--> select
SELECT chr(c), count(*) FROM generate_series(65, 90) c LEFT JOIN customers ON upper(left(name, 1)) = chr(c) GROUP BY 1 ORDER BY 1
--> select
SELECT ch, count(*) FROM customers, regexp_split_to_table(lower(name), '') AS ch GROUP BY ch ORDER BY 2 DESC
--> select
SELECT substr(name, i, 1) AS ch, count(*) FROM customers, generate_series(1, length(name)) i GROUP BY 1
--> select
SELECT name FROM customers WHERE lower(name) = reverse(lower(name))
--> select
SELECT string_agg(substr('abcdefghijklmnopqrstuvwxyz', (random() * 25)::int + 1, 1), '') FROM generate_series(1, 16)
--> select
SELECT id, (SELECT string_agg(chr(97 + (random() * 25)::int), '') FROM generate_series(1, 8 + id * 0)) FROM customers
--> select
SELECT i AS id, 'user' || i AS name, 'user' || i || '@example.com' AS email, (ARRAY['DE','FR','US'])[1 + (random() * 2)::int] AS country, now() - (i || ' hours')::interval AS at FROM generate_series(1, 10000) AS i
--> select
SELECT md5(i::text), repeat('x', 10), lpad(i::text, 10, '0'), jsonb_build_object('i', i, 'tags', ARRAY['a', 'b']) FROM generate_series(1, 5000) i
--> select
SELECT c.id, d.day, coalesce(sum(o.total), 0) FROM customers c CROSS JOIN generate_series('2024-01-01'::date, '2024-12-31', '1 day') AS d(day) LEFT JOIN orders o ON o.customer_id = c.id AND o.placed_at::date = d.day GROUP BY 1, 2
--> select
SELECT dow, h, count(o.id) FROM generate_series(0, 6) dow CROSS JOIN generate_series(0, 23) h LEFT JOIN orders o ON extract(dow FROM placed_at) = dow AND extract(hour FROM placed_at) = h GROUP BY 1, 2 ORDER BY 1, 2
--> select
SELECT generate_series(1, (SELECT max(quantity) FROM order_items))
--> select
SELECT p.id, d::date FROM products p, generate_series(lower(p.valid)::timestamp, upper(p.valid)::timestamp, '1 month') d
--> select
SELECT product_id FROM order_items CROSS JOIN generate_series(1, quantity)
--> select
SELECT ARRAY(SELECT generate_series(1, 100)), (SELECT array_agg(x) FROM generate_series(1, 1000, 10) x)
--> select
SELECT jsonb_agg(jsonb_build_object('n', n, 'sq', n * n)) FROM generate_series(1, 100) n
--> select
SELECT jsonb_object_agg(country, n) FROM (SELECT country, count(*) n FROM customers GROUP BY 1) t
--> select
SELECT string_agg(concat_ws(',', quote_nullable(name), id, to_char(created_at, 'YYYY-MM-DD')), E'\n' ORDER BY id) AS csv FROM customers
--> select
SELECT '| ' || string_agg(name, ' | ') || ' |' FROM customers
--> select
SELECT '<ul>' || string_agg('<li>' || replace(replace(name, '&', '&amp;'), '<', '&lt;') || '</li>', '') || '</ul>' FROM customers
--> select
SELECT md5(string_agg(o::text, '' ORDER BY id)) FROM orders o
--> select
SELECT sum(hashtext(o::text)::bigint) FROM orders o
--> select
SELECT customer_id, to_tsvector('english', string_agg(note, ' ')) @@ plainto_tsquery('english', 'late delivery') FROM orders GROUP BY 1
--> select
SELECT regexp_replace(string_agg(name, ', '), ', ([^,]*)$', ' and \1') FROM customers
--> select
SELECT unnest(string_to_array(string_agg(array_to_string(tags, ','), ','), ',')) FROM customers
--> select
SELECT array_to_string(array(SELECT DISTINCT unnest(string_to_array(string_agg(country, ','), ',')) ORDER BY 1), ',') FROM customers
--> select
SELECT (array_agg(total ORDER BY total))[(count(*) + 1) / 2] FROM orders
--> select
SELECT customer_id, (array_agg(status ORDER BY placed_at))[1] AS first, (array_agg(status ORDER BY placed_at DESC))[1] AS last FROM orders GROUP BY 1
--> select
SELECT customer_id, (array_agg(id ORDER BY placed_at DESC))[1:3] FROM orders GROUP BY 1
--> select
SELECT a.customer_id, b.customer_id FROM (SELECT customer_id, array_agg(status) s FROM orders GROUP BY 1) a JOIN (SELECT customer_id, array_agg(status) s FROM orders GROUP BY 1) b ON a.s && b.s AND a.customer_id < b.customer_id
--> select
SELECT customer_id FROM orders GROUP BY customer_id HAVING array_agg(status) @> ARRAY['new', 'paid']
--> select
SELECT c.id, t.tag, x.n FROM customers c CROSS JOIN LATERAL unnest(c.tags) AS t(tag) LEFT JOIN (VALUES ('a', 1)) x(tag, n) USING (tag)
--> select
SELECT array_remove(array_agg(CASE WHEN active THEN name END), NULL) FROM customers
--> select
SELECT cardinality(array_agg(DISTINCT customer_id)) FROM orders
--> select
SELECT host, string_agg(kind, ' > ' ORDER BY at) AS path, count(*) FROM events GROUP BY host
--> select
SELECT path, count(*) FROM (SELECT host, string_agg(kind, '>' ORDER BY at) AS path FROM events GROUP BY host) p WHERE path LIKE '%view>click%' GROUP BY path ORDER BY 2 DESC
--> select
SELECT lpad('', 40, '=') || E'\n' || rpad('Report', 40, '.') || E'\n'
--> select
SELECT status, count(*), rpad('', (100 * count(*) / sum(count(*)) OVER ())::int, '#') FROM orders GROUP BY status
--> select
SELECT status, repeat('█', (count(*) * 50 / (SELECT count(*) FROM orders))::int) FROM orders GROUP BY 1
--> select
SELECT string_agg(substr('▁▂▃▄▅▆▇█', width_bucket(total, 0, 200, 8), 1), '' ORDER BY id) FROM orders
--> select
SELECT left(email, 2) || repeat('*', greatest(length(email) - 4, 0)) || right(email, 2) FROM customers
--> select
SELECT 'INV-' || lpad(id::text, 6, '0'), to_char(id, 'FM000000') FROM orders
--> select
SELECT id::int::bit(8), lpad(id::int::bit(32)::text, 32, '0') FROM orders
--> select
SELECT translate(name, '0123456789', ''), regexp_replace(name, '\D', '', 'g') FROM customers
--> select
SELECT string_agg(initcap(w), '') FROM unnest(string_to_array('order_item_id', '_')) w
--> select
SELECT trim(both '-' from regexp_replace(lower(name), '[^a-z0-9]+', '-', 'g')) FROM products
--> select
SELECT split_part(email, '@', 2), count(*) FROM customers GROUP BY 1 HAVING count(*) > 1
--> select
SELECT (regexp_match(note, '^(https?)://([^/:]+)(:\d+)?(/.*)?$'))[2] FROM orders
--> select
SELECT id, array(SELECT (regexp_matches(note, '\d+', 'g'))[1]::int) FROM orders
--> select
SELECT xmlelement(name orders, xmlagg(xmlelement(name "order", xmlattributes(id), note))) FROM orders
--> select
SELECT e.id, t.* FROM events e, XMLTABLE('/a/b' PASSING e.doc COLUMNS v int PATH '.') t
--> select
SELECT exp(avg(ln(total))) FROM orders WHERE total > 0
--> select
SELECT sum(quantity * unit_price) / NULLIF(sum(quantity), 0) FROM order_items
--> select
WITH RECURSIVE d AS (SELECT row_number() OVER (ORDER BY id) n, total FROM orders), s AS (SELECT n, total::float AS v FROM d WHERE n = 1 UNION ALL SELECT d.n, 0.3 * d.total + 0.7 * s.v FROM s JOIN d ON d.n = s.n + 1) SELECT * FROM s
--> select
WITH RECURSIVE loan(n, balance, interest) AS (SELECT 0, 10000.00::numeric, 0::numeric UNION ALL SELECT n + 1, round(balance * 1.005 - 200, 2), round(balance * 0.005, 2) FROM loan WHERE balance > 0 AND n < 120) SELECT * FROM loan
--> select
WITH RECURSIVE p AS (SELECT boss_id, id, ARRAY[boss_id, id] AS path, 1 AS hops FROM employees WHERE boss_id = 1 UNION ALL SELECT p.boss_id, e.id, p.path || e.id, hops + 1 FROM p JOIN employees e ON e.boss_id = p.id WHERE e.id <> ALL(p.path) AND hops < 10) SELECT DISTINCT ON (id) * FROM p ORDER BY id, hops
--> select
WITH RECURSIVE s(rest, item) AS (SELECT 'a,b,c,d'::text, NULL::text UNION ALL SELECT substr(rest, position(',' IN rest || ',') + 1), split_part(rest, ',', 1) FROM s WHERE rest <> '') SELECT item FROM s WHERE item IS NOT NULL
--> select
SELECT a.id, b.id, c.id FROM products a JOIN products b ON a.id < b.id JOIN products c ON b.id < c.id WHERE a.price + b.price + c.price < 20
--> select
WITH RECURSIVE p(path, n) AS (SELECT ARRAY[i], 1 FROM generate_series(1, 4) i UNION ALL SELECT path || i, n + 1 FROM p, generate_series(1, 4) i WHERE i <> ALL(path) AND n < 4) SELECT array_to_string(path, '') FROM p WHERE n = 4
--> select
SELECT i, array(SELECT (ARRAY['a','b','c'])[j + 1] FROM generate_series(0, 2) j WHERE i & (1 << j) <> 0) FROM generate_series(0, 7) i
--> select
SELECT n, factorial(n), n::numeric ^ 2, 2::numeric ^ n FROM generate_series(0, 30) n
--> select
SELECT 2::numeric ^ 200, power(10::numeric, 50), factorial(100), 99999999999999999999::numeric * 99999999999999999999
--> select
SELECT 4 * sum((CASE WHEN k % 2 = 0 THEN 1.0 ELSE -1.0 END) / (2 * k + 1)) FROM generate_series(0, 100000) k
--> select
WITH RECURSIVE c(n, s) AS (SELECT 27::bigint, 0 UNION ALL SELECT CASE WHEN n % 2 = 0 THEN n / 2 ELSE 3 * n + 1 END, s + 1 FROM c WHERE n > 1) SELECT max(s), max(n) FROM c
--> select
SELECT x, y, count(*) FROM generate_series(1, 20) x, generate_series(1, 20) y GROUP BY 1, 2
--> select
SELECT a.id, b.id, a.place <-> b.place FROM events a CROSS JOIN events b WHERE a.id < b.id ORDER BY 3 LIMIT 10
--> select
SELECT a.profile || b.profile FROM customers a JOIN customers b ON a.id = b.manager_id
--> select
WITH RECURSIVE j(path, v) AS (SELECT key, value FROM customers, jsonb_each(profile) WHERE id = 1 UNION ALL SELECT j.path || '.' || e.key, e.value FROM j, jsonb_each(CASE WHEN jsonb_typeof(j.v) = 'object' THEN j.v ELSE '{}' END) e) SELECT path, v FROM j
--> select
SELECT string_agg(row_to_json(o)::text, E'\n') FROM orders o
--> select
SELECT a.id FROM customers a JOIN customers b ON a.profile = b.profile AND a.id <> b.id
--> select
SELECT encode(sha256(convert_to(string_agg(name, '' ORDER BY id), 'UTF8')), 'hex') FROM customers
--> select
SELECT encode(image, 'base64'), length(image), octet_length(image), get_byte(image, 0), substring(image from 1 for 10) FROM products
--> select
SELECT convert_from(decode('SGVsbG8=', 'base64'), 'UTF8'), encode('abc', 'escape'), decode('DEADBEEF', 'hex')
--> select
SELECT int4range(i, i + 10), int4range(i, i + 10) * int4range(5, 100) FROM generate_series(0, 90, 10) i
--> select
SELECT b.lo, b.lo + 10 AS hi, count(o.id) FROM generate_series(0, 190, 10) AS b(lo) LEFT JOIN orders o ON o.total >= b.lo AND o.total < b.lo + 10 GROUP BY 1 ORDER BY 1
--> select
SELECT a.id, b.id FROM products a JOIN products b ON a.id < b.id AND a.valid && b.valid
--> select
WITH ev AS (SELECT placed_at AS t, 1 AS d FROM orders UNION ALL SELECT placed_at + interval '1 hour', -1 FROM orders) SELECT t, sum(d) OVER (ORDER BY t, d DESC ROWS UNBOUNDED PRECEDING) AS open FROM ev ORDER BY open DESC LIMIT 1
--> select
SELECT * FROM products WHERE name ILIKE ANY (ARRAY['%a%', '%b%']) AND description !~* '(foo|bar){2,}'
--> select
SELECT name || ' <' || coalesce(email, '-') || '> (' || coalesce(country, '?') || ')' || E'\n' || repeat('-', 60) FROM customers
--> select
SELECT format(E'%-20s|%10s|%s\n', name, to_char(credit, 'FM999,990.00'), repeat('*', least(credit / 100, 50)::int)) FROM customers
--> select
SELECT repeat('=', 80) || E'\n' || 'TOTAL' || E'\n' || repeat('=', 80)
--> select
SELECT repeat('Lorem ipsum dolor sit amet ', 100)
--> select
SELECT repeat('a', 1000) = repeat('a', 1000)
--> select
SELECT array_fill(0, ARRAY[10, 10]), array_fill(NULL::int, ARRAY[7])
--> select
SELECT id, array_fill(0, ARRAY[12]) FROM customers
--> select
SELECT customer_id, array_agg(coalesce(t, 0) ORDER BY m) FROM (SELECT c.id AS customer_id, m, sum(o.total) AS t FROM customers c CROSS JOIN generate_series(1, 12) m LEFT JOIN orders o ON o.customer_id = c.id AND extract(month FROM o.placed_at) = m GROUP BY 1, 2) x GROUP BY 1
--> select
SELECT unnest(ARRAY(SELECT generate_series(1, 50))) % 7
--> select
SELECT i, tags[i] FROM customers, generate_subscripts(tags, 1) i
--> select
SELECT rpad(name, (SELECT max(length(name)) FROM customers)::int, '.') FROM customers
--> select
SELECT lpad(name, greatest(20, length(name))) FROM customers
--> select
SELECT lpad(repeat('*', quantity), 20) FROM order_items
--> select
SELECT q, repeat('#', count(*)::int) FROM (SELECT quantity q FROM order_items) t GROUP BY q
--> select
SELECT to_char(d, 'YYYY-MM-DD') || ' ' || to_char(d, 'HH24:MI:SS') FROM generate_series(now(), now() + '1 day', '1 hour') d
--> select
SELECT replace(replace(replace(replace(name, 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss') FROM customers
--> select
SELECT regexp_replace(repeat('ab', 50), '(ab)+', 'x'), length(replace(repeat('ab', 1000), 'a', ''))
--> select
SELECT a.id, b.id, cardinality(ARRAY(SELECT unnest(string_to_array(a.note, ' ')) INTERSECT SELECT unnest(string_to_array(b.note, ' ')))) FROM orders a, orders b WHERE a.id < b.id AND a.id < 10 AND b.id < 20
--> select
SELECT substr(name, i, 3) AS gram, count(*) FROM products, generate_series(1, length(name) - 2) i GROUP BY 1 ORDER BY 2 DESC
--> select
SELECT id, word, count(*)::float / sum(count(*)) OVER (PARTITION BY id) AS tf FROM products, regexp_split_to_table(lower(description), '\W+') word GROUP BY 1, 2
--> select
SELECT lexeme, sum(cardinality(positions)) FROM products, unnest(search) AS t(lexeme, positions, weights) GROUP BY 1
--> select
SELECT id, array_agg(total) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING AND CURRENT ROW), string_agg(status, '') OVER (PARTITION BY customer_id ORDER BY id) FROM orders
--> select
SELECT id, jsonb_agg(total) OVER (PARTITION BY status) FROM orders
--> select
SELECT to_char(100.0 * count(*) FILTER (WHERE active) / count(*), 'FM990.00') || ' %' FROM customers
--> select
SELECT (xpath('/a/b/text()', doc))[1]::text::int, unnest(xpath('//b', doc))::text FROM events
--> select
SELECT 'a' k, count(*) FROM customers UNION ALL SELECT 'b', count(*) FROM orders UNION ALL SELECT 'c', count(*) FROM products UNION ALL SELECT 'd', count(*) FROM events
--> select
SELECT count(*) FILTER (WHERE NOT pg_input_is_valid(note, 'numeric')) FROM orders
--> select
SELECT CASE WHEN note ~ '^\d+$' THEN note::int END FROM orders
--> select
SELECT array_agg(g) FROM generate_series(1, 100000) g
--> select
SELECT json_agg(jsonb_build_object('hour', h, 'total', coalesce(sum, 0))) FROM (SELECT h, sum(o.total) FROM generate_series(0, 8783) h LEFT JOIN orders o ON date_trunc('hour', o.placed_at) = timestamptz '2024-01-01' + h * interval '1 hour' GROUP BY h) t
--> select
SELECT array_agg(t) FROM (SELECT id, name, country FROM customers) t
--> select
SELECT array_agg(ARRAY[id::text, name, email]) FROM customers
--> select
SELECT json_arrayagg(n ORDER BY n), json_objectagg(n : n * n) FROM generate_series(1, 100) n
--> select
SELECT json_array(SELECT name FROM customers ORDER BY name)
--> select
SELECT n, array_agg(n) OVER (ORDER BY n ROWS 6 PRECEDING) FROM generate_series(1, 10000) n
--> select
SELECT n, string_agg(chr(97 + n % 26), '') OVER (ORDER BY n) FROM generate_series(1, 365) n
--> select
SELECT id, array_agg(total) OVER (PARTITION BY customer_id ORDER BY placed_at) FROM orders
--> select
SELECT array_agg(spread) FROM (SELECT stddev(n) AS spread FROM generate_series(1, 1000000) n) t
--> select
WITH a AS NOT MATERIALIZED (SELECT * FROM orders), b AS NOT MATERIALIZED (SELECT * FROM a WHERE total > 10) SELECT * FROM b JOIN a USING (id) JOIN customers c ON c.id = b.customer_id
--> select
WITH y AS NOT MATERIALIZED (SELECT extract(year FROM placed_at) AS y, sum(total) AS s FROM orders GROUP BY 1) SELECT a.y, a.s - b.s AS change, a.s - c.s AS change2 FROM y a LEFT JOIN y b ON b.y = a.y - 1 LEFT JOIN y c ON c.y = a.y - 2
--> select
SELECT exp(avg(ln(total))) - 1, power(1 + 0.05, 30), 1000 * 1.05 ^ n, exp(-0.5 * n ^ 2) FROM orders, generate_series(1, 40) n
--> select
SELECT count(DISTINCT customer_id) FILTER (WHERE extract(month FROM placed_at) = 1) AS customers_1, sum(total) FILTER (WHERE extract(month FROM placed_at) = 1) AS total_1, count(DISTINCT customer_id) FILTER (WHERE extract(month FROM placed_at) = 2) AS customers_2, sum(total) FILTER (WHERE extract(month FROM placed_at) = 2) AS total_2, count(DISTINCT customer_id) FILTER (WHERE extract(month FROM placed_at) = 3) AS customers_3, sum(total) FILTER (WHERE extract(month FROM placed_at) = 3) AS total_3, count(DISTINCT customer_id) FILTER (WHERE extract(month FROM placed_at) = 4) AS customers_4, sum(total) FILTER (WHERE extract(month FROM placed_at) = 4) AS total_4, count(DISTINCT customer_id) FILTER (WHERE extract(month FROM placed_at) = 5) AS customers_5, sum(total) FILTER (WHERE extract(month FROM placed_at) = 5) AS total_5, count(DISTINCT customer_id) FILTER (WHERE extract(month FROM placed_at) = 6) AS customers_6, sum(total) FILTER (WHERE extract(month FROM placed_at) = 6) AS total_6, count(DISTINCT customer_id) FILTER (WHERE extract(month FROM placed_at) = 7) AS customers_7, sum(total) FILTER (WHERE extract(month FROM placed_at) = 7) AS total_7, count(DISTINCT customer_id) FILTER (WHERE extract(month FROM placed_at) = 8) AS customers_8, sum(total) FILTER (WHERE extract(month FROM placed_at) = 8) AS total_8, count(DISTINCT customer_id) FILTER (WHERE extract(month FROM placed_at) = 9) AS customers_9, sum(total) FILTER (WHERE extract(month FROM placed_at) = 9) AS total_9, count(DISTINCT customer_id) FILTER (WHERE extract(month FROM placed_at) = 10) AS customers_10, sum(total) FILTER (WHERE extract(month FROM placed_at) = 10) AS total_10, count(DISTINCT customer_id) FILTER (WHERE extract(month FROM placed_at) = 11) AS customers_11, sum(total) FILTER (WHERE extract(month FROM placed_at) = 11) AS total_11, count(DISTINCT customer_id) FILTER (WHERE extract(month FROM placed_at) = 12) AS customers_12, sum(total) FILTER (WHERE extract(month FROM placed_at) = 12) AS total_12 FROM orders
--> select
SELECT json_agg(json_build_object('code', v.code, 'n', n)) FROM (VALUES ('a'), ('b'), ('c')) v(code) CROSS JOIN generate_series(1, 24) n
--> select
SELECT array_agg(c.name) FROM customers c JOIN unnest(ARRAY[1, 2, 3]) i ON c.id = i JOIN string_to_table('DE,FR,US', ',') s ON s = c.country
--> select
SELECT jsonb_agg(a || b) FROM jsonb_array_elements('[{"id": 1}, {"id": 2}]') a JOIN jsonb_array_elements('[{"id": 1, "x": 2}]') b ON a -> 'id' = b -> 'id'
