CREATE TABLE customers (
  id integer PRIMARY KEY, name text NOT NULL, email text, country text, created_at timestamptz NOT NULL DEFAULT now(), tags text[],
  profile jsonb, active boolean, credit numeric(12, 2), manager_id integer REFERENCES customers
);
CREATE TABLE orders (
  id bigint PRIMARY KEY, customer_id integer REFERENCES customers, status text, total numeric(12, 2), placed_at timestamptz, shipped_on date,
  note text, lines jsonb
);
CREATE TABLE products (
  id integer PRIMARY KEY, name text, category text, price numeric(10, 2), attributes jsonb, description text, search tsvector, valid daterange,
  image bytea, code uuid, dims box
);
CREATE TABLE order_items (order_id bigint REFERENCES orders, product_id integer REFERENCES products, quantity integer, unit_price numeric(10, 2));
CREATE TABLE employees (
  id integer PRIMARY KEY, name text, department text, salary numeric(10, 2), boss_id integer REFERENCES employees, hired date, span int4range
);
CREATE TABLE events (
  id bigint PRIMARY KEY, at timestamptz, kind text, payload jsonb, host inet, mac macaddr, doc xml, amount money, place point, flags bit(8), took interval
);
CREATE VIEW sales AS SELECT c.country, sum(o.total) AS total FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.country;
CREATE MATERIALIZED VIEW monthly AS SELECT date_trunc('month', placed_at) AS month, sum(total) AS total FROM orders GROUP BY 1;
CREATE SEQUENCE s;
INSERT INTO customers SELECT g, 'Customer ' || g, 'c' || g || '@example.com', (ARRAY['DE', 'FR', 'US'])[g % 3 + 1], '2024-01-01'::timestamptz + g * interval '1 day',
  ARRAY['a', 'b'], jsonb_build_object('age', g, 'langs', jsonb_build_array('de', 'en'), 'address', jsonb_build_object('city', 'X')), g % 2 = 0, g * 10, NULL
  FROM generate_series(1, 30) g;
INSERT INTO orders SELECT g, g % 30 + 1, (ARRAY['new', 'paid', 'sent'])[g % 3 + 1], g * 1.5, '2024-02-01'::timestamptz + g * interval '6 hours', '2024-02-02'::date + g,
  'note ' || g, '[{"sku": "a", "qty": 1}, {"sku": "b", "qty": 2}]' FROM generate_series(1, 100) g;
INSERT INTO products SELECT g, 'Product ' || g, (ARRAY['toys', 'books'])[g % 2 + 1], g + 0.99, '{"color": "red", "sizes": [1, 2]}', 'A fine thing', to_tsvector('english', 'A fine thing'),
  daterange('2024-01-01', '2024-12-31'), '\xdead', gen_random_uuid(), '((0,0),(1,1))' FROM generate_series(1, 20) g;
INSERT INTO order_items SELECT g % 100 + 1, g % 20 + 1, g % 5 + 1, g FROM generate_series(1, 200) g;
INSERT INTO employees SELECT g, 'Employee ' || g, (ARRAY['it', 'hr'])[g % 2 + 1], 1000 * g, NULLIF(g / 2, 0), '2020-01-01'::date + g, int4range(g, g + 5) FROM generate_series(1, 15) g;
INSERT INTO events SELECT g, '2024-03-01'::timestamptz + g * interval '1 minute', (ARRAY['view', 'click'])[g % 2 + 1], '{"page": "/"}', '10.0.0.1', '08:00:2b:01:02:03', '<a><b>1</b></a>',
  5, '(1,2)', B'10101010', interval '5 minutes' FROM generate_series(1, 50) g;
REFRESH MATERIALIZED VIEW monthly;

-- The tables of TPC-H, for statements that ask its questions.
CREATE TABLE region (r_regionkey int PRIMARY KEY, r_name text, r_comment text);
CREATE TABLE nation (n_nationkey int PRIMARY KEY, n_name text, n_regionkey int, n_comment text);
CREATE TABLE supplier (s_suppkey int PRIMARY KEY, s_name text, s_address text, s_nationkey int, s_phone text, s_acctbal numeric, s_comment text);
CREATE TABLE part (p_partkey int PRIMARY KEY, p_name text, p_mfgr text, p_brand text, p_type text, p_size int, p_container text, p_retailprice numeric, p_comment text);
CREATE TABLE partsupp (ps_partkey int, ps_suppkey int, ps_availqty int, ps_supplycost numeric, ps_comment text, PRIMARY KEY (ps_partkey, ps_suppkey));
CREATE TABLE customer (c_custkey int PRIMARY KEY, c_name text, c_address text, c_nationkey int, c_phone text, c_acctbal numeric, c_mktsegment text, c_comment text);
CREATE TABLE purchase (o_orderkey int PRIMARY KEY, o_custkey int, o_orderstatus text, o_totalprice numeric, o_orderdate date, o_orderpriority text, o_clerk text, o_shippriority int, o_comment text);
CREATE TABLE lineitem (l_orderkey int, l_linenumber int, l_partkey int, l_suppkey int, l_quantity numeric, l_extendedprice numeric, l_discount numeric, l_tax numeric, l_returnflag text, l_linestatus text, l_shipdate date, l_commitdate date, l_receiptdate date, l_shipinstruct text, l_shipmode text, l_comment text, PRIMARY KEY (l_orderkey, l_linenumber));
