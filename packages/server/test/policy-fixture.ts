/** Tables that policies, previews and maintenance are tried on. */
export const POLICY_FIXTURE = `
CREATE SCHEMA shop;
CREATE TABLE shop.customers (id int PRIMARY KEY, name text NOT NULL, email text, phone text, password_hash text);
CREATE TABLE shop.orders (
  id int PRIMARY KEY,
  customer_id int REFERENCES shop.customers ON DELETE CASCADE,
  amount numeric(12,2) NOT NULL CHECK (amount >= 0),
  note text
);
CREATE TABLE shop.audit (at timestamptz DEFAULT now(), what text);
CREATE TABLE shop.cards (id int PRIMARY KEY, number text);
CREATE VIEW shop.contacts AS SELECT id, name, email FROM shop.customers;
CREATE VIEW shop.card_view AS SELECT * FROM shop.cards;
CREATE TABLE shop.big AS SELECT n AS id, n % 100 AS part FROM generate_series(1, 20000) n;
CREATE FUNCTION shop.log_order() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN INSERT INTO shop.audit (what) VALUES (TG_OP); RETURN COALESCE(NEW, OLD); END $$;
CREATE TRIGGER log_order AFTER INSERT OR UPDATE OR DELETE ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.log_order();
INSERT INTO shop.customers VALUES
  (1, 'Ada', 'ada@example.com', '+1 555 0100', 'x1'), (2, 'Grace', 'grace@example.com', '+1 555 0101', 'x2'),
  (3, 'Linus', NULL, NULL, 'x3');
INSERT INTO shop.orders VALUES (10, 1, 10.00, 'a'), (11, 1, 20.00, 'b'), (12, 2, 30.00, 'c');
INSERT INTO shop.cards VALUES (1, '4111111111111111');
TRUNCATE shop.audit;
ANALYZE;
`;
