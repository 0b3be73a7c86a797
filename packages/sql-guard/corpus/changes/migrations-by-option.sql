--> 
ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass)
--> 
ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id)
--> 
CREATE INDEX index_users_on_lower_email ON public.users USING btree (lower((email)::text))
--> 
CREATE TABLE public.users (id bigint NOT NULL, email character varying DEFAULT ''::character varying NOT NULL, settings jsonb DEFAULT '{}'::jsonb, tags character varying[] DEFAULT '{}'::character varying[], created_at timestamp(6) without time zone NOT NULL, ip inet, rng int4range, dur interval, amount money, bits bit varying(5), x "char", ts tsvector, u uuid, xm xml, m macaddr8, n name, o oid, rc regclass)
--> 
COMMENT ON EXTENSION pg_trgm IS 'x'
--> 
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public
--> 
CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog
--> 
CREATE EXTENSION IF NOT EXISTS plpgsql
--> 
CREATE EXTENSION IF NOT EXISTS pgcrypto
--> 
CREATE EXTENSION IF NOT EXISTS citext
--> 
CREATE EXTENSION IF NOT EXISTS postgis
--> 
CREATE EXTENSION IF NOT EXISTS pg_stat_statements
--> 
CREATE SEQUENCE public.users_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1
--> 
ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id
--> 
CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated_at := now(); RETURN NEW; END; $$
--> 
CREATE OR REPLACE FUNCTION public.add(a integer, b integer DEFAULT 0) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1 AS $$ SELECT a + b $$
--> 
CREATE FUNCTION public.list(OUT a int, INOUT b text, VARIADIC c int[]) RETURNS SETOF record LANGUAGE sql STABLE ROWS 10 AS 'SELECT 1, b'
--> 
CREATE FUNCTION public.t() RETURNS TABLE (id int, name text) LANGUAGE sql STABLE RETURN (SELECT 1)
--> 
CREATE FUNCTION public.t() RETURNS SETOF public.users LANGUAGE sql STABLE BEGIN ATOMIC SELECT * FROM public.users WHERE id > 5; END
--> 
CREATE FUNCTION public.u(x public.users.id%TYPE) RETURNS public.users.email%TYPE LANGUAGE plpgsql AS 'begin return null; end'
--> 
CREATE PROCEDURE public.p(INOUT a int) LANGUAGE plpgsql AS $$ begin a := 1; end $$
--> 
DROP FUNCTION IF EXISTS public.touch() CASCADE
--> 
DROP PROCEDURE public.p(int)
--> 
ALTER FUNCTION public.touch() RENAME TO touch_row
--> 
ALTER FUNCTION public.touch() SET SCHEMA app
--> 
COMMENT ON FUNCTION public.touch() IS 'x'
--> 
CREATE TRIGGER touch BEFORE UPDATE ON public.users FOR EACH ROW WHEN (old.* IS DISTINCT FROM new.*) EXECUTE FUNCTION public.touch()
--> 
CREATE OR REPLACE TRIGGER touch AFTER INSERT OR DELETE OR UPDATE OF email OR TRUNCATE ON public.users FOR EACH STATEMENT EXECUTE PROCEDURE public.touch()
--> 
CREATE CONSTRAINT TRIGGER c AFTER INSERT ON public.users DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.touch()
--> 
CREATE TRIGGER v INSTEAD OF INSERT ON public.view FOR EACH ROW EXECUTE FUNCTION public.touch('a', 1)
--> 
DROP TRIGGER IF EXISTS touch ON public.users
--> 
ALTER TRIGGER touch ON public.users RENAME TO t2
--> 
ALTER TABLE public.users DISABLE TRIGGER touch
--> 
ALTER TABLE public.users ENABLE TRIGGER USER
--> 
CREATE POLICY p ON public.users AS RESTRICTIVE FOR SELECT TO app_user, CURRENT_USER USING (tenant_id = 5)
--> 
ALTER POLICY p ON public.users TO app_user USING (true) WITH CHECK (id > 0)
--> 
ALTER POLICY p ON public.users RENAME TO q
--> 
DROP POLICY IF EXISTS p ON public.users
--> 
ALTER TABLE public.users ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY
--> 
GRANT SELECT, INSERT, UPDATE (email), DELETE ON TABLE public.users, public.posts TO app_user, reader
--> 
GRANT USAGE, SELECT ON SEQUENCE public.users_id_seq TO app_user
--> 
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO app_user
--> 
GRANT ALL ON SCHEMA app TO app_user
--> 
REVOKE ALL ON TABLE public.users FROM PUBLIC
--> 
REVOKE CREATE ON SCHEMA public FROM PUBLIC
--> 
CREATE RULE protect AS ON DELETE TO public.users DO INSTEAD NOTHING
--> 
DROP RULE protect ON public.users
--> 
SELECT * INTO backup FROM public.users
--> 
SELECT a, b INTO UNLOGGED x FROM t WHERE c > 1
--> 
SELECT pg_catalog.setval('public.users_id_seq', 1, false)
--> 
SELECT nextval('public.users_id_seq'), currval('public.users_id_seq')
--> 
CREATE TABLE a (b public.citext, c public.vector(1536), d public.hstore)
--> 
CREATE INDEX ON a USING gist (c public.gist_trgm_ops)
--> 
CREATE TABLE s (id int PRIMARY KEY, data text, CONSTRAINT c CHECK (data IN ('a', 'b')), CHECK (id BETWEEN 1 AND 5 AND data !~ 'x'))
--> 
CREATE TABLE s2 (price numeric CHECK (price > 0), discounted numeric, CHECK (discounted > 0 AND price > discounted))
--> 
CREATE TABLE s3 (a timestamptz DEFAULT (now() AT TIME ZONE 'utc'), b date DEFAULT CURRENT_DATE, c text DEFAULT md5(random()::text), d int[] DEFAULT ARRAY[1,2]::int[], e text DEFAULT current_user, f timestamptz DEFAULT statement_timestamp(), g uuid DEFAULT uuidv7(), h jsonb DEFAULT jsonb_build_object('a', 1))
--> 
ALTER TABLE t ALTER COLUMN status TYPE order_status USING status::text::order_status
--> 
CREATE TABLE t (status order_status NOT NULL DEFAULT 'new'::order_status)
--> 
ALTER TABLE t ADD COLUMN full_text tsvector GENERATED ALWAYS AS (setweight(to_tsvector('english', coalesce(title, '')), 'A') || to_tsvector('english', body)) STORED
--> 
CREATE VIEW active AS SELECT u.*, count(o.id) FILTER (WHERE o.paid) AS n FROM users u LEFT JOIN orders o ON o.user_id = u.id GROUP BY u.id HAVING count(*) > 0
--> 
INSERT INTO schema_migrations (version) VALUES ('20240101')
--> 
INSERT INTO "django_migrations" ("app", "name", "applied") VALUES ('a', '0001', '2024-01-01T00:00:00+00:00'::timestamptz) RETURNING "django_migrations"."id"
--> 
UPDATE "flyway_schema_history" SET success = true WHERE installed_rank = 1
--> 
CREATE TABLE IF NOT EXISTS "_prisma_migrations" (id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL, logs TEXT, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)
--> 
CREATE TABLE "databasechangeloglock" (id int NOT NULL, locked boolean NOT NULL, lockgranted timestamp without time zone, lockedby varchar(255), CONSTRAINT pk PRIMARY KEY (id))
--> 
SELECT c.relname FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'pg_toast') AND pg_catalog.pg_table_is_visible(c.oid)
