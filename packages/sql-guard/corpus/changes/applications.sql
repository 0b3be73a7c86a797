--> 
INSERT INTO "public"."User" ("email","name","createdAt") VALUES ($1,$2,$3) RETURNING "public"."User"."id", "public"."User"."email"
--> 
INSERT INTO "public"."User" ("id","email") VALUES ($1,$2), ($3,$4) ON CONFLICT DO NOTHING
--> 
UPDATE "public"."User" SET "name" = $1 WHERE ("public"."User"."id" = $2 AND 1=1) RETURNING "public"."User"."id"
--> 
UPDATE "public"."User" SET "count" = "public"."User"."count" + $1 WHERE ("public"."User"."id" IN ($2,$3) AND 1=1)
--> 
DELETE FROM "public"."User" WHERE ("public"."User"."id" = $1 AND 1=1)
--> 
DELETE FROM "public"."User" WHERE ("public"."User"."id") IN (SELECT "t1"."id" FROM "public"."User" AS "t1" WHERE "t1"."email" LIKE $1)
--> 
SELECT "public"."User"."id" FROM "public"."User" WHERE 1=1 ORDER BY "public"."User"."id" ASC LIMIT $1 OFFSET $2
--> 
INSERT INTO "public"."User" ("email") VALUES ($1) ON CONFLICT ("email") DO UPDATE SET "name" = $2 WHERE ("public"."User"."email" = $3 AND 1=1) RETURNING "id"
--> 
INSERT INTO "user"("id", "first_name", "last_name") VALUES (DEFAULT, $1, $2) RETURNING "id", "created_at"
--> 
UPDATE "user" SET "first_name" = $1, "updated_at" = CURRENT_TIMESTAMP WHERE "id" IN ($2) RETURNING "updated_at"
--> 
UPDATE "photo" SET "views" = views + 1 WHERE "id" = $1
--> 
DELETE FROM "user" WHERE "id" = $1
--> 
UPDATE "post" SET "deletedAt" = CURRENT_TIMESTAMP, "version" = "version" + 1 WHERE ("id" = $1) AND ("deletedAt" IS NULL)
--> 
insert into "users" ("id", "name") values (default, $1) returning "id", "name"
--> 
insert into "users" ("id", "name") values ($1, $2) on conflict ("id") do update set "name" = excluded.name
--> 
update "users" set "name" = $1 where "users"."id" = $2 returning *
--> 
delete from "users" where "users"."name" = $1
--> 
with "sq" as (select avg("price") as "avg" from "products") update "products" set "price" = $1 where "products"."price" > (select "avg" from "sq")
--> 
INSERT INTO "users" ("name", "email", "created_at", "updated_at") VALUES ($1, $2, $3, $4) RETURNING "id"
--> 
UPDATE "users" SET "name" = $1, "updated_at" = $2 WHERE "users"."id" = $3
--> 
UPDATE "posts" SET "comments_count" = COALESCE("posts"."comments_count", 0) + 1 WHERE "posts"."id" = $1
--> 
DELETE FROM "comments" WHERE "comments"."post_id" = $1
--> 
DELETE FROM "sessions" WHERE ("sessions"."id") IN (SELECT "sessions"."id" FROM "sessions" WHERE "sessions"."updated_at" < $1 ORDER BY "sessions"."id" ASC LIMIT 1000)
--> 
INSERT INTO "users" ("email","name","created_at") VALUES ('a', 'b', CURRENT_TIMESTAMP), ('c', 'd', CURRENT_TIMESTAMP) ON CONFLICT ("email") DO UPDATE SET updated_at=(CASE WHEN ("users"."name" IS NOT DISTINCT FROM excluded."name") THEN "users".updated_at ELSE CURRENT_TIMESTAMP END), "name"=excluded."name" RETURNING "id"
--> 
SELECT "users".* FROM "users" WHERE "users"."id" = $1 LIMIT $2 FOR UPDATE
--> 
SELECT 1 AS one FROM "users" WHERE "users"."email" = $1 LIMIT $2
--> 
INSERT INTO "app_book" ("title", "author_id", "tags") VALUES ('x', 1, ARRAY['a','b']::varchar(50)[]) RETURNING "app_book"."id"
--> 
UPDATE "app_book" SET "title" = 'y', "stock" = ("app_book"."stock" - 1) WHERE "app_book"."id" = 1
--> 
UPDATE "app_book" SET "price" = CASE WHEN ("app_book"."id" = 1) THEN 10 WHEN ("app_book"."id" = 2) THEN 20 ELSE NULL END::numeric(10, 2) WHERE "app_book"."id" IN (1, 2)
--> 
DELETE FROM "app_book" WHERE "app_book"."id" IN (1, 2, 3)
--> 
DELETE FROM "app_book" WHERE "app_book"."id" IN (SELECT U0."id" FROM "app_book" U0 INNER JOIN "app_author" U1 ON (U0."author_id" = U1."id") WHERE U1."name" = 'x')
--> 
SELECT "app_book"."id" FROM "app_book" WHERE "app_book"."id" = 1 LIMIT 21 FOR UPDATE OF "app_book" SKIP LOCKED
--> 
INSERT INTO "app_book" ("id", "title") VALUES (1, 'a'), (2, 'b') ON CONFLICT("id") DO UPDATE SET "title" = EXCLUDED."title"
--> 
INSERT INTO users (name, fullname) SELECT p0::VARCHAR, p1::VARCHAR FROM (VALUES ($1, $2, 0), ($3, $4, 1)) AS imp_sen(p0, p1, sen_counter) ORDER BY sen_counter RETURNING users.id, users.id AS id__1
--> 
INSERT INTO users (name) VALUES ($1::VARCHAR) RETURNING users.id
--> 
UPDATE users SET name=$1::VARCHAR WHERE users.id = $2::INTEGER
--> 
UPDATE users SET fullname=(SELECT address.email_address FROM address WHERE address.user_id = users.id ORDER BY address.id LIMIT 1) WHERE users.fullname IS NULL
--> 
DELETE FROM users USING address WHERE users.id = address.user_id AND address.email_address = $1::VARCHAR RETURNING users.id
--> 
UPDATE users AS u SET name = d.name FROM (VALUES (1, 'a'), (2, 'b')) AS d(id, name) WHERE u.id = d.id
--> 
insert into book (title, version, id) values ($1, $2, $3)
--> 
update book set title=$1, version=$2 where id=$3 and version=$4
--> 
delete from book where id=$1 and version=$2
--> 
merge into book as t using (select cast($1 as integer) as id, cast($2 as varchar) as title) as s on (t.id = s.id) when not matched then insert (id, title) values (s.id, s.title) when matched and s.title is null then delete when matched then update set title = s.title
--> 
select b1_0.id from book b1_0 where b1_0.id=$1 for no key update of b1_0
--> 
delete from book b where b.id in (select b2.id from book b2 where b2.title=$1)
--> 
insert into "orders" ("total", "user_id") values ($1, $2) returning "id"
--> 
update "orders" set "status" = $1 where "id" = $2 and "status" in ($3, $4)
--> 
update "accounts" set "balance" = "balance" - $1 where "id" = $2 and "balance" >= $1
--> 
delete from "jobs" where "id" = (select "id" from "jobs" where "state" = $1 order by "priority" desc for update skip locked limit 1) returning *
--> 
with moved as (delete from queue where done returning *) insert into archive select * from moved
--> 
with new_order as (insert into orders (user_id) values (1) returning id) insert into order_items (order_id, product_id) select id, 5 from new_order
--> 
with u as (update users set name = 'x' where id = 1 returning *) select u.*, o.total from u join orders o on o.user_id = u.id
--> 
insert into stats (day, hits) values (current_date, 1) on conflict (day) do update set hits = stats.hits + 1
--> 
insert into t (id, doc) values (1, '{"a": 1}'::jsonb) on conflict on constraint t_pkey do update set doc = t.doc || excluded.doc
--> 
update t set doc = jsonb_set(doc, '{a,b}', '5') where id = 1
--> 
update t set tags = array_append(tags, 'x') where not ('x' = any(tags))
--> 
update t set tags[1] = 'x', meta.name = 'y' where id = 1
--> 
update t set search = to_tsvector('english', title || ' ' || coalesce(body, '')) where search is null
--> 
update t set (a, b) = (1, 2) where id = 3
--> 
update t set (a, b) = row(1, default) where id = 3
--> 
update t set a = s.a from (select id, max(a) as a from u group by id) s where s.id = t.id
--> 
update products p set price = price * 1.1 from categories c where c.id = p.category_id and c.name = 'Books'
--> 
update t set rank = r.rank from (select id, row_number() over (order by score desc) as rank from t) r where r.id = t.id
--> 
delete from t a using t b where a.ctid < b.ctid and a.email = b.email
--> 
delete from t where id in (select id from (select id, row_number() over (partition by email order by id) as n from t) x where n > 1)
--> 
delete from events where created_at < now() - interval '90 days'
--> 
delete from events where created_at < $1 and ctid = any(array(select ctid from events where created_at < $1 limit 1000))
--> 
delete from cart_items ci using carts c where c.id = ci.cart_id and c.abandoned
--> 
delete from t where id = any($1::int[])
--> 
delete from t where (a, b) in (($1, $2), ($3, $4))
--> 
delete from users where not exists (select 1 from orders where orders.user_id = users.id)
--> 
delete from users u where not exists (select from orders o where o.user_id = u.id)
--> 
delete from t where active = false
--> 
delete from t where not active
--> 
delete from t where active is not true
--> 
delete from t where coalesce(expires_at, created_at + interval '1 day') < now()
--> 
delete from t where case when kind = 'a' then created_at < now() - interval '1 day' else created_at < now() - interval '7 days' end
--> 
delete from t where deleted_at is not null
--> 
delete from t where name ilike '%test%'
--> 
delete from t where id between 5 and 10
--> 
delete from t where lower(email) = lower($1)
--> 
delete from t where id > 100 or (id < 5 and name = 'x')
--> 
delete from t where a is null or b is null
--> 
delete from t where (a = 1 and b = 2) or (a = 2 and b = 1)
--> 
delete from t where a <> b
--> 
delete from t where not (a = 1 and b = 2)
--> 
delete from t where not (a = 1 or b = 2)
--> 
delete from t where a = 1 or a = 2 or a = 3
--> 
delete from t where a < 1 or a > 10
--> 
delete from t where a is distinct from b
--> 
delete from t where id in (select max(id) from t group by email having count(*) > 1)
--> 
delete from t where date_trunc('month', day) = date_trunc('month', $1::date)
--> 
update t set a = a where id = 1 and 1 = 1
--> 
update t set updated = now() where id = 1 returning (old.a, new.a)
--> 
insert into t default values returning *
--> 
insert into t values (1, default, 'x')
--> 
insert into t (a, b) overriding user value select a, b from u
--> 
insert into t select * from u on conflict (id) do nothing
--> 
insert into t (a) select u.a from u left join t on t.a = u.a where t.a is null
--> 
insert into t (geo) values (point(1, 2))
--> 
insert into t (r, ts) values (int4range(1, 5), tstzrange(now(), null, '[)'))
--> 
insert into t (u, h) values (gen_random_uuid(), md5('x'))
--> 
insert into t (k) values (encode(sha256('x'::bytea), 'hex')) returning id, upper(k)
--> 
insert into t (a) values ((select max(a) + 1 from t))
--> 
merge into inventory i using shipments s on i.sku = s.sku when matched and i.qty + s.delta <= 0 then delete when matched then update set qty = i.qty + s.delta when not matched then insert (sku, qty) values (s.sku, s.delta)
--> 
merge into t using (values (1, 'a'), (2, 'b')) as s(id, name) on t.id = s.id when matched then update set name = s.name when not matched then insert values (s.id, s.name) returning merge_action(), t.*
--> 
merge into only t using u on t.id = u.id when matched then do nothing
--> 
explain update t set a = 1 where id = 1
--> 
explain (verbose, costs off) insert into t select * from u
--> 
explain (format json) merge into t using u on t.id = u.id when matched then delete
--> 
select * from t where id = 1 for update nowait
--> 
select * from t order by id for share limit 10
--> 
table t
--> 
values (1), (2)
