--> size FuncCall 1:120
SELECT encode(encode(encode(encode(encode(encode(encode(encode(encode(encode(encode(encode(encode(encode(encode(encode(encode(encode(encode(encode(encode(encode(encode(encode(encode('x'::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')::bytea, 'hex')
--> size FuncCall 1:232
SELECT quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(quote_literal(''''))))))))))))))))))))))))))))))
--> size FuncCall 1:136
SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace('x', 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx'), 'x', 'xx')
--> size FuncCall 1:136
SELECT to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json(to_json('"'::text::text)::text)::text)::text)::text)::text)::text)::text)::text)::text)::text)::text)::text)::text)::text)::text)::text)::text)::text)::text)::text)::text)::text)::text)::text)
--> size FuncCall 1:128
SELECT regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace('x', '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g'), '.', '\&\&', 'g')
--> size FuncCall 1:216
SELECT format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', format('%L', '''')))))))))))))))))))))))))
--> size FuncCall 1:8
SELECT repeat('x', 1000000), repeat('x', 1000000), repeat('x', 1000000), repeat('x', 1000000), repeat('x', 1000000), repeat('x', 1000000), repeat('x', 1000000), repeat('x', 1000000), repeat('x', 1000000), repeat('x', 1000000)
--> size TypeName 1:13
SELECT 'x'::char(1000000), 'x'::char(1000000), 'x'::char(1000000), 'x'::char(1000000), 'x'::char(1000000), 'x'::char(1000000), 'x'::char(1000000), 'x'::char(1000000), 'x'::char(1000000), 'x'::char(1000000)
--> size TypeName 1:13
SELECT 'x'::char(10000000)
--> size TypeName 1:13
SELECT 'x'::bit(80000000)
--> size TypeName 1:20
SELECT CAST('x' AS character(10485760))
--> size FuncCall 1:8
SELECT lpad('x', 900000) || lpad('x', 900000) || lpad('x', 900000) || lpad('x', 900000) || lpad('x', 900000) || lpad('x', 900000) || lpad('x', 900000) || lpad('x', 900000)
--> size FuncCall 1:22
SELECT encode(encode(repeat('x', 1000000)::bytea, 'hex')::bytea, encode(repeat('x', 1000000)::bytea, 'hex'))
